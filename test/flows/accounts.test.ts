// S24: virtual accounts, from the number a buyer is told to the last won that may still arrive. Over sockets
// on the built functions; the day begins at noon on 5 August 2026 in Korea.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type OrderView, Shop } from "../support/shop.ts";
import {
  byAccount,
  deposit,
  hourMs,
  issueAccount,
  lastReason,
  noon,
  passTime,
  payments,
  statuses,
  withoutConfirm,
  withoutNotices,
} from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

const setClock = (iso: string) => shop.local("POST", "/clock", { set: iso });

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
  await setClock(noon);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  const switches = { vbank_revoked_status: "cancelled", vbank_past_due_deposit: "refused" };
  await shop.control("PUT", "/settings", { switches });
  await setClock(noon);
});
afterAll(() => stack?.close());

const revoke = "DELETE /vbanks/{imp_uid}";

/** Two accounts of one order, side by side. */
async function issueTwo(merchantUid: string): Promise<readonly [string, string]> {
  const requestPay = await shop.createOrder(merchantUid, byAccount);
  const one = await shop.pay(requestPay);
  // Until its notice has come, the first window may still end in money, and a second one is refused.
  await shop.notices(merchantUid, 1);
  const two = await shop.pay(requestPay);
  await shop.notices(merchantUid, 2);
  expect(two.confirm).toMatchObject({ status: 200 });
  expect(await shop.order(merchantUid)).toMatchObject({
    state: "awaiting_deposit",
    attempts: [{ state: "ready" }, { state: "ready" }],
  });
  return [one.imp_uid, two.imp_uid];
}

const attemptsOf = ({ attempts }: OrderView) => attempts.map(({ imp_uid, state }) => [imp_uid, state]);

describe("S24 an account", () => {
  it("S24 is told to merchant and buyer, waits, and is paid by its deposit", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-s24");
    const [{ vbank_num, vbank_holder }] = (await payments(shop, "ord-s24")) as readonly [Json];
    const vbank = {
      vbank_code: "088",
      vbank_name: "신한은행",
      vbank_num,
      vbank_holder,
      vbank_due_at: "2026-08-07T14:59:59.000Z",
    };
    expect(await shop.order("ord-s24")).toMatchObject({ state: "awaiting_deposit", imp_uid: null, vbank });
    expect((await shop.complete("ord-s24", imp_uid)).json).toEqual({
      merchant_uid: "ord-s24",
      state: "awaiting_deposit",
      amount: 109_000,
      currency: "KRW",
      vbank,
    });
    // Who knows only the order's number is told nothing, least of all where its buyer pays.
    expect((await shop.complete("ord-s24", null)).json["code"]).toBe("order_not_found");

    await deposit(shop, imp_uid);
    await shop.notices("ord-s24", 2);
    const paid = await shop.order("ord-s24");
    expect(paid).toMatchObject({ state: "paid", imp_uid, vbank: null, review_reason: null });
    expect(paid.history.map(({ to }) => to)).toEqual(["created", "approved", "awaiting_deposit", "paid"]);
  });

  it("S24 is given back to the account the buyer names", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-s24-refund");
    await deposit(shop, imp_uid);
    await shop.notices("ord-s24-refund", 2);
    const account = { refund_holder: "홍길동", refund_bank: "004", refund_account: "56211105948400" };
    const part = await shop.refund("ord-s24-refund", "key-1", { amount: 9_000, ...account });
    expect([part.status, part.json["remaining"]], part.text).toEqual([200, 100_000]);
    const rest = await shop.refund("ord-s24-refund", "key-2", account);
    expect([rest.status, rest.json["remaining"]], rest.text).toEqual([200, 0]);
    expect(await shop.order("ord-s24-refund")).toMatchObject({ state: "refunded" });
  });

  it("S24 outlives the order's own time, and closes an hour after it is due", async () => {
    const asked = await issueAccount(shop, "ord-s24-due");
    await withoutNotices(shop, "ord-s24-unasked");
    const unasked = await shop.pay(withoutConfirm(await shop.createOrder("ord-s24-unasked", byAccount)));
    await shop.complete("ord-s24-unasked", unasked.imp_uid);
    await setClock("2026-08-08T00:59:00+09:00");
    await shop.sweep();
    expect((await shop.order("ord-s24-due")).state).toBe("awaiting_deposit");
    expect((await shop.order("ord-s24-unasked")).state).toBe("awaiting_deposit");

    await setClock("2026-08-08T01:00:01+09:00");
    expect(await shop.sweep()).toMatchObject({ expired: 1, errors: 0 });
    const closed = await shop.order("ord-s24-due");
    expect(closed).toMatchObject({ state: "failed", vbank: null });
    expect(attemptsOf(closed)).toEqual([[asked.imp_uid, "abandoned"]]);
    expect((await shop.order("ord-s24-unasked")).state).toBe("expired");
    expect(await passTime(shop, 1, 24 * hourMs)).toMatchObject([{ taken: 0 }]);
  });

  it("S24 paid into while nobody was told is found by the sweep when it closes", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-s24-silent");
    await withoutNotices(shop, "ord-s24-silent");
    await deposit(shop, imp_uid);
    await setClock("2026-08-08T01:00:01+09:00");
    await shop.sweep();
    expect(await shop.order("ord-s24-silent")).toMatchObject({ state: "paid", imp_uid });
  });

  it("S08 paid into after it was closed is accepted as late", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-s08-deposit");
    await setClock("2026-08-08T01:00:01+09:00");
    await shop.sweep();
    expect((await shop.order("ord-s08-deposit")).state).toBe("failed");
    await shop.control("PUT", "/settings", { switches: { vbank_past_due_deposit: "accepted" } });
    await deposit(shop, imp_uid);
    await shop.notices("ord-s08-deposit", 2);
    const late = await shop.order("ord-s08-deposit");
    expect(late).toMatchObject({ state: "paid", imp_uid, review_reason: null });
    expect(lastReason(late)).toBe("late");
  });
});

describe("S24 two accounts for one order", () => {
  it.each(["cancelled", "failed"])("S24 one is paid, the other revoked (then %s)", async (status) => {
    await shop.control("PUT", "/settings", { switches: { vbank_revoked_status: status } });
    const merchantUid = `ord-s24-two-${status}`;
    const [one, two] = await issueTwo(merchantUid);
    await deposit(shop, two);
    await shop.notices(merchantUid, 3);
    const order = await shop.order(merchantUid);
    expect(order).toMatchObject({ state: "paid", imp_uid: two, operation: null, review_reason: null });
    expect(attemptsOf(order)).toEqual([
      [one, "failed"],
      [two, "paid"],
    ]);
    expect(await statuses(shop, merchantUid)).toEqual([status, "paid"]);
    await expect(deposit(shop, one)).rejects.toThrow("409");
  });

  it("S24 the other is revoked by the sweep when PortOne did not answer", async () => {
    const [one, two] = await issueTwo("ord-s24-two-later");
    await shop.fault("server_error_then_ok", revoke, { imp_uid: one });
    await deposit(shop, two);
    await shop.notices("ord-s24-two-later", 3);
    expect(await shop.order("ord-s24-two-later")).toMatchObject({
      state: "paid",
      operation: { id: one, kind: "vbank_revoke" },
    });
    await shop.sweep();
    expect(await statuses(shop, "ord-s24-two-later")).toEqual(["cancelled", "paid"]);
    expect(await shop.order("ord-s24-two-later")).toMatchObject({ operation: null, imp_uid: two });
  });

  it("S24 a deposit into the other that comes first all the same waits for a person", async () => {
    const [one, two] = await issueTwo("ord-s24-both");
    await shop.fault("server_error_then_ok", revoke, { imp_uid: two, count: 9 });
    await deposit(shop, one);
    await shop.notices("ord-s24-both", 3);
    await deposit(shop, two);
    await shop.notices("ord-s24-both", 4);
    await shop.sweep();
    // KSNET gives back only to an account somebody names (R-KS-8).
    const order = await shop.order("ord-s24-both");
    expect(order).toMatchObject({
      state: "paid",
      imp_uid: one,
      remaining: 109_000,
      review_reason: "refund_account_needed",
    });
    expect(await shop.cancels("ord-s24-both")).toEqual([]);
  });
});
