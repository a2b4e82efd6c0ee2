// Whoever tries a thousand order numbers learns nothing of those that exist: the same bytes for an order nobody knows, a
// payment nobody knows, and a payment of another order. Over sockets on the built functions.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Reply, Shop } from "../support/shop.ts";
import { countCalls, open, questionsOf, withoutConfirm } from "../support/steps.ts";

const guesses = 1_000;
const atOnce = 4;
let stack: LocalStack;
let shop: Shop;
/** Real, of another order. */
let anothersImpUid: string;

const numberOf = (guess: number) => `ord-2026-${String(guess).padStart(4, "0")}`;
/** One in fifty exists. */
const existing = Array.from({ length: guesses / 50 }, (_, index) => numberOf(index * 50));

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
  await shop.local("POST", "/clock", { set: "2026-08-05T12:00:00+09:00" });
  anothersImpUid = (await shop.pay(await shop.createOrder("ord-anothers"))).imp_uid;
  for (const [index, merchantUid] of existing.entries()) {
    const requestPay = await shop.createOrder(merchantUid);
    if (index % 4 === 1) await open(shop, requestPay);
    if (index % 4 === 2) await shop.pay(requestPay);
    if (index % 4 === 3) await shop.pay(withoutConfirm(requestPay));
  }
  // The payments above had a minute of their own.
  await shop.local("POST", "/clock", { set: "2026-08-05T12:05:00+09:00" });
});
afterAll(() => stack?.close());

/** Status, headers and body, without what tells requests apart. */
function shownBy({ status, headers, text }: Reply): string {
  const told = [...headers].filter(([name]) => !["x-request-id", "date"].includes(name));
  return JSON.stringify([status, told, text.replace(/"request_id":"[^"]*"/, "")]);
}

async function answersTo(
  numbers: readonly string[],
  ask: (merchantUid: string, guess: number) => Promise<Reply>,
): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  let next = 0;
  const guesser = async () => {
    for (let guess = next++; guess < numbers.length; guess = next++) {
      const merchantUid = numbers[guess] ?? "";
      // A redirect repeats the number it was asked about.
      shown.add(shownBy(await ask(merchantUid, guess)).replace(merchantUid, "<number>"));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, guesser));
  return shown;
}

const all = Array.from({ length: guesses }, (_, guess) => numberOf(guess));
/** Every one that exists, each beside four that do not. */
const some = all.filter((_, guess) => guess % 50 < 5);
/** Invented, or of another order. */
const impUidOf = (guess: number) =>
  guess % 3 === 0 ? anothersImpUid : `imp_7${String(guess).padStart(11, "0")}`;

describe("a thousand guessed order numbers", () => {
  it("are one and the same answer to a browser that comes back", { timeout: 120_000 }, async () => {
    const calls = await countCalls(shop, async () => {
      const shown = await answersTo(all, (merchantUid, guess) =>
        shop.complete(merchantUid, guess % 5 === 4 ? null : impUidOf(guess)),
      );
      expect([...shown].map((text) => text.slice(0, 4))).toEqual(["[404"]);
    });
    expect(questionsOf(calls, "complete")).toBeLessThanOrEqual(existing.length);
  });

  it.each<[string, number, (merchantUid: string, guess: number) => Promise<Reply>]>([
    [
      "a browser that is sent back",
      303,
      (merchantUid, guess) =>
        shop.anybody("GET", `/payments/redirect?merchant_uid=${merchantUid}&imp_uid=${impUidOf(guess)}`),
    ],
    [
      "a notice",
      200,
      (merchant_uid, guess) =>
        shop.anybody("POST", "/portone/notice", { merchant_uid, imp_uid: impUidOf(guess), status: "paid" }),
    ],
    [
      "a confirm without the order's token",
      409,
      (merchant_uid, guess) =>
        shop.anybody("POST", `/portone/confirm/${"A".repeat(22)}`, {
          merchant_uid,
          imp_uid: impUidOf(guess),
          amount: 109_000,
        }),
    ],
  ])("are one and the same answer to %s", { timeout: 60_000 }, async (_, status, ask) => {
    const shown = await answersTo(some, ask);
    expect([...shown].map((text) => text.slice(0, 4))).toEqual([`[${status}`]);
  });

  it("mark no order, and confirm reads none without the token", async () => {
    const calls = await countCalls(shop, () =>
      answersTo(existing, (merchant_uid) =>
        shop.anybody("POST", "/portone/confirm/invented", {
          merchant_uid,
          imp_uid: "imp_7",
          amount: 109_000,
        }),
      ),
    );
    expect(calls.dynamodb.calls).toBe(0);
    for (const merchantUid of existing)
      expect(await shop.order(merchantUid)).toMatchObject({ review_reason: null });
  });
});
