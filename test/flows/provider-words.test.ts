// PortOne's, the bank's and the card company's words with half an emoji in them, with NUL, ten thousand characters long:
// every order comes to the end it would have come to, nothing stays in flight, and the sweep has nothing left to do.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";
import { byAccount, card, debt, deposit, minuteMs, noon, passTime } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  await shop.local("POST", "/clock", { set: new Date(noon).toISOString() });
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const words: readonly [string, string][] = [
  ["half an emoji", "한도초과 \ud83c"],
  ["NUL", "한도\u0000초과"],
  ["ten thousand characters", "한도초과 🎁".repeat(1_667)],
];
const named = [
  "vbank_name",
  "vbank_holder",
  "card_name",
  "fail_reason",
  "cancel_reason",
  "name",
  "buyer_name",
];

/** From here on everything PortOne answers says so. */
async function spoil(text: string): Promise<void> {
  const patch = Object.fromEntries([...named, "receipt_url"].map((name) => [name, text]));
  await shop.fault("record_patched", "*", { patch, count: 9_999 });
  await shop.fault("record_patched", "*", { patch: { message: text }, part: "envelope", count: 9_999 });
}

/** Told and stored: fit to be shown, and short. */
function expectFit({ text }: Reply): void {
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toMatch(/\\ud[89a-f]|\\u0000/i);
  expect(Buffer.byteLength(text)).toBeLessThan(4_096);
}
const refund = (uid: string, key: string, body: Json = {}) =>
  shop.refund(uid, key, { reason: "단순 변심", ...body });
const troubles = () =>
  stack
    .logLines()
    .filter((line) => /unexpected_error|storage_unavailable|item_failed|"level":"error"/.test(line));

async function expectRest(uid: string, state: string): Promise<void> {
  const reply = await shop.merchant("GET", `/orders/${uid}`);
  expectFit(reply);
  expect(reply.json).toMatchObject({ state, operation: null, review_reason: null });
}

describe.each(words)("words with %s", (title, text) => {
  const uidOf = (name: string) => `${name}-${title.replaceAll(" ", "-")}`;

  it("do not keep a payment from being paid, refunded and told", async () => {
    const uid = uidOf("pay");
    await spoil(text);
    const { imp_uid } = await shop.pay(await shop.createOrder(uid));
    expectFit(await shop.complete(uid, imp_uid));
    await expectRest(uid, "paid");
    const back = await refund(uid, "k1", { amount: 9_000 });
    expectFit(back);
    expect([back.status, back.json["state"]]).toEqual([200, "succeeded"]);
    await expectRest(uid, "partially_refunded");
  });

  it("do not keep a lost refund from being found", async () => {
    const uid = uidOf("lost");
    await spoil(text);
    const { imp_uid } = await shop.pay(await shop.createOrder(uid));
    await shop.complete(uid, imp_uid);
    await shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: uid });
    expect((await refund(uid, "k1")).status).toBe(202);
    await passTime(shop, 3, 11 * minuteMs);
    await expectRest(uid, "refunded");
    const kept = await refund(uid, "k1");
    expectFit(kept);
    expect([kept.status, kept.json["state"]]).toEqual([200, "succeeded"]);
  });

  it("do not keep a refused refund from being told so, at once or later", async () => {
    for (const [uid, isLate] of [
      [uidOf("no"), false],
      [uidOf("late-no"), true],
    ] as const) {
      const { imp_uid } = await shop.pay(await shop.createOrder(uid));
      await shop.complete(uid, imp_uid);
      await shop.notices(uid, 1);
      await spoil(text);
      // The cancel is refused with their words, and nothing is done.
      if (isLate) await shop.fault("rate_limited", "GET /payments/{imp_uid}", { merchant_uid: uid });
      await shop.control("PUT", "/settings", { switches: { partial_cancel_refused_cards: "all" } });
      const no = await refund(uid, "k1", { amount: 1_000 });
      await shop.control("PUT", "/settings", { switches: { partial_cancel_refused_cards: "none" } });
      expectFit(no);
      if (isLate) {
        expect([no.status, no.json["state"]]).toEqual([202, "pending"]);
        await passTime(shop, 3, 11 * minuteMs);
      } else expect([no.status, no.json["code"]]).toEqual([422, "provider_refused"]);
      await expectRest(uid, "paid");
      const kept = await refund(uid, "k1", { amount: 1_000 });
      expectFit(kept);
      expect([kept.status, kept.json["code"]]).toEqual([422, "provider_refused"]);
    }
  });

  it("do not keep an account from being told, paid into and closed", async () => {
    const uid = uidOf("account");
    await spoil(text);
    const issued = await shop.pay(await shop.createOrder(uid, byAccount));
    const shown = await shop.complete(uid, issued.imp_uid);
    expectFit(shown);
    expect(shown.json).toMatchObject({
      state: "awaiting_deposit",
      vbank: { vbank_holder: expect.any(String) },
    });
    await deposit(shop, issued.imp_uid);
    await shop.sync(uid);
    await expectRest(uid, "paid");
    const other = uidOf("closed");
    const open = await shop.pay(await shop.createOrder(other, byAccount));
    await shop.complete(other, open.imp_uid);
    expect((await shop.merchant("POST", `/orders/${other}/void`, {})).status).toBe(200);
    await expectRest(other, "voided");
  });

  it("do not keep a declined charge from ending, nor its debt from being charged anew", async () => {
    await spoil(text);
    for (const [name, number] of [
      ["declined", "4518-4200-0005-0002"],
      ["refused", "4518-4200-0002-0005"],
    ] as const) {
      const uid = uidOf(name);
      const body = debt(uid, card(number));
      const declined = await shop.merchant("POST", "/payments/onetime", body);
      expectFit(declined);
      expect([declined.status, declined.json["code"]]).toEqual([402, "card_declined"]);
      expect(declined.json["provider_message"]).toMatch(/^한도 ?초과/);
      await expectRest(uid, "failed");
      expect((await shop.merchant("POST", "/payments/onetime", body)).json["code"]).toBe("card_declined");
    }
  });

  it("do not keep a charge, a key, a reservation or a receipt from being made", async () => {
    const customer = uidOf("cust").slice(0, 30);
    const uid = uidOf("again");
    for (const call of ["POST", "GET", "DELETE"]) {
      const patch = { card_name: text };
      const path = `${call} /subscribe/customers/{customer_uid}`;
      await shop.fault("record_patched", path, { patch, count: 9_999 });
    }
    await spoil(text);
    const key = `/customers/${customer}/billing-key`;
    const issued = await shop.merchant("POST", key, card());
    expect(issued.status).toBe(201);
    const charged = await shop.merchant("POST", `/customers/${customer}/payments`, debt(uid));
    expect(charged.status).toBe(201);
    const receipt = await shop.merchant("POST", `/receipts/external/${uidOf("sale")}`, {
      identifier: "01012345678",
      type: "person",
      product_type: "real",
      buyer_name: "홍길동",
      name: "책상 조명",
      amount: 11_000,
    });
    expect([receipt.status, receipt.json["state"]]).toEqual([201, "issued"]);
    const later = uidOf("sub");
    const at = new Date(Date.parse(String((await shop.local("GET", "/clock"))["now"])) + 20 * minuteMs);
    const schedules = [debt(later, { schedule_at: at.toISOString() })];
    const reserved = await shop.merchant("POST", `/customers/${customer}/schedules`, { schedules });
    expect(reserved.status).toBe(201);
    await passTime(shop, 3, 11 * minuteMs);
    await expectRest(later, "paid");
    for (const reply of [issued, charged, receipt, reserved, await shop.merchant("GET", key)])
      expectFit(reply);
    expectFit(await shop.merchant("GET", `/customers/${customer}/schedules`));
  });
});

it("after which nothing is due, and nothing went wrong on the way", async () => {
  await passTime(shop, 4, 30 * minuteMs);
  expect(troubles()).toEqual([]);
});
