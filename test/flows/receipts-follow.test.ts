// S25, S26, S50: a cash receipt follows the money. Over sockets on the built functions, one sweep a minute.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { readAccessToken } from "../support/portone-login.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.control("PUT", "/settings", { switches: { receipt_on_partial: "allowed" } });
});
afterAll(() => stack?.close());

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const phone = { identifier: "010-1234-5678", identifier_type: "phone", type: "person", product_type: "real" };
const path = (merchantUid: string) => `/orders/${merchantUid}/receipt`;
const issue = (merchantUid: string) => shop.merchant("POST", path(merchantUid), phone);
const read = async (merchantUid: string): Promise<Json> =>
  (await shop.merchant("GET", path(merchantUid))).json;
const sweepAfter = async (ms: number): Promise<Json> => {
  await shop.advance(ms);
  return shop.sweep();
};

/** What PortOne holds of an order's receipts, oldest first; an amount below zero is a cancelled one's. */
const atPortOne = async (merchantUid: string): Promise<readonly number[]> => {
  const own = ((await providerState(shop))["receipts"] ?? []).filter(
    (receipt) => receipt["merchant_uid"] === merchantUid,
  );
  return own.map(({ amount, cancelled_at: at }) => (Number(at) > 0 ? -Number(amount) : Number(amount)));
};

/** 109,000 won by transfer, 3,000 of them tax-free, and a receipt over all of it. */
async function receipted(merchantUid: string): Promise<Reply> {
  await payByTransfer(shop, merchantUid);
  const issued = await issue(merchantUid);
  expect(issued.status, issued.text).toBe(201);
  return issued;
}

const lose = (call: string, name = "answer_lost_after_effect", more: Json = {}) =>
  shop.fault(name, call, more);
const post = "POST /receipts/{imp_uid}";
const remove = "DELETE /receipts/{imp_uid}";

describe("S25 money that goes back", () => {
  it("S25 in part: the receipt is cancelled and issued again for the rest by the next sweep", async () => {
    await receipted("ord-s25-part");
    await shop.refund("ord-s25-part", "key", { amount: 25_000 });
    expect(await read("ord-s25-part")).toMatchObject({ state: "issued", amount: 109_000, todo: "cancel" });
    expect(await sweepAfter(minuteMs)).toMatchObject({ resumed: 1, errors: 0 });
    expect(await atPortOne("ord-s25-part")).toEqual([-109_000, 84_000]);
    expect(await read("ord-s25-part")).toMatchObject({
      state: "issued",
      amount: 84_000,
      tax_free: 2_312,
      vat: 7_426,
      identifier_masked: "010****5678",
      generation: 2,
      origin: "follow_through",
      todo: null,
    });
    expect(await shop.order("ord-s25-part")).toMatchObject({ review_reason: null, operation: null });
  });

  it("S25 as a whole: the receipt is cancelled, and none is issued", async () => {
    await receipted("ord-s25-whole");
    await shop.refund("ord-s25-whole", "key", {});
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s25-whole")).toEqual([-109_000]);
    expect(await read("ord-s25-whole")).toMatchObject({ state: "cancelled", todo: null });
  });

  it("S25 in the console: the receipt follows the notice", async () => {
    await receipted("ord-s25-console");
    const { imp_uid } = await shop.order("ord-s25-console");
    await shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 9_000, reason: "관리자 취소" });
    await shop.notices("ord-s25-console", 2);
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s25-console")).toEqual([-109_000, 100_000]);
  });

  it("S25 step by step: one live receipt over what is left after each", async () => {
    await receipted("ord-s25-steps");
    for (const [index, amount] of [9_000, 50_000, 50_000].entries()) {
      await shop.refund("ord-s25-steps", `key-${index}`, { amount });
      await sweepAfter(minuteMs);
    }
    expect(await atPortOne("ord-s25-steps")).toEqual([-109_000, -100_000, -50_000]);
  });

  it("S25 where PortOne refuses a receipt after a part: a person is told, and may have it tried again", async () => {
    await receipted("ord-s25-refused");
    await shop.control("PUT", "/settings", { switches: { receipt_on_partial: "400" } });
    await shop.refund("ord-s25-refused", "key", { amount: 25_000 });
    await sweepAfter(minuteMs);
    expect(await read("ord-s25-refused")).toMatchObject({
      state: "refused",
      todo: "hand",
      review_reason: "receipt_refused",
    });
    expect(stack.logLines().join("\n")).toContain(
      '"event":"alarm","code":"receipt_refused","merchant_uid":"ord-s25-refused"',
    );
    await shop.control("PUT", "/settings", { switches: { receipt_on_partial: "allowed" } });
    const cleared = await shop.merchant("POST", "/orders/ord-s25-refused/resolve", {
      action: "clear",
      note: "KSNET에 확인함",
    });
    expect(cleared.status, cleared.text).toBe(200);
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s25-refused")).toEqual([-109_000, 84_000]);
    expect(await read("ord-s25-refused")).toMatchObject({ todo: null, review_reason: null });
  });

  it("S25 from the payment window: shown, never issued a second time, and a person's", async () => {
    const requestPay = await shop.createOrder("ord-s25-window", { pay_method: "trans" });
    await shop.pay(requestPay, { cash_receipt: "01012345678" });
    await shop.notices("ord-s25-window", 1);
    expect(await read("ord-s25-window")).toMatchObject({
      state: "issued",
      origin: "window",
      amount: 109_000,
      tax_free: 3_000,
      vat: 9_636,
      apply_num: null,
      identifier_masked: null,
      todo: null,
    });
    const taken = await shop.merchant("DELETE", path("ord-s25-window"));
    expect([taken.status, taken.json["code"]]).toEqual([422, "receipt_not_applicable"]);
    expect(taken.json["detail"]).toMatch(/결제창에서 .*KSNET에 취소를 요청/);
    await shop.refund("ord-s25-window", "key", { amount: 25_000 });
    await sweepAfter(minuteMs);
    expect(await read("ord-s25-window")).toMatchObject({ todo: "hand", review_reason: "receipt_refused" });
    expect(await atPortOne("ord-s25-window")).toEqual([]);
  });

  it("S25 of a receipt that was taken back: none is issued", async () => {
    await receipted("ord-s25-taken");
    await shop.merchant("DELETE", path("ord-s25-taken"));
    await shop.refund("ord-s25-taken", "key", { amount: 25_000 });
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s25-taken")).toEqual([-109_000]);
  });
});

describe("S26 a first issue that was lost", () => {
  it("S26 without a trace: the sweep issues it after QUIET, once, and nobody has to ask again", async () => {
    await payByTransfer(shop, "ord-s26-none");
    await lose(post, "server_error_then_ok", { count: 2 });
    expect((await issue("ord-s26-none")).status).toBe(202);
    await sweepAfter(minuteMs);
    expect(await read("ord-s26-none")).toMatchObject({ state: "pending", todo: "issue" });
    for (let looks = 0; looks < 12; looks += 1) await sweepAfter(5 * minuteMs);
    expect(await atPortOne("ord-s26-none")).toEqual([109_000]);
    expect(await read("ord-s26-none")).toMatchObject({ state: "issued", origin: "merchant", todo: null });
  });

  it("S26 sent six times in vain: a person's, who may have it tried again or take it back", async () => {
    await payByTransfer(shop, "ord-s26-refused");
    await lose(post, "server_error_then_ok", { count: 9 });
    expect((await issue("ord-s26-refused")).status).toBe(202);
    for (let looks = 0; looks < 24; looks += 1) await sweepAfter(5 * minuteMs);
    const { calls } = await shop.control<{ calls: readonly Json[] }>("GET", "/calls");
    const { imp_uid } = await shop.order("ord-s26-refused");
    const sent = calls.filter(({ method, path: to }) => method === "POST" && to === `/receipts/${imp_uid}`);
    expect(sent).toHaveLength(6);
    expect(await read("ord-s26-refused")).toMatchObject({
      state: "refused",
      amount: 109_000,
      todo: "hand",
      review_reason: "receipt_refused",
    });
    const cleared = { action: "clear", note: "포트원 장애 해소" };
    await shop.merchant("POST", "/orders/ord-s26-refused/resolve", cleared);
    expect(await read("ord-s26-refused")).toMatchObject({ state: "pending", todo: "issue" });
    const taken = await shop.merchant("DELETE", path("ord-s26-refused"));
    expect([taken.status, taken.json["code"]]).toEqual([404, "receipt_not_found"]);
    await shop.control("DELETE", "/faults");
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s26-refused")).toEqual([]);
  });

  it("S26 of a sale outside PortOne: the same", async () => {
    await lose("POST /receipts/external/{merchant_uid}", "server_error_then_ok");
    const sale = { ...phone, name: "무통장 입금 주문", amount: 55_000, buyer_name: "홍길동" };
    const asked = await shop.merchant("POST", "/receipts/external/sale-s26", sale);
    expect(asked.status, asked.text).toBe(202);
    for (let looks = 0; looks < 4; looks += 1) await sweepAfter(5 * minuteMs);
    expect((await shop.merchant("GET", "/receipts/external/sale-s26")).json).toMatchObject({
      state: "issued",
      amount: 55_000,
    });
  });

  it("S26 while all of the money goes back: none is issued", async () => {
    await payByTransfer(shop, "ord-s26-gone");
    await lose(post, "server_error_then_ok");
    expect((await issue("ord-s26-gone")).status).toBe(202);
    await shop.refund("ord-s26-gone", "key", {});
    for (let looks = 0; looks < 4; looks += 1) await sweepAfter(5 * minuteMs);
    expect(await atPortOne("ord-s26-gone")).toEqual([]);
    expect((await shop.merchant("GET", path("ord-s26-gone"))).json["code"]).toBe("receipt_not_found");
  });

  it("S26 that takes effect while a refund runs ends over what is left", async () => {
    await payByTransfer(shop, "ord-s26-late");
    await lose(post, "late_effect", { delay_ms: 8 * minuteMs });
    expect((await issue("ord-s26-late")).status).toBe(202);
    await shop.refund("ord-s26-late", "key", { amount: 25_000 });
    for (let looks = 0; looks < 6; looks += 1) await sweepAfter(3 * minuteMs);
    expect((await atPortOne("ord-s26-late")).filter((amount) => amount > 0)).toEqual([84_000]);
  });
});

describe("S50 a DELETE in doubt", () => {
  it("S50 that took effect: the next one waits for QUIET, and is read once more a day later", async () => {
    await receipted("ord-s50-lost");
    await shop.refund("ord-s50-lost", "key", { amount: 25_000 });
    await lose(remove);
    await sweepAfter(minuteMs);
    expect(await atPortOne("ord-s50-lost")).toEqual([-109_000]);
    await sweepAfter(2 * minuteMs);
    expect(await read("ord-s50-lost")).toMatchObject({ state: "cancelled", todo: "issue" });
    await sweepAfter(6 * minuteMs);
    expect(await atPortOne("ord-s50-lost")).toEqual([-109_000]);
    for (let looks = 0; looks < 3; looks += 1) await sweepAfter(2 * minuteMs);
    expect(await atPortOne("ord-s50-lost")).toEqual([-109_000, 84_000]);
    await shop.control("DELETE", "/calls");
    await sweepAfter(dayMs);
    const { calls } = await shop.control<{ calls: readonly Json[] }>("GET", "/calls");
    const { imp_uid } = await shop.order("ord-s50-lost");
    const own = calls.filter(({ path: called }) => called === `/receipts/${imp_uid}`);
    expect(own.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("S50 that comes within QUIET meets no other receipt", async () => {
    await receipted("ord-s50-late");
    await shop.refund("ord-s50-late", "key", { amount: 25_000 });
    await lose(remove, "late_effect", { delay_ms: 9 * minuteMs });
    for (let looks = 0; looks < 14; looks += 1) await sweepAfter(2 * minuteMs);
    expect(await atPortOne("ord-s50-late")).toEqual([-109_000, 84_000]);
    expect(await read("ord-s50-late")).toMatchObject({ todo: null, generation: 2 });
  });

  it("S50 what comes a day late all the same is seen, and the receipt is issued once more", async () => {
    await receipted("ord-s50-day");
    await shop.refund("ord-s50-day", "key", { amount: 25_000 });
    await sweepAfter(minuteMs);
    const { imp_uid } = await shop.order("ord-s50-day");
    // PortOne forgets nothing that reached it: the stray request is made as it would make it.
    const stray = await deleteAtPortOne(String(imp_uid));
    expect(stray).toBe(200);
    expect(await atPortOne("ord-s50-day")).toEqual([-109_000, -84_000]);
    await sweepAfter(dayMs + minuteMs);
    for (let looks = 0; looks < 4; looks += 1) await sweepAfter(5 * minuteMs);
    expect(await atPortOne("ord-s50-day")).toEqual([-109_000, -84_000, 84_000]);
    expect(await read("ord-s50-day")).toMatchObject({ state: "issued", amount: 84_000, generation: 3 });
  });
});

async function deleteAtPortOne(impUid: string): Promise<number> {
  const headers = { authorization: await readAccessToken(stack) };
  return (await fetch(`${stack.simulatorUrl}/receipts/${impUid}`, { method: "DELETE", headers })).status;
}
