// The door PortOne asks before it takes the money, on the built function: who is let through, and the Korean
// reason that each refused buyer reads.
import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { base64, Doors, gatewayEvent, writeAs } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply, RequestPay } from "../support/shop.ts";

const firstKey = Buffer.from("first-key-of-32-bytes-0123456789", "utf8");
const secondKey = Buffer.from("second-key-of-32-bytes-012345678", "utf8");

let stack: LocalStack;
let doors: Doors;
let openStack: LocalStack;
let openDoors: Doors;

beforeAll(async () => {
  const urlKeys = [firstKey, secondKey].map((key) => key.toString("base64")).join(",");
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_URL_KEYS: urlKeys } });
  doors = new Doors(stack);
  openStack = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONFIRM_TOKEN: "optional" } });
  openDoors = new Doors(openStack);
});
afterEach(() => doors.mend());
afterAll(async () => {
  await stack?.close();
  await openStack?.close();
});

/** The first 16 bytes of HMAC-SHA256 over the order's number, as the addresses carry it. */
const tokenOf = (key: Buffer, merchantUid: string) =>
  createHmac("sha256", key).update(merchantUid).digest().subarray(0, 16).toString("base64url");
const pathOf = (merchantUid: string, key = firstKey) => `/portone/confirm/${tokenOf(key, merchantUid)}`;

let attempts = 0;
function nextImpUid(): string {
  attempts += 1;
  return `imp_${String(attempts).padStart(12, "0")}`;
}

const question = (merchantUid: string, more: Json = {}): Json => ({
  imp_uid: nextImpUid(),
  merchant_uid: merchantUid,
  amount: 109_000,
  ...more,
});
const ask = (merchantUid: string, more: Json = {}): Promise<Reply> =>
  doors.knock("POST", pathOf(merchantUid), { body: question(merchantUid, more) });
const answerOf = ({ status, json }: Reply) => [status, json["reason"] ?? null];

async function openWindow(requestPay: RequestPay): Promise<string> {
  const opened = await doors.shop.control<{ imp_uid: string }>("POST", "/window", {
    request_pay: requestPay,
  });
  return opened.imp_uid;
}

describe("yes", () => {
  it.each<[string, Json]>([
    ["the amount as a number", { amount: 109_000 }],
    ["the amount as digits", { amount: "109000" }],
    ["fields nobody told us of", { pg: "ksnet", card: { code: "361" }, custom_data: "메모 🎀" }],
  ])("to %s, and the order is held", async (title, more) => {
    const uid = `ord-yes-${title.replaceAll(" ", "-")}`;
    await doors.shop.createOrder(uid);
    const asked = question(uid, more);
    const reply = await doors.knock("POST", pathOf(uid), { body: asked });
    expect(answerOf(reply)).toEqual([200, null]);
    expect(await doors.shop.order(uid)).toMatchObject({
      state: "approved",
      hold_until: expect.any(String),
      attempts: [{ imp_uid: asked["imp_uid"], state: "approved", amount: 109_000 }],
      version: 2,
    });
  });

  it.each([
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
  ])("to %s", async (type) => {
    const uid = `ord-type-${type.length}`;
    await doors.shop.createOrder(uid);
    const reply = await doors.knock("POST", pathOf(uid), { type, body: writeAs(type, question(uid)) });
    expect(answerOf(reply)).toEqual([200, null]);
  });

  it.each(["application/json", "application/x-www-form-urlencoded"])("to %s in base64", async (type) => {
    const uid = `ord-base64-${type.length}`;
    await doors.shop.createOrder(uid);
    const reply = await doors.invokeWithEvent(
      "confirm",
      gatewayEvent({
        routeKey: "POST /portone/confirm/{token}",
        rawPath: pathOf(uid),
        pathParameters: { token: tokenOf(firstKey, uid) },
        headers: { "content-type": type },
        body: base64(writeAs(type, question(uid))),
        isBase64Encoded: true,
      }),
    );
    expect(answerOf(reply)).toEqual([200, null]);
    expect((await doors.shop.order(uid)).state).toBe("approved");
  });

  it("to cents of an order in dollars", async () => {
    const uid = "ord-dollars";
    await doors.shop.createOrder(uid, { amount: 10.55, tax_free: 0, currency: "USD" });
    expect(answerOf(await ask(uid, { amount: 10.5 }))).toEqual([409, "결제 금액이 주문과 다릅니다"]);
    expect(answerOf(await ask(uid, { amount: 10.555 }))).toEqual([400, "요청 형식이 올바르지 않습니다"]);
    expect(answerOf(await ask(uid, { amount: "10.55" }))).toEqual([200, null]);
  });

  it("again to the same attempt, which holds the order once", async () => {
    await doors.shop.createOrder("ord-repeat");
    const asked = question("ord-repeat");
    const replies = [];
    for (let times = 0; times < 3; times += 1)
      replies.push(await doors.knock("POST", pathOf("ord-repeat"), { body: asked }));
    expect(replies.map(answerOf)).toEqual([1, 2, 3].map(() => [200, null]));
    expect(await doors.shop.order("ord-repeat")).toMatchObject({ version: 2, attempts: [{}] });
  });
});

/** Makes the order what the row is about, and asks. */
const refusals: readonly [string, number, string, (uid: string) => Promise<Reply>][] = [
  ["order_not_found", 409, "주문을 찾을 수 없습니다", (uid) => ask(uid)],
  [
    "amount_mismatch",
    409,
    "결제 금액이 주문과 다릅니다",
    async (uid) => {
      await doors.shop.createOrder(uid);
      return ask(uid, { amount: 108_999 });
    },
  ],
  [
    "order_already_paid",
    409,
    "이미 결제된 주문입니다",
    async (uid) => {
      await doors.shop.pay(await doors.shop.createOrder(uid));
      await doors.shop.notices(uid, 1);
      return ask(uid);
    },
  ],
  [
    "order_not_payable",
    409,
    "결제할 수 없는 주문입니다",
    async (uid) => {
      await doors.shop.createOrder(uid);
      await doors.merchant("POST", `/orders/${uid}/void`, { body: {} });
      return ask(uid);
    },
  ],
  [
    "attempt_in_progress",
    409,
    "다른 결제가 진행 중입니다",
    async (uid) => {
      const impUid = await openWindow(await doors.shop.createOrder(uid));
      expect((await ask(uid, { imp_uid: impUid })).status).toBe(200);
      return ask(uid);
    },
  ],
  [
    "not_decided",
    503,
    "잠시 후 다시 시도해 주세요",
    async (uid) => {
      await doors.shop.createOrder(uid);
      await doors.breakTable("confirm");
      return ask(uid);
    },
  ],
  [
    "malformed",
    400,
    "요청 형식이 올바르지 않습니다",
    (uid) => doors.knock("POST", pathOf(uid), { body: "결제해도 될까요?" }),
  ],
  // The last one, because it moves the clock.
  [
    "order_expired",
    409,
    "주문 시간이 지났습니다",
    async (uid) => {
      await doors.shop.createOrder(uid);
      await doors.shop.advance(30 * 60_000);
      return ask(uid);
    },
  ],
];

describe("no", () => {
  it.each(refusals)("%s: %i %s", async (code, status, reason, request) => {
    const uid = `ord-${code.replaceAll("_", "-")}`;
    const reply = await request(uid);
    expect(answerOf(reply)).toEqual([status, reason]);
    const line = stack.logLines().findLast((text) => text.includes('"function":"confirm"'));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ event: "answered", status, code, outcome: "refused" });
  });

  it("to an attempt that has ended", async () => {
    const requestPay = await doors.shop.createOrder("ord-ended");
    const { payment } = await doors.shop.decline(requestPay);
    await doors.shop.sync("ord-ended");
    expect(answerOf(await ask("ord-ended", { imp_uid: payment.imp_uid }))).toEqual([
      409,
      "결제할 수 없는 주문입니다",
    ]);
  });

  it("to another amount of an attempt that was let through", async () => {
    await doors.shop.createOrder("ord-then-other");
    const asked = question("ord-then-other");
    await doors.knock("POST", pathOf("ord-then-other"), { body: asked });
    const other = { ...asked, amount: 100 };
    expect(answerOf(await doors.knock("POST", pathOf("ord-then-other"), { body: other }))).toEqual([
      409,
      "결제 금액이 주문과 다릅니다",
    ]);
  });
});

describe("the address", () => {
  const unknown = [409, "주문을 찾을 수 없습니다"];

  it("is signed with the first key, and the second's is still good", async () => {
    const requestPay = await doors.shop.createOrder("ord-keys");
    expect(new URL(String(requestPay["confirm_url"])).pathname).toBe(pathOf("ord-keys"));
    const reply = await doors.knock("POST", pathOf("ord-keys", secondKey), { body: question("ord-keys") });
    expect(answerOf(reply)).toEqual([200, null]);
  });

  it.each<[string, (uid: string) => string]>([
    ["no token", () => "/portone/confirm"],
    ["an invented token", () => "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA"],
    ["a token of another order", () => pathOf("ord-token-other")],
    ["half a token", (uid) => pathOf(uid).slice(0, -1)],
    ["more than a token", (uid) => `${pathOf(uid)}A`],
    ["a token in capitals", (uid) => `/portone/confirm/${tokenOf(firstKey, uid).toUpperCase()}`],
    ["a key we do not have", (uid) => pathOf(uid, Buffer.from("third-key-of-32-bytes-0123456789"))],
    ["the number itself", (uid) => `/portone/confirm/${uid}`],
  ])("with %s leads to no order, and holds nothing", async (title, path) => {
    const uid = `ord-${title.replaceAll(" ", "-")}`;
    await doors.shop.createOrder(uid);
    const reply = await doors.knock("POST", path(uid), { body: question(uid) });
    expect(answerOf(reply)).toEqual(unknown);
    expect(await doors.shop.order(uid)).toMatchObject({ state: "created", version: 1 });
  });

  it("tells nothing: right or wrong, a token is not asked for where the order is unknown", async () => {
    const replies = await Promise.all([
      ask("ord-none"),
      doors.knock("POST", "/portone/confirm", { body: question("ord-none") }),
      doors.knock("POST", pathOf("ord-none", secondKey), { body: question("ord-none") }),
    ]);
    expect(replies.map(answerOf)).toEqual([unknown, unknown, unknown]);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });

  it("may be without a token where the shop says so, but not with a wrong one", async () => {
    await openDoors.shop.createOrder("ord-open");
    const body = question("ord-open");
    const wrong = await openDoors.knock("POST", "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA", { body });
    expect(answerOf(wrong)).toEqual(unknown);
    expect(answerOf(await openDoors.knock("POST", "/portone/confirm", { body }))).toEqual([200, null]);
    const other = { ...body, amount: 1 };
    expect((await openDoors.knock("POST", "/portone/confirm", { body: other })).status).toBe(409);
  });
});
