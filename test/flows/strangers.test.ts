// S29: everybody may post to the doors PortOne and browsers use. A flood of invented payments costs a
// bounded number of questions, keeps no real one from syncing, and leaves orders as they are. Over sockets
// on the built functions; each test has minutes of its own, because the budget is counted by the minute.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Reply, type RequestPay, Shop } from "../support/shop.ts";
import {
  type Calls,
  countCalls,
  minuteMs,
  notify,
  questionsOf,
  withoutConfirm,
  withoutNotices,
} from "../support/steps.ts";

/** A portion for one notice function and one for one that browsers come back to. */
const budgetPerMinute = 40;
let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  const environment = { PAY_PREPARE: "off", PAY_NOTICE_BUDGET_PER_MIN: String(budgetPerMinute) };
  stack = await startStack({ environment });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const startAt = (minute: string) => shop.local("POST", "/clock", { set: `2026-08-05T${minute}:00+09:00` });

let invented = 0;
const inventedImpUid = () => {
  invented += 1;
  return `imp_9${String(invented).padStart(11, "0")}`;
};

type Door = (merchantUid: string, impUid: string) => Promise<Reply>;
const doors: Readonly<Record<"notice" | "complete" | "redirect", Door>> = {
  notice: (merchantUid, impUid) =>
    shop.anybody("POST", "/portone/notice", { imp_uid: impUid, merchant_uid: merchantUid, status: "paid" }),
  complete: (merchantUid, impUid) => shop.complete(merchantUid, impUid),
  redirect: (merchantUid, impUid) =>
    shop.anybody("GET", `/payments/redirect?imp_uid=${impUid}&merchant_uid=${merchantUid}`),
};

const questions = (calls: Calls) => questionsOf(calls, "notice") + questionsOf(calls, "complete");

/** Approved by confirm and paid; PortOne's notice still to come. */
async function payUntold(merchantUid: string): Promise<{ requestPay: RequestPay; impUid: string }> {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid);
  return { requestPay, impUid: (await shop.pay(requestPay)).imp_uid };
}

/** Paid in a window of a shop without confirm: nothing we hold names the payment. */
async function payUnasked(merchantUid: string): Promise<{ requestPay: RequestPay; impUid: string }> {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid);
  return { requestPay, impUid: (await shop.pay(withoutConfirm(requestPay))).imp_uid };
}

/** Strangers use up a minute: what one function of each kind has leased, three payments an order. */
async function exhaustBudget(): Promise<void> {
  const portion = budgetPerMinute / 2;
  for (let knock = 0; knock < budgetPerMinute; knock += 1) {
    const merchantUid = `ord-spare-${Math.floor(knock / 3)}`;
    if (knock % 3 === 0) await shop.createOrder(merchantUid);
    await (knock < portion ? doors.notice : doors.complete)(merchantUid, inventedImpUid());
  }
}

describe("S29 a flood of invented notices", () => {
  it("S29 about orders that do not exist costs nothing at all", async () => {
    await startAt("12:10");
    const calls = await countCalls(shop, () =>
      Promise.all(Array.from({ length: 60 }, (_, n) => doors.notice(`ord-nobody-${n}`, inventedImpUid()))),
    );
    expect([questions(calls), calls.dynamodb.write_units]).toEqual([0, 0]);
  });
});

describe("S29 over the budget", () => {
  beforeAll(async () => {
    await startAt("12:20");
    const calls = await countCalls(shop, exhaustBudget);
    expect(questions(calls)).toBe(budgetPerMinute);
  });

  it("S29 a real payment is answered 200, left due, and synced by the sweep", async () => {
    const { impUid } = await payUnasked("ord-over");
    const calls = await countCalls(shop, async () => {
      const reply = await doors.notice("ord-over", impUid);
      expect([reply.status, reply.text]).toEqual([200, "{}"]);
      const told = await doors.complete("ord-over", impUid);
      expect([told.status, told.json["code"]]).toEqual([503, "provider_unavailable"]);
      expect(told.headers.get("retry-after")).toBe("60");
      expect(told.text).not.toMatch(/created|109000|KRW/);
      expect((await doors.redirect("ord-over", impUid)).headers.get("location")).toContain("state=pending");
    });
    expect(questions(calls)).toBe(0);
    // Made due durably, long before its first look.
    await shop.sweep();
    expect(await shop.order("ord-over")).toMatchObject({ state: "paid", imp_uid: impUid });
  });

  it("S29 a valid token is not charged for a real payment", async () => {
    const { requestPay, impUid } = await payUnasked("ord-token");
    const calls = await countCalls(shop, () => notify(shop, requestPay, impUid));
    expect(questions(calls)).toBe(1);
    expect(calls.dynamodb.by_function).toEqual({ notice: { GetItem: 1, UpdateItem: 1 } });
    expect(await shop.order("ord-token")).toMatchObject({ state: "paid", imp_uid: impUid });
  });

  it.each([["notice"], ["complete"], ["redirect"]] as const)(
    "S29 an attempt that confirm approved is not charged when it was paid at %s",
    async (door) => {
      const { impUid } = await payUntold(`ord-held-${door}`);
      const calls = await countCalls(shop, () => doors[door](`ord-held-${door}`, impUid));
      expect(questions(calls)).toBe(1);
      expect((await shop.order(`ord-held-${door}`)).state).toBe("paid");
    },
  );

  it("S29 another order's token opens nothing", async () => {
    const other = await shop.createOrder("ord-other-token");
    const { impUid } = await payUnasked("ord-foreign");
    const calls = await countCalls(shop, () => notify(shop, other, impUid, { merchant_uid: "ord-foreign" }));
    expect(questions(calls)).toBe(0);
    expect((await shop.order("ord-foreign")).state).toBe("created");
  });
});

describe("S29 one order", () => {
  it("S29 is asked about at most five unknown payments a minute, whatever door they come to", async () => {
    await startAt("13:00");
    await shop.createOrder("ord-five");
    const knock = async () => {
      for (const door of [doors.notice, doors.complete, doors.redirect, doors.notice, doors.complete])
        for (const _ of [1, 2]) await door("ord-five", inventedImpUid());
    };
    expect(questions(await countCalls(shop, knock))).toBe(5);
    expect(questions(await countCalls(shop, knock))).toBe(0);
    await shop.advance(minuteMs);
    expect(questions(await countCalls(shop, knock))).toBe(5);
  });

  it("S29 is asked about once for a payment PortOne does not know, however often it is named", async () => {
    await startAt("13:05");
    await shop.createOrder("ord-named-again");
    const impUid = inventedImpUid();
    const calls = await countCalls(shop, async () => {
      for (let knock = 0; knock < 20; knock += 1) await doors.notice("ord-named-again", impUid);
    });
    expect(questions(calls)).toBe(1);
    expect(calls.dynamodb.by_function).toMatchObject({ notice: { GetItem: 21, UpdateItem: 1 } });
  });

  it("S29 is written once to be due, however many come", async () => {
    await startAt("13:10");
    const { impUid, requestPay } = await payUntold("ord-written");
    await notify(shop, requestPay, impUid);
    const { version } = await shop.order("ord-written");
    for (let knock = 0; knock < 20; knock += 1) await doors.notice("ord-written", inventedImpUid());
    const flooded = await shop.order("ord-written");
    expect(flooded).toMatchObject({ state: "paid", version: version + 1, attempts: [{ state: "paid" }] });
  });

  it("S29 known and unknown payments are answered alike to a browser", async () => {
    await startAt("13:20");
    await shop.createOrder("ord-alike");
    const unknown = await doors.complete("ord-alike", inventedImpUid());
    const nobodys = await doors.complete("ord-nobody", inventedImpUid());
    const { impUid } = await payUnasked("ord-alike-other");
    const anothers = await doors.complete("ord-alike", impUid);
    const strip = ({ status, json }: Reply) => [status, { ...json, request_id: null }];
    expect(strip(unknown)).toEqual(strip(nobodys));
    expect(strip(anothers)).toEqual(strip(nobodys));
    expect(unknown.status).toBe(404);
  });

  it("S29 stays as it is, created or paid, under twelve minutes of invented payments", async () => {
    await startAt("14:00");
    await shop.createOrder("ord-long-created");
    const { requestPay, impUid } = await payUntold("ord-long-paid");
    await notify(shop, requestPay, impUid);
    for (let minute = 0; minute < 12; minute += 1) {
      for (let knock = 0; knock < 4; knock += 1) {
        await doors.notice("ord-long-created", inventedImpUid());
        await doors.notice("ord-long-paid", inventedImpUid());
      }
      await shop.sweep();
      await shop.advance(minuteMs);
    }
    expect(await shop.order("ord-long-paid")).toMatchObject({ state: "paid", review_reason: null });
    expect(await shop.order("ord-long-created")).toMatchObject({ state: "created", review_reason: null });
  });
});
