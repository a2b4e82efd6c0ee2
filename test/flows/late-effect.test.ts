// S45: a cancel request that was given up takes effect minutes later. Each variant on a stack of its own,
// side by side, because giving up takes its full ten seconds.
import { expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

it.concurrent.each(["arrival", "commit"])(
  "S45 is cancelled exactly once when the effect comes nine minutes late, checksum at %s",
  async (checksum_at) => {
    const stack = await startStack();
    const shop = new Shop(stack);
    await shop.control("PUT", "/settings", { switches: { checksum_at } });
    await payByTransfer(shop, "ord-s45");
    const late = { name: "late_effect", call: "POST /payments/cancel", delay_ms: 9 * 60_000 };
    await shop.control("POST", "/faults", late);
    const ask = () => shop.refund("ord-s45", "key", { amount: 20_000 });
    expect((await ask()).status).toBe(202);
    for (let looks = 0; looks < 8; looks += 1) {
      await shop.local("POST", "/clock", { advance_ms: 3 * 60_000 });
      await shop.anybody("POST", "/2015-03-31/functions/reconcile/invocations", {});
      await ask();
    }
    const { payments = [] } = await providerState(shop);
    expect(payments[0]?.["cancel_history"] as readonly Json[]).toHaveLength(1);
    expect((await ask()).json).toMatchObject({ state: "succeeded", remaining: 89_000 });
    await stack.close();
  },
  60_000,
);
