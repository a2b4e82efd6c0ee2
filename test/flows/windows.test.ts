// The payment window told from its bad ends: declined, left open, opened twice. Whoever holds an order by
// confirm must lose it again when no money comes. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { approve, lastReason, minuteMs, open, passTime, withoutNotices } from "../support/steps.ts";

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

describe("S33 approved by confirm, then not paid", () => {
  it("S33 declined: the sweep frees the hold, and the buyer can try again", async () => {
    const requestPay = await shop.createOrder("ord-s33");
    expect((await shop.decline(requestPay)).payment.status).toBe("failed");
    expect(await shop.order("ord-s33")).toMatchObject({
      state: "approved",
      hold_until: expect.any(String),
    });
    await passTime(shop, 1, 2 * minuteMs);
    const freed = await shop.order("ord-s33");
    expect(freed).toMatchObject({ state: "failed", hold_until: null, attempts: [{ state: "failed" }] });
    expect(lastReason(freed)).toBe("attempt_failed");

    const paid = await shop.pay(requestPay);
    expect([paid.confirm?.status, paid.payment.status]).toEqual([200, "paid"]);
    await shop.notices("ord-s33", 1);
    expect(await shop.order("ord-s33")).toMatchObject({ state: "paid", imp_uid: paid.payment.imp_uid });
  });

  it("S33 a buyer who walked away loses the hold after one extension, and may come back", async () => {
    const requestPay = await shop.createOrder("ord-s33-gone");
    const window = await open(shop, requestPay);
    const asked = { imp_uid: window.imp_uid, merchant_uid: "ord-s33-gone", amount: 109_000 };
    const confirmPath = new URL(String(requestPay["confirm_url"])).pathname;
    expect((await shop.anybody("POST", confirmPath, asked)).text).toBe("{}");
    await shop.control("POST", `/window/${window.window}/abandon`, {});
    await passTime(shop, 6, 2 * minuteMs);
    expect((await shop.order("ord-s33-gone")).state).toBe("approved");
    // Ten minutes of hold, five of extension, and the sweep's rungs in between.
    await passTime(shop, 6, 2 * minuteMs);
    expect(await shop.order("ord-s33-gone")).toMatchObject({
      state: "failed",
      attempts: [{ state: "abandoned" }],
    });
    expect((await shop.anybody("POST", confirmPath, asked)).status).toBe(409);
    expect((await shop.pay(requestPay)).payment.status).toBe("paid");
  });
});

describe("S34 two windows of one order", () => {
  it("S34 approved at the same moment: exactly one is let through", async () => {
    for (const index of [1, 2, 3, 4, 5]) {
      const merchantUid = `ord-s34-${index}`;
      const requestPay = await shop.createOrder(merchantUid);
      const windows = [await open(shop, requestPay), await open(shop, requestPay)];
      const ends = await Promise.all(windows.map((window) => approve(shop, window)));
      expect(ends.map(({ confirm }) => confirm?.status).sort()).toEqual([200, 409]);
      expect(ends.map(({ payment }) => payment.status).sort()).toEqual(["failed", "paid"]);
      await shop.notices(merchantUid, 1);
      const { attempts, state } = await shop.order(merchantUid);
      expect([state, attempts.map((attempt) => attempt.state)]).toEqual(["paid", ["paid"]]);
    }
  });

  it("S34 the second is refused while the first may be approved, and the first's money is found", async () => {
    await withoutNotices(shop, "ord-s34-seen");
    const requestPay = await shop.createOrder("ord-s34-seen");
    const [one, two] = [await open(shop, requestPay), await open(shop, requestPay)];
    await approve(shop, one);
    const second = await approve(shop, two);
    expect(second.confirm).toMatchObject({ status: 409, reason: "다른 결제가 진행 중입니다" });
    // Confirm saw the first one paid: the order is due at once, not at its first look.
    await shop.sweep();
    expect(await shop.order("ord-s34-seen")).toMatchObject({ state: "paid", imp_uid: one.imp_uid });
  });
});
