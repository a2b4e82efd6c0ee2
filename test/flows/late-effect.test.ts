// What shows only once a limit was waited out in real time: an answer that never came, and what takes effect
// minutes after it was given up. Side by side, each on a stack of its own, because each moves its clock.
import { describe, expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { card, debt, minuteMs, passTime, payments, statuses } from "../support/steps.ts";

async function onOwnStack(story: (shop: Shop) => Promise<void>): Promise<void> {
  const stack = await startStack();
  try {
    await story(new Shop(stack));
  } finally {
    await stack.close();
  }
}

async function sweepAfter(shop: Shop, minutes: readonly number[]): Promise<void> {
  for (const wait of minutes) await passTime(shop, 1, wait * minuteMs);
}

const paidTimes = async (shop: Shop, merchantUid: string) =>
  (await statuses(shop, merchantUid)).filter((status) => status === "paid").length;

describe.concurrent("given up, and late", { timeout: 60_000 }, () => {
  it.each(["arrival", "commit"])(
    "S45 a cancel whose effect comes nine minutes late happens exactly once, checksum at %s",
    (checksum_at) =>
      onOwnStack(async (shop) => {
        await shop.control("PUT", "/settings", { switches: { checksum_at } });
        await payByTransfer(shop, "ord-s45");
        await shop.fault("late_effect", "POST /payments/cancel", { delay_ms: 9 * minuteMs });
        const ask = () => shop.refund("ord-s45", "key", { amount: 20_000 });
        expect((await ask()).status).toBe(202);
        for (let looks = 0; looks < 8; looks += 1) {
          await passTime(shop, 1, 3 * minuteMs);
          await ask();
        }
        const { payments: all = [] } = await providerState(shop);
        expect(all[0]?.["cancel_history"] as readonly Json[]).toHaveLength(1);
        expect((await ask()).json).toMatchObject({ state: "succeeded", remaining: 89_000 });
      }),
  );

  it("a key-in charge that is made minutes after we gave up is paid once", () =>
    onOwnStack(async (shop) => {
      const delay_ms = 4 * minuteMs;
      await shop.fault("late_effect", "POST /subscribe/payments/onetime", { delay_ms });
      const asked = await shop.merchant("POST", "/payments/onetime", { ...debt("one-late"), ...card() });
      expect(asked.status).toBe(202);
      await sweepAfter(shop, [2]);
      expect(await shop.order("one-late")).toMatchObject({ state: "created", operation: { kind: "charge" } });
      await sweepAfter(shop, [10]);
      expect(await shop.order("one-late")).toMatchObject({ state: "paid", operation: null });
      expect(await paidTimes(shop, "one-late")).toBe(1);
    }));

  it("S39 S51 a debt is refused a new number while the old charge may still happen, then only by replaces", () =>
    onOwnStack(async (shop) => {
      const charge = (merchantUid: string, more: Json = {}) =>
        shop.merchant("POST", "/customers/s51/payments", debt(merchantUid, more));
      expect((await shop.merchant("POST", "/customers/s51/billing-key", card())).status).toBe(201);
      const again = "POST /subscribe/payments/again";
      await shop.fault("late_effect", again, { merchant_uid: "s51-old", delay_ms: 25 * minuteMs });
      await shop.fault("server_error_then_ok", again, { merchant_uid: "s51-old", occurrence: 2 });
      expect((await charge("s51-old")).status).toBe(202);
      expect((await charge("s51-new", { replaces: "s51-old" })).json).toMatchObject({
        code: "order_not_payable",
      });
      await sweepAfter(shop, [2, 5, 5, 11]);
      expect(await shop.order("s51-old")).toMatchObject({ state: "failed", superseded_by: null });

      const replaced = await charge("s51-new", { replaces: "s51-old" });
      expect(replaced.status, replaced.text).toBe(201);
      expect(replaced.json["order"]).toMatchObject({ state: "paid", replaces: "s51-old" });
      expect(await shop.order("s51-old")).toMatchObject({ superseded_by: "s51-new" });
      expect((await charge("s51-newer", { replaces: "s51-old" })).json).toMatchObject({
        code: "order_not_payable",
      });

      await sweepAfter(shop, [30, 0]);
      const late = await payments(shop, "s51-old");
      expect(late.length).toBeGreaterThan(0);
      for (const payment of late)
        expect(payment).toMatchObject({ status: "cancelled", cancel_amount: 8_900 });
      expect(await paidTimes(shop, "s51-new")).toBe(1);
    }));

  it("S31 PortOne's silence ends in an answer within the door's time", () =>
    onOwnStack(async (shop) => {
      const { imp_uid } = await shop.pay(await shop.createOrder("ord-s31-silence"));
      await shop.notices("ord-s31-silence", 1);
      await shop.createOrder("ord-s31-silent");
      await shop.fault("no_answer", "GET /payments/{imp_uid}", { count: 2 });
      expect((await shop.complete("ord-s31-silent", imp_uid)).status).toBe(503);
    }));
});
