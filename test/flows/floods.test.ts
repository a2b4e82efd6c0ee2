// S29: three hundred knocks at each public door, one after another and 64 at a time, on one order and on twenty: what they
// cost at PortOne is bounded, and whoever really pays has paid. Over sockets on the built functions, counted at the
// host's proxy. Each flood has a minute of its own.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Doors, type EventParts, gatewayEvent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type RequestPay, Shop } from "../support/shop.ts";
import { approve, countCalls, minuteMs, type OpenWindow, open, questionsOf } from "../support/steps.ts";

const knocks = 300;
const mostAboutOne = 30;
const mostInAll = 120;
let stack: LocalStack;
let shop: Shop;
let doors: Doors;

beforeAll(async () => {
  // The simulator calls from here; strangers have an address of their own.
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_PORTONE_IPS: "127.0.0.1" } });
  shop = new Shop(stack);
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

interface Target {
  readonly merchantUid: string;
  readonly requestPay: RequestPay;
  readonly token: string;
  /** A window the buyer has left open, which confirm approved. */
  readonly window: OpenWindow;
}

let invented = 0;
function inventedImpUid(): string {
  invented += 1;
  return `imp_9${String(invented).padStart(11, "0")}`;
}

type Knock = (target: Target) => Promise<unknown>;

const post = (functionName: string, route: string, token: string, body: object): Promise<unknown> =>
  knock(functionName, {
    routeKey: `POST ${route}`,
    rawPath: route.replace("{token}", token),
    pathParameters: { token },
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
const knock = (functionName: string, event: Omit<EventParts, "sourceIp">): Promise<unknown> =>
  // What a stranger is answered is no matter here, nor whether the function came up in time on a busy machine.
  doors.invoke(functionName, gatewayEvent({ ...event, sourceIp: "203.0.113.9" }));

const notice = (merchant_uid: string, imp_uid: string, token: string): Promise<unknown> =>
  post("notice", "/portone/notice/{token}", token, { merchant_uid, imp_uid, status: "paid" });
const complete = (merchant_uid: string, imp_uid: string): Promise<unknown> =>
  post("complete", "/payments/complete", "", { merchant_uid, imp_uid });
const redirect = (merchant_uid: string, imp_uid: string): Promise<unknown> =>
  knock("complete", {
    routeKey: "GET /payments/redirect",
    rawPath: "/payments/redirect",
    queryStringParameters: { merchant_uid, imp_uid },
    headers: {},
  });
const confirm = (merchant_uid: string, imp_uid: string, token: string): Promise<unknown> =>
  post("confirm", "/portone/confirm/{token}", token, { merchant_uid, imp_uid, amount: 109_000 });

/** One at each door; each kind there is, in process, in test/usecases/payments/floods.test.ts. */
const kinds: readonly (readonly [string, "open" | "free", Knock])[] = [
  [
    "notices of invented payments with the token",
    "free",
    ({ merchantUid, token }) => notice(merchantUid, inventedImpUid(), token),
  ],
  [
    "returns from an attempt we hold",
    "open",
    ({ merchantUid, window }) => complete(merchantUid, window.imp_uid),
  ],
  ["redirects of invented payments", "free", ({ merchantUid }) => redirect(merchantUid, inventedImpUid())],
  [
    "confirms of invented payments with the token",
    "free",
    ({ merchantUid, token }) => confirm(merchantUid, inventedImpUid(), token),
  ],
];

let floods = 0;
/** A minute of its own. */
function startMinute(): Promise<unknown> {
  floods += 1;
  const atMs = Date.parse("2026-08-05T09:00:00+09:00") + floods * 2 * minuteMs;
  return shop.local("POST", "/clock", { set: new Date(atMs).toISOString() });
}

/** Orders of which the buyer has a window open; held by it where the kind wants that. */
async function targets(count: number, are: "open" | "free"): Promise<readonly Target[]> {
  await startMinute();
  const made: Target[] = [];
  for (let number = 0; number < count; number += 1) {
    const merchantUid = `ord-flood-${floods}-${number}`;
    const requestPay = await shop.createOrder(merchantUid);
    const path = new URL(String(requestPay["confirm_url"])).pathname;
    const window = await open(shop, requestPay);
    const asked = { imp_uid: window.imp_uid, merchant_uid: merchantUid, amount: 109_000 };
    if (are === "open") expect((await shop.anybody("POST", path, asked)).status).toBe(200);
    made.push({ merchantUid, requestPay, token: path.split("/").at(-1) ?? "", window });
  }
  return made;
}

async function flood(at: readonly Target[], knockOnce: Knock, atOnce: number): Promise<void> {
  let left = knocks;
  const stranger = async () => {
    for (left -= 1; left >= 0; left -= 1) {
      const target = at[left % at.length];
      if (target) await knockOnce(target);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, stranger));
}

/** The buyer pays in the window he has open, and is told so. */
async function pays({ merchantUid, window }: Target): Promise<void> {
  const { payment } = await approve(shop, window);
  expect([payment.status, payment.fail_reason]).toEqual(["paid", null]);
  await shop.notices(merchantUid, 1);
  expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", review_reason: null });
}

describe.each(kinds)("S29 three hundred %s", (_, are, knockOnce) => {
  it("S29 ask PortOne a bounded number of questions, and keep nobody from paying", async () => {
    const twenty = await targets(20, are);
    const [one, other] = twenty;
    if (!one || !other) throw new Error("no orders");
    const floodsOf = [
      { at: [one], atOnce: 1, most: mostAboutOne },
      { at: [other], atOnce: 64, most: mostAboutOne },
      { at: twenty, atOnce: 1, most: mostInAll },
      { at: twenty, atOnce: 64, most: mostInAll },
    ];
    for (const { at, atOnce, most } of floodsOf) {
      await startMinute();
      const calls = await countCalls(shop, () => flood(at, knockOnce, atOnce));
      const asked = ["notice", "complete", "confirm"].map((name) => questionsOf(calls, name));
      expect(asked.reduce((total, questions) => total + questions, 0)).toBeLessThanOrEqual(most);
    }
    const untouched = await shop.createOrder(`ord-flood-${floods}-other`);
    expect((await shop.pay(untouched)).payment.status).toBe("paid");
    // What a stranger made up is found out a minute later.
    await shop.advance(minuteMs);
    await pays(one);
    await pays(other);
  }, 120_000);
});
