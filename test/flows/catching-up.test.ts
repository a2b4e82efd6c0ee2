// What happened at PortOne without us (in its console, or while it could not be asked) is caught up with,
// once. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import {
  cancelInConsole,
  hourMs,
  minuteMs,
  moves,
  notify,
  passTime,
  withoutNotices,
} from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

describe.each(["cancelled", "paid"])("S20 cancels in PortOne's console, shown as %s", (status) => {
  const merchantUid = `ord-s20-${status}`;

  it("S20 are followed by their cancellation_id, each once", async () => {
    await shop.control("PUT", "/settings", { switches: { partial_cancel_status: status } });
    const requestPay = await shop.createOrder(merchantUid);
    const { imp_uid } = await shop.pay(requestPay);
    await shop.notices(merchantUid, 1);
    await cancelInConsole(shop, imp_uid, { amount: 30_000, reason: "단순 변심" });
    await shop.notices(merchantUid, 2);
    const part = await shop.order(merchantUid);
    expect(part).toMatchObject({ state: "partially_refunded", remaining: 79_000, cancel_amount: 30_000 });

    const [first] = await shop.cancels(merchantUid);
    const told = { status: "cancelled", cancellation_id: first?.["cancellation_id"] };
    await Promise.all(Array.from({ length: 5 }, () => notify(shop, requestPay, imp_uid, told)));
    await notify(shop, requestPay, imp_uid);
    expect(await shop.sync(merchantUid)).toEqual(part);

    await cancelInConsole(shop, imp_uid);
    await shop.notices(merchantUid, 3);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "refunded", remaining: 0 });
    const { json } = await shop.merchant("GET", `/orders/${merchantUid}/refunds`);
    expect(json["refunds"]).toMatchObject([
      { origin: "console", amount: 30_000, remaining: 79_000 },
      { origin: "console", amount: 79_000, remaining: 0 },
    ]);
    await shop.control("PUT", "/settings", { switches: { partial_cancel_status: "cancelled" } });
  });

  it("S20 of everything before anybody looked make a refunded order at once", async () => {
    const uid = `${merchantUid}-unseen`;
    await withoutNotices(shop, uid);
    const { imp_uid } = await shop.pay(await shop.createOrder(uid));
    await cancelInConsole(shop, imp_uid);
    await passTime(shop, 1, 2 * minuteMs);
    expect(await shop.order(uid)).toMatchObject({ state: "refunded", imp_uid, cancel_amount: 109_000 });
  });
});

describe("S41 an hour without PortOne", () => {
  const questions = [
    "GET /payments/{imp_uid}",
    "GET /payments/findAll/{merchant_uid}",
    "POST /users/getToken",
  ];
  const takePortOneDown = async () => {
    for (const call of [...questions, "POST /payments/cancel"])
      await shop.fault("server_error_then_ok", call, { count: 10_000 });
  };

  it("S41 the sweeps bring everything level afterwards, once each", async () => {
    await shop.pay(await shop.createOrder("ord-s41-refund", { pay_method: "trans" }));
    await shop.notices("ord-s41-refund", 1);
    // So that the refund function holds a token, and the outage meets the cancel itself.
    expect((await shop.refund("ord-s41-refund", "before", { amount: 1_000 })).status).toBe(200);
    await takePortOneDown();
    await shop.pay(await shop.createOrder("ord-s41-paid"));
    expect(await shop.notices("ord-s41-paid", 1)).toMatchObject([{ status: 500 }]);
    await shop.decline(await shop.createOrder("ord-s41-declined"));
    const refund = await shop.refund("ord-s41-refund", "key", { amount: 20_000 });
    expect([refund.status, refund.json["state"]]).toEqual([202, "pending"]);
    for (const report of await passTime(shop, 12, 5 * minuteMs))
      expect(report).toMatchObject({ synced: 0, left: 0, stopped: "done" });
    expect((await shop.order("ord-s41-paid")).state).toBe("approved");

    await shop.control("DELETE", "/faults");
    await passTime(shop, 8, hourMs / 2);
    const paid = await shop.order("ord-s41-paid");
    expect(paid).toMatchObject({ state: "paid", review_reason: null });
    expect(moves(paid)).toEqual(["created by merchant", "approved by portone", "paid by sweep"]);
    // Its window ended without money, and by then its own time was over, too.
    expect((await shop.order("ord-s41-declined")).state).toBe("failed");
    const repeated = await shop.refund("ord-s41-refund", "key", { amount: 20_000 });
    expect(repeated.json).toMatchObject({ state: "succeeded", remaining: 88_000 });
    expect(await shop.cancels("ord-s41-refund")).toHaveLength(2);
    const [quiet] = await passTime(shop, 1, hourMs);
    expect(quiet).toMatchObject({ taken: 0, errors: 0 });
  });

  it.each([
    ["a deposit", "ord-s41-deposit", { pay_method: "vbank", vbank_due: "2099-12-31 23:59:59" }],
    ["a cancel in the console", "ord-s41-cancel", {}],
  ])(
    "S41 %s told of meanwhile, and never again, is found by the sweeps of a day",
    async (what, uid, more) => {
      const { imp_uid } = await shop.pay(await shop.createOrder(uid, more));
      await shop.notices(uid, 1);
      await takePortOneDown();
      if ((await what) === "a deposit") await shop.control("POST", `/payments/${imp_uid}/deposit`, {});
      else await cancelInConsole(shop, imp_uid);
      expect(await shop.notices(uid, 2)).toMatchObject([{ status: 200 }, { status: 500 }]);
      await passTime(shop, 4, 15 * minuteMs);
      await shop.control("DELETE", "/faults");
      await passTime(shop, 12, 2 * hourMs);
      expect((await shop.order(uid)).state).toBe(what === "a deposit" ? "paid" : "refunded");
    },
  );
});
