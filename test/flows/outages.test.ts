// The token, the table or PortOne fails in the middle of a payment: nobody is told a lie, no money is lost,
// and the payment is synced later. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { minuteMs, moves, notify, passTime, withoutNotices } from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.local("DELETE", "/faults");
  await shop.control("PUT", "/settings", { webhook_resend: false });
});
afterAll(() => stack?.close());

const login = "POST /users/getToken";
const question = "GET /payments/{imp_uid}";

/** What PortOne was asked while `work` ran. */
async function callsDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
  await shop.control("DELETE", "/calls");
  await work();
  return (await shop.control<{ counts: Record<string, number> }>("GET", "/calls")).counts;
}

async function payUntold(merchantUid: string) {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid);
  return { requestPay, impUid: (await shop.pay(requestPay)).imp_uid };
}

describe("S30 PortOne's token", () => {
  it("S30 that ends between fetch and use is renewed once, and the question asked once more", async () => {
    const before = await payUntold("ord-s30-warm");
    await shop.complete("ord-s30-warm", before.impUid);
    const { impUid } = await payUntold("ord-s30");
    // Only PortOne's clock goes on: our function still believes in the token it holds.
    await shop.control("POST", "/clock", { advance_ms: 31 * minuteMs });
    const counts = await callsDuring(async () => {
      expect((await shop.complete("ord-s30", impUid)).json).toMatchObject({ state: "paid" });
    });
    expect(counts).toEqual({ [question]: 2, [login]: 1 });
  });

  it.each([
    ["ahead of", 5],
    ["behind", -5],
  ])("S30 is told by PortOne's own times when its clock is five minutes %s ours", async (_, minutes) => {
    const uid = `ord-s30-${minutes > 0 ? "ahead" : "behind"}`;
    const orders = await Promise.all([0, 1, 2].map((index) => payUntold(`${uid}-${index}`)));
    const { now } = await shop.local<{ now: string }>("GET", "/clock");
    const theirs = new Date(Date.parse(now) + minutes * minuteMs).toISOString();
    await shop.control("POST", "/clock", { set: theirs });
    // Long enough for the tokens of every function to end, and for new ones to come close to it.
    for (const [index, { impUid }] of orders.entries()) {
      await shop.local("POST", "/clock", { advance_ms: index === 0 ? 40 * minuteMs : 28 * minuteMs });
      const counts = await callsDuring(async () => {
        const told = await shop.complete(`${uid}-${index}`, impUid);
        expect([told.status, told.json["state"]]).toEqual([200, "paid"]);
      });
      expect(counts[question]).toBe(1);
    }
    await shop.local("POST", "/clock", { set: new Date(Date.parse(now) + 3 * 60 * minuteMs).toISOString() });
  });
});

describe("S35 the table fails while confirm is asked", () => {
  const refusal = { status: 503, reason: "잠시 후 다시 시도해 주세요" };
  const tableFault = (name: string, call: string, count: number) =>
    shop.local("POST", "/faults", { name, function: "confirm", call, count });

  it.each([
    ["dynamodb_throttled", "GetItem"],
    ["dynamodb_down", "GetItem"],
    ["dynamodb_throttled", "UpdateItem"],
    ["dynamodb_down", "UpdateItem"],
  ])("S35 %s at its %s: refused in time, nothing approved, and the buyer tries again", async (name, call) => {
    const merchantUid = `ord-s35-${name.slice(9, 13)}-${call}`;
    const requestPay = await shop.createOrder(merchantUid);
    await tableFault(name, call, 20);
    const refused = await shop.pay(requestPay);
    expect(refused.confirm).toMatchObject(refusal);
    expect(refused.confirm?.ms).toBeLessThan(3_000);
    expect(refused.payment.status).toBe("failed");
    await shop.local("DELETE", "/faults");
    expect(await shop.order(merchantUid)).toMatchObject({ state: "created", attempts: [], version: 1 });
    expect((await shop.pay(requestPay)).payment.status).toBe("paid");
  });

  it("S35 slow at both its calls: refused within three seconds all the same", async () => {
    const requestPay = await shop.createOrder("ord-s35-slow");
    await tableFault("dynamodb_no_answer", "GetItem", 1);
    await tableFault("dynamodb_no_answer", "UpdateItem", 20);
    const refused = await shop.pay(requestPay);
    expect(refused.confirm).toMatchObject(refusal);
    expect(refused.confirm?.ms).toBeLessThan(3_000);
    await shop.local("DELETE", "/faults");
    expect(await shop.order("ord-s35-slow")).toMatchObject({ state: "created", attempts: [] });
    expect((await shop.pay(requestPay)).payment.status).toBe("paid");
  });

  it("S35 an approval that was written though its answers were lost holds nobody up", async () => {
    const requestPay = await shop.createOrder("ord-s35-lost");
    await tableFault("dynamodb_answer_lost_after_effect", "UpdateItem", 1);
    await shop.local("POST", "/faults", {
      name: "dynamodb_down",
      function: "confirm",
      call: "UpdateItem",
      occurrence: 2,
      count: 20,
    });
    const refused = await shop.pay(requestPay);
    expect([refused.confirm?.status, refused.payment.status]).toEqual([503, "failed"]);
    await shop.local("DELETE", "/faults");
    expect((await shop.order("ord-s35-lost")).state).toBe("approved");
    const paid = await shop.pay(requestPay);
    expect([paid.confirm?.status, paid.payment.status]).toEqual([200, "paid"]);
    await shop.notices("ord-s35-lost", 1);
    expect(await shop.order("ord-s35-lost")).toMatchObject({
      state: "paid",
      attempts: [{ state: "failed" }, { imp_uid: paid.payment.imp_uid, state: "paid" }],
    });
  });

  it("S35 the same question after a lost answer is answered yes, with one hold", async () => {
    const requestPay = await shop.createOrder("ord-s35-again");
    const asked = { imp_uid: "imp_000000000035", merchant_uid: "ord-s35-again", amount: 109_000 };
    const path = new URL(String(requestPay["confirm_url"])).pathname;
    await tableFault("dynamodb_answer_lost_after_effect", "UpdateItem", 1);
    const replies = [await shop.anybody("POST", path, asked), await shop.anybody("POST", path, asked)];
    expect(replies.map(({ status, text }) => [status, text])).toEqual([
      [200, "{}"],
      [200, "{}"],
    ]);
    expect(await shop.order("ord-s35-again")).toMatchObject({
      version: 2,
      attempts: [{ state: "approved" }],
    });
  });
});

describe("S36 something fails while a notice is received", () => {
  const takeDown: Readonly<Record<string, () => Promise<Json>>> = {
    "the table at its read": () =>
      shop.local("POST", "/faults", { name: "dynamodb_down", function: "notice", call: "GetItem", count: 2 }),
    "the table at its write": () =>
      shop.local("POST", "/faults", {
        name: "dynamodb_throttled",
        function: "notice",
        call: "UpdateItem",
        count: 2,
      }),
    PortOne: () => shop.fault("server_error_then_ok", question, { count: 2 }),
  };
  const cases = Object.keys(takeDown).map((what) => [what, what.slice(-5).replace(" ", "")] as const);

  it.each(cases)("S36 %s: 500, and PortOne's repeat syncs it", async (what, name) => {
    await shop.control("PUT", "/settings", { webhook_resend: true });
    await takeDown[what]?.();
    await shop.pay(await shop.createOrder(`ord-s36-again-${name}`));
    expect(await shop.notices(`ord-s36-again-${name}`, 1)).toMatchObject([{ status: 500, attempt: 1 }]);
    expect((await shop.order(`ord-s36-again-${name}`)).state).toBe("approved");
    await shop.advance(minuteMs);
    const repeats = await shop.notices(`ord-s36-again-${name}`, 2);
    expect(repeats).toMatchObject([{ status: 500 }, { status: 200, attempt: 2 }]);
    expect(moves(await shop.order(`ord-s36-again-${name}`)).at(-1)).toBe("paid by portone");
  });

  it.each(cases)("S36 %s: 500, and without a repeat the sweep syncs it", async (what, name) => {
    await takeDown[what]?.();
    await shop.pay(await shop.createOrder(`ord-s36-sweep-${name}`));
    expect(await shop.notices(`ord-s36-sweep-${name}`, 1)).toMatchObject([{ status: 500 }]);
    await passTime(shop, 2, 90_000);
    expect(moves(await shop.order(`ord-s36-sweep-${name}`)).at(-1)).toBe("paid by sweep");
  });

  it("S36 a write whose answer was lost is 200, and counted once", async () => {
    const { requestPay, impUid } = await payUntold("ord-s36-lost");
    const call = { function: "notice", call: "UpdateItem" };
    await shop.local("POST", "/faults", { name: "dynamodb_answer_lost_after_effect", ...call });
    expect((await notify(shop, requestPay, impUid)).status).toBe(200);
    expect(await shop.order("ord-s36-lost")).toMatchObject({ state: "paid", version: 3 });
  });

  it("S36 the browser is told that it is undecided, never that it failed", async () => {
    const { impUid } = await payUntold("ord-s36-browser");
    await shop.local("POST", "/faults", { name: "dynamodb_down", function: "complete", count: 4 });
    const told = await shop.complete("ord-s36-browser", impUid);
    expect([told.status, told.json["code"]]).toEqual([503, "storage_unavailable"]);
    const back = `/payments/redirect?imp_uid=${impUid}&merchant_uid=ord-s36-browser`;
    const redirected = await shop.anybody("GET", back);
    expect(redirected.status).toBe(303);
    expect(redirected.headers.get("location")).toContain("state=pending");
    expect((await shop.complete("ord-s36-browser", impUid)).json["state"]).toBe("paid");
  });
});
