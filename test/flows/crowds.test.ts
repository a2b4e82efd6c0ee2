// Crowds: everything that can come at once does. The order of the tests matters: the first one meets
// functions that have never run. Over sockets on the built functions.
import { afterAll, beforeAll, expect, it } from "vitest";
import { Doors, gatewayEvent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { countCalls, minuteMs, notify, questionsOf, withoutNotices } from "../support/steps.ts";

/** Larger crowds, for whoever has the minutes: CROWD_ORDERS=200 CROWD_REAL=50 CROWD_NOTICES=5000. */
const size = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const burstOrders = size("CROWD_ORDERS", 20);
const realOrders = size("CROWD_REAL", 5);
const inventedNotices = size("CROWD_NOTICES", 210);
const budgetPerMinute = 40;
/** A larger crowd is slower, not wrong. */
const limitMs = 30_000 + burstOrders * 1_000 + inventedNotices * 50;
let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  const environment = {
    PAY_PREPARE: "off",
    PAY_NOTICE_BUDGET_PER_MIN: String(budgetPerMinute),
    // What comes from here is PortOne's own; strangers have an address of theirs.
    PAY_PORTONE_IPS: "127.0.0.1",
  };
  stack = await startStack({ environment });
  shop = new Shop(stack);
  await shop.local("POST", "/clock", { set: "2026-08-05T12:00:00+09:00" });
});
afterAll(() => stack?.close());

/** Approved by confirm and paid; PortOne's notice never comes by itself. */
async function payUntold(merchantUid: string) {
  await withoutNotices(shop, merchantUid);
  const requestPay = await shop.createOrder(merchantUid);
  return { merchantUid, requestPay, impUid: (await shop.pay(requestPay)).imp_uid };
}

/** So many at once as one machine's sockets bear; the others of a larger crowd follow. */
async function inCrowds<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce)
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(run))));
  return results;
}

const noticeOf = (body: object) =>
  gatewayEvent({
    routeKey: "POST /portone/notice",
    rawPath: "/portone/notice",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    sourceIp: "203.0.113.9",
  });

async function loginsDuring(work: () => Promise<unknown>): Promise<number> {
  await shop.control("DELETE", "/calls");
  await work();
  const { counts } = await shop.control<{ counts: Record<string, number> }>("GET", "/calls");
  return counts["POST /users/getToken"] ?? 0;
}

it(
  "S30 many cold starts at once log in once each, and nobody sees an error",
  async () => {
    const names = Array.from({ length: 5 }, (_, index) => `ord-s30-cold-${index}`);
    const paid = await Promise.all(names.map((merchantUid) => payUntold(merchantUid)));
    const logins = await loginsDuring(async () => {
      const replies = await Promise.all(
        paid.flatMap(({ merchantUid, requestPay, impUid }) => [
          shop.complete(merchantUid, impUid),
          notify(shop, requestPay, impUid),
          shop.merchant("POST", `/orders/${merchantUid}/sync`, {}),
        ]),
      );
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    });
    expect(logins).toBeLessThanOrEqual(3 * names.length);
    for (const merchantUid of names) expect((await shop.order(merchantUid)).state).toBe("paid");
  },
  limitMs,
);

it(
  "S03 many orders, ten copies of notice, callback and redirect and two sweeps: one move each",
  async () => {
    const names = Array.from({ length: burstOrders }, (_, index) => `ord-s03-${index}`);
    const paid = await inCrowds(names, 10, (merchantUid) => payUntold(merchantUid));
    await shop.advance(2 * minuteMs);
    const copies = inCrowds(paid, 20, ({ merchantUid, requestPay, impUid }) => {
      const back = `/payments/redirect?imp_uid=${impUid}&merchant_uid=${merchantUid}&imp_success=true`;
      const ofOne = Array.from({ length: 10 }, () => [
        notify(shop, requestPay, impUid).then(({ status }) => `notice ${status}`),
        shop.complete(merchantUid, impUid).then(({ status, json }) => `complete ${status} ${json["state"]}`),
        shop.anybody("GET", back).then(({ status }) => `redirect ${status}`),
      ]);
      return Promise.all(ofOne.flat());
    });
    const [answers] = await Promise.all([copies, shop.sweep(), shop.sweep()]);
    expect(new Set(answers.flat())).toEqual(new Set(["notice 200", "complete 200 paid", "redirect 303"]));

    for (const { merchantUid, impUid } of paid) {
      const order = await shop.order(merchantUid);
      expect(order).toMatchObject({ state: "paid", imp_uid: impUid, review_reason: null });
      expect(order.history.map(({ to }) => to)).toEqual(["created", "approved", "paid"]);
      expect(order.attempts).toHaveLength(1);
    }
  },
  limitMs,
);

it(
  "S29 a flood of invented notices asks no more than its budget, and every real one syncs",
  async () => {
    // A minute of its own: the budget is counted by the minute.
    await shop.local("POST", "/clock", { set: "2026-08-05T12:30:00+09:00" });
    const names = Array.from({ length: realOrders }, (_, index) => `ord-s29-${index}`);
    const real = await inCrowds(names, 10, (merchantUid) => payUntold(merchantUid));
    // Three questions an order would be more than the budget of all.
    const decoys = Array.from({ length: 15 }, (_, index) => `ord-s29-decoy-${index}`);
    await Promise.all(decoys.map((merchantUid) => shop.createOrder(merchantUid)));
    const targets = [...names, ...decoys];
    const calls = await countCalls(shop, async () => {
      const numbers = Array.from({ length: inventedNotices }, (_, index) => index);
      const flood = inCrowds(numbers, 210, (index) => {
        const merchantUid = index % 3 === 0 ? `ord-nobody-${index}` : targets[index % targets.length];
        const invented = { imp_uid: `imp_9${index}`, merchant_uid: merchantUid, status: "paid" };
        return new Doors(stack).invokeWithEvent("notice", noticeOf(invented));
      });
      const told = inCrowds(real, 10, ({ requestPay, impUid }) => notify(shop, requestPay, impUid));
      const replies = await Promise.all([flood, told]);
      expect(new Set(replies.flat().map(({ status, text }) => `${status} ${text}`))).toEqual(
        new Set(["200 {}"]),
      );
    });
    expect(questionsOf(calls, "notice")).toBeLessThanOrEqual(budgetPerMinute + real.length);
    for (const { merchantUid, impUid } of real)
      expect(await shop.order(merchantUid)).toMatchObject({
        state: "paid",
        imp_uid: impUid,
        review_reason: null,
        attempts: [{ state: "paid" }],
      });
  },
  limitMs,
);
