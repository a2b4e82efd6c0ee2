// S23, S24: a virtual account's refund asked for at night waits for the morning, can be taken back until then, and runs
// once, whatever is killed. Over sockets on the built functions; each story begins on an evening in Korea.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../soak/table.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";
import { byAccount, countCalls, deposit, issueAccount, noon } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

const setClock = (iso: string) => shop.local("POST", "/clock", { set: iso });
const minuteMs = 60_000;
/** Everything that stands in the table, as text. */
const wholeTable = async () => JSON.stringify(await readTable(stack.dynamodbUrl, stack.table));
const slotOf = async (merchantUid: string) =>
  (await readTable(stack.dynamodbUrl, stack.table)).find(({ pk }) => pk === `order#${merchantUid}`)?.item[
    "cancel"
  ];
const account = { refund_holder: "김환불", refund_bank: "004", refund_account: "562-1110-594-8400" };
const part = { amount: 20_000, reason: "단순 변심", ...account };
const number = "56211105948400";

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.local("DELETE", "/faults");
});
afterAll(() => stack?.close());

async function payIntoAccount(merchantUid: string): Promise<void> {
  await setClock(noon);
  const { imp_uid } = await issueAccount(shop, merchantUid);
  await deposit(shop, imp_uid);
  await shop.notices(merchantUid, 2);
}

/** Paid at noon, and asked for at half past eleven in the evening. */
async function schedule(merchantUid: string): Promise<Reply> {
  await payIntoAccount(merchantUid);
  await setClock("2026-08-05T23:30:00+09:00");
  const reply = await shop.refund(merchantUid, "key", part);
  expect([reply.status, reply.json["state"]], reply.text).toEqual([202, "scheduled"]);
  return reply;
}
const withdraw = (merchantUid: string, { json }: Pick<Reply, "json">) =>
  shop.merchant("DELETE", `/orders/${merchantUid}/refunds/${json["refund_id"]}`);
const morning = async ({ json }: Reply) => {
  await setClock(String(json["scheduled_at"]));
  return shop.sweep();
};

describe("S23 a virtual account's refund at night", () => {
  it("is accepted for the morning, told to whoever asks, and asks nothing of PortOne", async () => {
    await payIntoAccount("ord-night");
    await setClock("2026-08-05T23:30:00+09:00");
    const replies: Reply[] = [];
    const calls = await countCalls(shop, async () => {
      replies.push(await shop.refund("ord-night", "key", part));
    });
    const [reply] = replies;
    if (!reply) throw new Error("no refund was asked for");
    const { status, headers, json } = reply;
    const location = `/orders/ord-night/refunds/${json["refund_id"]}`;
    expect([status, headers.get("location")]).toEqual([202, location]);
    expect(json).toMatchObject({
      state: "scheduled",
      amount: 20_000,
      completed_at: null,
      remaining: 109_000,
    });
    expect(json["scheduled_at"]).toMatch(/^2026-08-05T21:0[1-9]:\d\d\.000Z$/);
    expect(calls.portone.by_function["refund"] ?? {}).toEqual({});
    expect((await shop.merchant("GET", location)).json).toEqual(json);
    expect((await shop.merchant("GET", "/orders/ord-night/refunds")).json).toEqual({ refunds: [json] });
    expect(await shop.order("ord-night")).toMatchObject({
      state: "paid",
      operation: { id: json["refund_id"], kind: "refund", state: "scheduled" },
    });
    expect((await shop.refund("ord-night", "key", part)).json).toEqual(json);
    const other = await shop.refund("ord-night", "key-2", part);
    expect([other.status, other.json["code"], other.json["operation"]]).toEqual([
      409,
      "operation_in_flight",
      json["refund_id"],
    ]);
  });

  it("runs in the morning, not before, to the account that stood sealed in the table and is gone then", async () => {
    const scheduled = await schedule("ord-morning");
    expect(await slotOf("ord-morning")).toMatchObject({ account: expect.stringMatching(/^1\./) });
    expect(await wholeTable()).not.toMatch(new RegExp(`${number}|김환불`));
    await setClock("2026-08-06T06:00:59+09:00");
    await shop.sweep();
    expect(await shop.cancels("ord-morning")).toEqual([]);
    await morning(scheduled);
    expect(await shop.cancels("ord-morning")).toMatchObject([{ amount: 20_000 }]);
    const done = await shop.refund("ord-morning", "key", part);
    expect([done.status, done.json]).toMatchObject([200, { state: "succeeded", remaining: 89_000 }]);
    expect(await slotOf("ord-morning")).toBeUndefined();
    expect(stack.logLines().join("\n")).not.toMatch(new RegExp(`${number}|김환불`));
  });

  it("runs by the key's own repeat when its time has come", async () => {
    const scheduled = await schedule("ord-repeat");
    await setClock(String(scheduled.json["scheduled_at"]));
    const done = await shop.refund("ord-repeat", "key", part);
    expect([done.status, done.json["state"]]).toEqual([200, "succeeded"]);
    expect(await shop.cancels("ord-repeat")).toHaveLength(1);
  });

  it("is refused with the truth when the console has taken of it meanwhile", async () => {
    const scheduled = await schedule("ord-console");
    const { imp_uid } = await shop.order("ord-console");
    // The console is closed at night as well, and opens a moment before refunds run.
    await setClock("2026-08-06T06:00:30+09:00");
    await shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 100_000 });
    await morning(scheduled);
    const refused = await shop.refund("ord-console", "key", part);
    expect([refused.status, refused.json["code"], refused.json["remaining"]]).toEqual([
      409,
      "remaining_changed",
      9_000,
    ]);
    expect(await shop.cancels("ord-console")).toHaveLength(1);
    const listed = await shop.merchant("GET", "/orders/ord-console/refunds");
    expect(listed.json["refunds"]).toMatchObject([
      { origin: "console", amount: 100_000, state: "succeeded" },
    ]);
  });

  it("whose answer is lost in the morning is found by its tag", async () => {
    const scheduled = await schedule("ord-lost");
    await shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: "ord-lost" });
    await morning(scheduled);
    expect((await shop.order("ord-lost"))["operation"]).toMatchObject({ state: "unknown" });
    await shop.advance(2 * minuteMs);
    await shop.sweep();
    expect((await shop.refund("ord-lost", "key", part)).json).toMatchObject({ state: "succeeded" });
    expect(await shop.cancels("ord-lost")).toHaveLength(1);
  });

  it("that did not arrive in the morning is sent once more, to the same account", async () => {
    const scheduled = await schedule("ord-resent");
    await shop.fault("server_error_then_ok", "POST /payments/cancel", { merchant_uid: "ord-resent" });
    await morning(scheduled);
    expect(await shop.cancels("ord-resent")).toEqual([]);
    for (let looks = 0; looks < 4; looks += 1) {
      await shop.advance(5 * minuteMs);
      await shop.sweep();
    }
    expect(await shop.cancels("ord-resent")).toHaveLength(1);
    expect((await shop.order("ord-resent"))["review_reason"]).toBeNull();
  });
});

describe("a refund that waits is taken back", () => {
  it("for good: its key says so, nothing is sent in the morning, and another key may refund", async () => {
    const scheduled = await schedule("ord-withdrawn");
    const withdrawn = await withdraw("ord-withdrawn", scheduled);
    expect([withdrawn.status, withdrawn.json]).toMatchObject([
      200,
      {
        state: "withdrawn",
        refund_id: scheduled.json["refund_id"],
        cancellation_id: null,
        remaining: 109_000,
      },
    ]);
    expect((await withdraw("ord-withdrawn", scheduled)).text).toBe(withdrawn.text);
    expect((await shop.refund("ord-withdrawn", "key", part)).text).toBe(withdrawn.text);
    expect((await shop.order("ord-withdrawn"))["operation"]).toBeNull();
    await morning(scheduled);
    expect(await shop.cancels("ord-withdrawn")).toEqual([]);
    expect((await shop.refund("ord-withdrawn", "key-2", part)).status).toBe(200);
    expect((await shop.refund("ord-withdrawn", "key", part)).text).toBe(withdrawn.text);
  });

  it.each(["crash_before", "crash_after"])(
    "S16 wherever it is killed (%s): nothing is sent",
    async (name) => {
      let points = 0;
      for (let wasHit = true; wasHit; ) {
        const merchantUid = `ord-${name}-${points + 1}`;
        const scheduled = await schedule(merchantUid);
        await shop.local("POST", "/faults", { name, function: "refund", occurrence: points + 1 });
        const killed = await withdraw(merchantUid, scheduled);
        const { faults } = await shop.local<{ faults: readonly Json[] }>("GET", "/faults");
        wasHit = faults[0]?.["hits"] === 1;
        expect(killed.status).toBe(wasHit ? 500 : 200);
        await shop.local("DELETE", "/faults");
        if (wasHit) points += 1;
        // Asked again, as any shop would; then the morning comes.
        expect((await withdraw(merchantUid, scheduled)).json).toMatchObject({ state: "withdrawn" });
        await morning(scheduled);
        expect(await shop.cancels(merchantUid)).toEqual([]);
        expect((await shop.order(merchantUid))["operation"]).toBeNull();
      }
      expect(points).toBeGreaterThanOrEqual(4);
    },
  );

  it("by direct invocation", async () => {
    const { json } = await schedule("ord-direct");
    const event = { action: "refund.withdraw", merchant_uid: "ord-direct", refund_id: json["refund_id"] };
    const direct = await shop.anybody("POST", "/2015-03-31/functions/refund/invocations", event);
    expect(direct.json).toMatchObject({ status: 200, body: { state: "withdrawn" } });
  });

  it("not when it has run, is unknown, or never was", async () => {
    const scheduled = await schedule("ord-run");
    await morning(scheduled);
    const late = await withdraw("ord-run", scheduled);
    expect([late.status, late.json["code"]]).toEqual([409, "refund_not_scheduled"]);
    const [cancel] = await shop.cancels("ord-run");
    const byCancel = { json: { refund_id: `cx_${cancel?.["cancellation_id"]}` } };
    expect((await withdraw("ord-run", byCancel)).json["code"]).toBe("refund_not_found");
    const none = { json: { refund_id: `rf_${"A".repeat(22)}` } };
    expect((await withdraw("ord-run", none)).json["code"]).toBe("refund_not_found");
    expect((await withdraw("ord-nobody", none)).json["code"]).toBe("order_not_found");
    await shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: "ord-run" });
    const unknown = await shop.refund("ord-run", "key-2", part);
    expect((await withdraw("ord-run", unknown)).json["code"]).toBe("refund_not_scheduled");
  });
});

describe("S24 an unwanted deposit", () => {
  it("S24 goes back as soon as an operator names an account, at night in the morning", async () => {
    await setClock(noon);
    const requestPay = await shop.createOrder("ord-unwanted", byAccount);
    const one = await shop.pay(requestPay);
    await shop.notices("ord-unwanted", 1);
    const two = await shop.pay(requestPay);
    await shop.notices("ord-unwanted", 2);
    await shop.fault("server_error_then_ok", "DELETE /vbanks/{imp_uid}", { imp_uid: two.imp_uid, count: 9 });
    await deposit(shop, one.imp_uid);
    await shop.notices("ord-unwanted", 3);
    await deposit(shop, two.imp_uid);
    await shop.notices("ord-unwanted", 4);
    await shop.sweep();
    expect((await shop.order("ord-unwanted")).review_reason).toBe("refund_account_needed");

    const resolve = (more: Json) =>
      shop.merchant("POST", "/orders/ord-unwanted/resolve", { action: "give_back", note: "확인", ...more });
    const nameless = await resolve({});
    expect([nameless.status, nameless.json["code"], nameless.json["rule"]]).toEqual([
      422,
      "refund_account_required",
      "R-KS-8",
    ]);
    const elsewhere = await shop.merchant("POST", "/orders/ord-unwanted/resolve", {
      action: "clear",
      ...account,
    });
    expect([elsewhere.status, elsewhere.json["code"]]).toEqual([400, "invalid_field"]);
    await setClock("2026-08-05T23:30:00+09:00");
    const resolved = await resolve(account);
    expect([resolved.status, resolved.json]).toMatchObject([
      200,
      {
        review_reason: null,
        operation: { kind: "give_back", state: "scheduled" },
        attempts: [{ give_back: null }, { give_back: "scheduled" }],
      },
    ]);
    expect(await shop.cancels("ord-unwanted")).toEqual([]);
    await setClock("2026-08-06T06:10:00+09:00");
    await shop.sweep();
    expect(await shop.cancels("ord-unwanted")).toMatchObject([{ amount: 109_000 }]);
    expect(await shop.order("ord-unwanted")).toMatchObject({
      state: "paid",
      review_reason: null,
      remaining: 109_000,
      attempts: [{ state: "paid" }, { state: "given_back", give_back: "done" }],
    });
  });
});
