// A marked payment that a person takes as the order's own, by HTTP and by direct invocation: what is lifted, what is refused
// by name, and one decision wherever the function dies. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type KillStory, killEverywhere } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Paid, type Reply, Shop } from "../support/shop.ts";
import {
  cancelInConsole,
  lastReason,
  minuteMs,
  passTime,
  payments,
  withoutNotices,
} from "../support/steps.ts";

const contracts = ["vbank", "escrow", "instalments", "easy_pay", "phone"];
let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  const environment = { PAY_CONTRACTS: contracts.join(), PAY_SANDBOX: "refuse" };
  stack = await startStack({ environment });
  shop = new Shop(stack);
  await shop.control("PUT", "/settings", { contracts });
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.control("PUT", "/settings", { sandbox: false });
});
afterAll(() => stack?.close());

let orders = 0;
const nextNumber = (): string => {
  orders += 1;
  return `ord-accept-${orders}`;
};

const patch = (merchantUid: string, fields: Json): Promise<Json> =>
  shop.fault("record_patched", "*", { merchant_uid: merchantUid, count: 999, patch: fields });

/** Paid, read like that wherever it is read, and marked for it by the sweep. */
async function marked(merchantUid: string, fields: Json, order: Json = {}): Promise<Paid> {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid, order);
  await patch(merchantUid, fields);
  const paid = await shop.pay(requestPay);
  await passTime(shop, 1, 3 * minuteMs);
  expect((await shop.order(merchantUid)).review_reason).not.toBeNull();
  return paid;
}

const accept = (merchantUid: string, impUid: string): Promise<Reply> =>
  shop.merchant("POST", `/orders/${merchantUid}/resolve`, {
    action: "accept",
    imp_uid: impUid,
    note: "확인함",
  });

const expectRefused = (reply: Reply, reason: string) =>
  expect([reply.status, reply.json["code"], reply.json["reason"]], reply.text).toEqual([
    409,
    "order_not_acceptable",
    reason,
  ]);

describe("a payment is accepted", () => {
  it.each<[string, Json, Json]>([
    ["tax_free_mismatch", { tax_free: 1 }, { tax_free: 1, remaining_tax_free: 1 }],
    ["escrow_mismatch", { escrow: true }, { escrow: true }],
    ["payment_older_than_order", { started_at: 1_700_000_000 }, {}],
  ])("that is marked %s, and no later look finds it wrong again", async (reason, fields, figures) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, fields);
    const before = await shop.order(merchantUid);
    expect([before.review_reason, before.state]).toEqual([reason, "approved"]);
    const reply = await accept(merchantUid, imp_uid);
    const own = { state: "paid", imp_uid, review_reason: null, ...figures };
    expect([reply.status, reply.json], reply.text).toEqual([200, expect.objectContaining(own)]);
    expect(lastReason(await shop.order(merchantUid))).toBe("accepted:확인함");
    await passTime(shop, 2, 11 * minuteMs);
    expect(await shop.sync(merchantUid)).toMatchObject(own);
    expect((await shop.complete(merchantUid, imp_uid)).json["state"]).toBe("paid");
    expect(await payments(shop, merchantUid)).toMatchObject([{ cancel_amount: 0 }]);
    expect((await accept(merchantUid, imp_uid)).json["code"]).toBe("order_not_in_review");
  });

  it("by direct invocation", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { escrow: true });
    const event = { action: "order.resolve", decision: "accept", merchant_uid: merchantUid, imp_uid };
    const reply = await shop.anybody("POST", "/2015-03-31/functions/orders/invocations", event);
    expect(reply.json).toMatchObject({ status: 200, body: { state: "paid", imp_uid, review_reason: null } });
  });

  it("is refunded like any other, by its own figures", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { tax_free: 0 });
    await accept(merchantUid, imp_uid);
    const refund = await shop.refund(merchantUid, "key", { amount: 20_000 });
    expect([refund.status, refund.json]).toEqual([200, expect.objectContaining({ tax_free: 0 })]);
  });

  it("though the buyer was told to wait until then", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { escrow: true });
    await passTime(shop, 2, 20 * minuteMs);
    expect((await shop.complete(merchantUid, imp_uid)).json["state"]).toBe("pending");
    expect((await accept(merchantUid, imp_uid)).json["state"]).toBe("paid");
  });
});

describe("a payment is refused by name", () => {
  it.each<[string, Json]>([
    ["amount_mismatch", { amount: 1_200_000_000 }],
    ["amount_mismatch", { amount: 1e300, escrow: true }],
    ["cancel_sum_mismatch", { cancel_amount: 20_000 }],
    ["cancel_sum_mismatch", { cancel_amount: 20_000, escrow: true }],
    ["status_unknown", { status: "partially_cancelled" }],
    ["foreign_channel", { pg_id: "2999199990" }],
    ["tax_free_mismatch", { tax_free: 109_001 }],
  ])("%s: %j", async (reason, fields) => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, fields);
    const before = await shop.order(merchantUid);
    expectRefused(await accept(merchantUid, imp_uid), reason);
    expect(await shop.order(merchantUid)).toEqual(before);
  });

  it("another order's, nobody's, one that was cancelled whole, and any of an order that is void", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { started_at: 1_700_000_000 });
    const other = nextNumber();
    const others = await marked(other, { escrow: true });
    expectRefused(await accept(merchantUid, others.imp_uid), "merchant_uid_mismatch");
    expectRefused(await accept(merchantUid, "imp_nobodys"), "payment_unknown");
    await cancelInConsole(shop, others.imp_uid);
    expectRefused(await accept(other, others.imp_uid), "nothing_left");
    await passTime(shop, 3, 20 * minuteMs);
    expect((await shop.merchant("POST", `/orders/${merchantUid}/void`, {})).json["state"]).toBe("voided");
    expectRefused(await accept(merchantUid, imp_uid), "order_voided");
  });

  it("a second one of an order that is paid, and stays as it is", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { escrow: true });
    await accept(merchantUid, imp_uid);
    await patch(merchantUid, { tax_free: 1 });
    await shop.sync(merchantUid);
    expectRefused(await accept(merchantUid, "imp_another"), "order_paid");
  });

  it("what is no decision", async () => {
    const merchantUid = nextNumber();
    await marked(merchantUid, { escrow: true });
    const resolve = (body: Json) => shop.merchant("POST", `/orders/${merchantUid}/resolve`, body);
    for (const body of [
      { action: "accept" },
      { action: "accept", imp_uid: "" },
      { action: "clear", imp_uid: "imp_1" },
    ]) {
      const reply = await resolve(body);
      expect([reply.status, reply.json["errors"]], reply.text).toEqual([
        400,
        [expect.objectContaining({ pointer: "/imp_uid" })],
      ]);
    }
    expect((await accept(nextNumber(), "imp_1")).json["code"]).toBe("order_not_found");
    const calm = nextNumber();
    await shop.createOrder(calm);
    expect((await accept(calm, "imp_1")).json["code"]).toBe("order_not_in_review");
  });
});

describe("a payment of the test channel, where none is taken", () => {
  it("marks its order by the sweep, is no alarm, names its likely cause, and is never accepted", async () => {
    const merchantUid = nextNumber();
    await withoutNotices(shop, merchantUid);
    await shop.control("PUT", "/settings", { sandbox: true });
    const { imp_uid } = await shop.pay(await shop.createOrder(merchantUid));
    expect((await shop.complete(merchantUid, imp_uid)).status).toBe(404);
    await passTime(shop, 1, 3 * minuteMs);
    expect(await shop.order(merchantUid)).toMatchObject({ review_reason: "sandbox_payment", imp_uid: null });
    const lines = stack.logLines().filter((line) => line.includes(merchantUid));
    const told = lines.map((line) => JSON.parse(line) as Json);
    expect(told.filter(({ event }) => event === "alarm")).toEqual([]);
    expect(told.filter(({ event }) => event === "test_payment_refused")).toMatchObject([
      { level: "info", function: "reconcile", why: expect.stringContaining("test channel") },
    ]);
    expectRefused(await accept(merchantUid, imp_uid), "sandbox_payment");
  });

  it("no longer marks it once a live one is verified", async () => {
    const merchantUid = nextNumber();
    const { imp_uid } = await marked(merchantUid, { sandbox: true });
    expect((await shop.order(merchantUid)).review_reason).toBe("sandbox_payment");
    await shop.control("DELETE", "/faults");
    expect((await shop.complete(merchantUid, imp_uid)).json["state"]).toBe("paid");
    expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", imp_uid, review_reason: null });
  });
});

/** A transfer in escrow that the order did not ask for: no fault, so that it is there whatever is killed. */
const accepting: KillStory = {
  name: "accept",
  pointsLastCounted: 4,
  functionName: "orders",
  prepare: async (shopOf, id) => {
    await withoutNotices(shopOf, id);
    const requestPay = await shopOf.createOrder(id, { pay_method: "trans" });
    await shopOf.pay({ ...requestPay, escrow: true, buyer_email: "hong@shop.example" });
    await passTime(shopOf, 1, 3 * minuteMs);
    expect((await shopOf.order(id)).review_reason).toBe("escrow_mismatch");
  },
  request: async (shopOf, id) => {
    const [payment] = await payments(shopOf, id);
    const body = { action: "accept", imp_uid: payment?.["imp_uid"], note: id };
    const reply = await shopOf.merchant("POST", `/orders/${id}/resolve`, body);
    // Decided already: the repeat finds nothing to decide, and shows the same order.
    return reply.json["code"] === "order_not_in_review" ? shopOf.merchant("GET", `/orders/${id}`) : reply;
  },
  countEffects: async (shopOf, id) => {
    const history = (await shopOf.order(id)).history as readonly Json[];
    return history.filter(({ reason }) => reason === `accepted:${id}`).length;
  },
  expectDone: async (shopOf, id) => {
    const [payment] = await payments(shopOf, id);
    expect(payment).toMatchObject({ status: "paid", cancel_amount: 0 });
    expect(await shopOf.order(id)).toMatchObject({
      state: "paid",
      imp_uid: payment?.["imp_uid"],
      escrow: true,
      review_reason: null,
      operation: null,
    });
  },
};

it("is one decision wherever the function is killed", () => killEverywhere(shop, accepting), 120_000);
