// However the news of a payment is lost, repeated, delayed or reordered, the order ends level with
// PortOne's record, once. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import {
  approve,
  cancelInConsole,
  lastReason,
  minuteMs,
  moves,
  notify,
  open,
  passTime,
  secondMs,
  withoutConfirm,
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
  await shop.control("PUT", "/settings", { webhook_resend: false });
});
afterAll(() => stack?.close());

const paidOnce = ["created by merchant", "approved by portone", "paid by portone"];

describe("S02 a payment nobody tells of", () => {
  it("S02 is paid by the sweep within its first two rungs, once", async () => {
    await withoutNotices(shop, "ord-s02");
    const { imp_uid } = await shop.pay(await shop.createOrder("ord-s02"));
    await shop.sweep();
    expect((await shop.order("ord-s02")).state).toBe("approved");
    // The first look is due two minutes after creation, the second one minute later.
    await passTime(shop, 2, 90 * secondMs);
    const order = await shop.order("ord-s02");
    expect(order).toMatchObject({ state: "paid", imp_uid, remaining: 109_000 });
    expect(moves(order)).toEqual(["created by merchant", "approved by portone", "paid by sweep"]);
    await passTime(shop, 3, 30 * minuteMs);
    expect((await shop.order("ord-s02")).version).toBe(order.version);
  });

  it("S02 is paid by the sweep when confirm was never asked either", async () => {
    await withoutNotices(shop, "ord-s02-unasked");
    await shop.pay(withoutConfirm(await shop.createOrder("ord-s02-unasked")));
    await passTime(shop, 2, 90 * secondMs);
    expect(moves(await shop.order("ord-s02-unasked"))).toEqual(["created by merchant", "paid by sweep"]);
  });

  it("S02 is paid by the second look when PortOne does not answer the first", async () => {
    await withoutNotices(shop, "ord-s02-second");
    await shop.pay(await shop.createOrder("ord-s02-second"));
    await shop.fault("server_error_then_ok", "GET /payments/findAll/{merchant_uid}", {
      merchant_uid: "ord-s02-second",
      count: 2,
    });
    await shop.advance(2 * minuteMs);
    expect(await shop.sweep()).toMatchObject({ errors: 1 });
    expect((await shop.order("ord-s02-second")).state).toBe("approved");
    await passTime(shop, 1, minuteMs);
    expect((await shop.order("ord-s02-second")).state).toBe("paid");
  });
});

describe("S04 a notice answered too slowly for PortOne", () => {
  it("S04 is sent again a minute later and changes nothing twice", async () => {
    await shop.control("PUT", "/settings", { webhook_resend: true });
    await shop.fault("answer_lost_after_effect", "notice", { merchant_uid: "ord-s04" });
    await shop.pay(await shop.createOrder("ord-s04"));
    expect(await shop.notices("ord-s04", 1)).toMatchObject([{ attempt: 1, status: null }]);
    const order = await shop.order("ord-s04");
    expect(moves(order)).toEqual(paidOnce);
    await shop.advance(minuteMs);
    expect(await shop.notices("ord-s04", 2)).toMatchObject([{ attempt: 1 }, { attempt: 2, status: 200 }]);
    expect(await shop.order("ord-s04")).toEqual(order);
  });

  it("S04 is sent again while the first is still being worked on", async () => {
    await shop.fault("notice_duplicated", "notice", { merchant_uid: "ord-s04-both" });
    await shop.pay(await shop.createOrder("ord-s04-both"));
    expect(await shop.notices("ord-s04-both", 2)).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(moves(await shop.order("ord-s04-both"))).toEqual(paidOnce);
  });
});

describe("S05 changes of one second that arrive in the wrong order", () => {
  const nowMs = async () => Date.parse((await shop.control<{ now: string }>("GET", "/clock")).now);

  /** PortOne answers the next questions of this order with its record of that time. */
  const readAsOf = async (merchantUid: string, atMs: number, count: number) =>
    shop.fault("stale_read", "*", {
      merchant_uid: merchantUid,
      count,
      delay_ms: (await nowMs()) - atMs,
    });
  const staleReads = async () => {
    const { faults } = await shop.control<{ faults: readonly Json[] }>("GET", "/faults");
    return faults.find(({ name }) => name === "stale_read")?.["hits"];
  };

  it("S05 the cancel first, then the payment: the newest record wins", async () => {
    await withoutNotices(shop, "ord-s05");
    const requestPay = await shop.createOrder("ord-s05");
    const { imp_uid } = await shop.pay(requestPay);
    const paidAtMs = await nowMs();
    await shop.advance(300);
    await cancelInConsole(shop, imp_uid, { amount: 40_000 });
    const [cancel] = await shop.cancels("ord-s05");
    const { cancellation_id } = cancel as Json;
    expect((await notify(shop, requestPay, imp_uid, { status: "cancelled", cancellation_id })).status).toBe(
      200,
    );
    const newest = await shop.order("ord-s05");
    expect(newest).toMatchObject({ state: "partially_refunded", remaining: 69_000 });

    await readAsOf("ord-s05", paidAtMs, 2);
    expect((await notify(shop, requestPay, imp_uid)).status).toBe(200);
    expect(await shop.sync("ord-s05")).toEqual(newest);
    expect(await staleReads()).toBe(2);
  });

  it("S05 a record of before the second cancel forgets none of the two", async () => {
    await withoutNotices(shop, "ord-s05-two");
    const requestPay = await shop.createOrder("ord-s05-two");
    const { imp_uid } = await shop.pay(requestPay);
    await cancelInConsole(shop, imp_uid, { amount: 10_000 });
    const afterFirstMs = await nowMs();
    await shop.advance(300);
    await cancelInConsole(shop, imp_uid, { amount: 20_000 });
    await notify(shop, requestPay, imp_uid, { status: "cancelled" });
    await readAsOf("ord-s05-two", afterFirstMs, 1);
    await notify(shop, requestPay, imp_uid, { status: "cancelled" });
    expect(await staleReads()).toBe(1);
    expect(await shop.order("ord-s05-two")).toMatchObject({ remaining: 79_000, cancel_amount: 30_000 });
  });
});

describe("S06 recorded failed, approved later", () => {
  it("S06 is paid, and the history says late", async () => {
    const declined = await shop.decline(await shop.createOrder("ord-s06"));
    const { imp_uid } = declined.payment;
    expect((await shop.complete("ord-s06", imp_uid)).json["state"]).toBe("failed");
    await shop.control("POST", `/payments/${imp_uid}/approve-late`, {});
    await shop.notices("ord-s06", 1);
    const order = await shop.order("ord-s06");
    expect(order).toMatchObject({ state: "paid", imp_uid, review_reason: null });
    expect(lastReason(order)).toBe("late");
  });
});

describe("S08 a payment after the order's time", () => {
  it("S08 an approval that arrives late is accepted", async () => {
    const window = await open(shop, withoutConfirm(await shop.createOrder("ord-s08")));
    await passTime(shop, 2, 31 * minuteMs);
    expect((await shop.order("ord-s08")).state).toBe("expired");
    await approve(shop, window);
    await shop.notices("ord-s08", 1);
    const order = await shop.order("ord-s08");
    expect(order).toMatchObject({ state: "paid", imp_uid: window.imp_uid, review_reason: null });
    expect(lastReason(order)).toBe("late");
    expect(await shop.cancels("ord-s08")).toEqual([]);
  });

  it("S08 a late approval whose notice is lost is found by the buyer's callback", async () => {
    await withoutNotices(shop, "ord-s08-lost");
    const window = await open(shop, withoutConfirm(await shop.createOrder("ord-s08-lost")));
    await passTime(shop, 2, 31 * minuteMs);
    await approve(shop, window);
    expect((await shop.complete("ord-s08-lost", window.imp_uid)).json).toMatchObject({ state: "paid" });
  });

  it("S08 confirm itself refuses after the order's time", async () => {
    const window = await open(shop, await shop.createOrder("ord-s08-confirm"));
    await shop.advance(31 * minuteMs);
    const refused = await approve(shop, window);
    expect(refused.confirm).toMatchObject({ status: 409, reason: "주문 시간이 지났습니다" });
    expect(refused.payment.status).toBe("failed");
  });
});

describe("S40 the sweep and notices at the same moment", () => {
  it("S40 the newest record wins, whoever reads an old one", async () => {
    const names = Array.from({ length: 6 }, (_, index) => `ord-s40-${index}`);
    const known = await Promise.all(
      names.map(async (merchantUid) => {
        await withoutNotices(shop, merchantUid);
        const requestPay = await shop.createOrder(merchantUid);
        const { imp_uid } = await shop.pay(requestPay);
        return { merchantUid, requestPay, imp_uid };
      }),
    );
    await shop.advance(2 * minuteMs);
    for (const { merchantUid, imp_uid } of known) {
      await cancelInConsole(shop, imp_uid, { amount: 9_000 });
      await shop.fault("stale_read", "GET /payments/{imp_uid}", {
        merchant_uid: merchantUid,
        delay_ms: minuteMs,
      });
    }
    await Promise.all([
      ...known.flatMap(({ requestPay, imp_uid }) => [
        notify(shop, requestPay, imp_uid),
        notify(shop, requestPay, imp_uid, { status: "cancelled" }),
      ]),
      shop.sweep(),
    ]);
    for (const { merchantUid } of known) {
      const order = await shop.order(merchantUid);
      expect(order).toMatchObject({ state: "partially_refunded", remaining: 100_000, cancel_amount: 9_000 });
      expect(order.history.filter(({ to, from }) => to === "partially_refunded" && from !== to)).toHaveLength(
        1,
      );
    }
  });
});
