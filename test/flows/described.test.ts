// Every example of docs/openapi.json is sent, exactly as it stands there, and gets the first of its door's answers: one story
// of a shop, its numbers and its day fixed, over sockets on the built functions.
import { afterAll, beforeAll, expect, it } from "vitest";
import { payloadOf } from "../../infra/build/openapi/direct-invocation.ts";
import type { Door } from "../../infra/build/openapi/door.ts";
import { directDoors, merchantDoors, openDoors } from "../../infra/build/openapi/doors.ts";
import { testCards, testIdentifiers } from "../../infra/build/test-cards-page.ts";
import { directlyAnswered } from "../support/direct-schemas.ts";
import { addressOf } from "../support/door-examples.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Paid, Reply, RequestPay, Shop } from "../support/shop.ts";
import { approve, card, debt, deposit, issueAccount, noon, open, withoutConfirm } from "../support/steps.ts";

/** So that an order's token is the one in the examples. */
const urlKey = Buffer.from("0123456789abcdef0123456789abcdef").toString("base64");
const contracts = "key_in,billing,vbank,vbank_refund,escrow,instalments,easy_pay,phone";
const customer = "cust-4821";

const all: readonly Door[] = [...merchantDoors, ...openDoors];
let stack: LocalStack;
let doors: Doors;
let shop: Shop;
const setClock = (iso: string) => shop.local("POST", "/clock", { set: iso });

beforeAll(async () => {
  const environment = { PAY_URL_KEYS: urlKey, PAY_CONTRACTS: contracts, PAY_CONFIRM_TOKEN: "optional" };
  stack = await startStack({ environment });
  doors = new Doors(stack);
  shop = doors.shop;
  await shop.control("PUT", "/settings", { contracts: contracts.split(",") });
  await setClock(noon);
});
afterAll(() => stack?.close());

const sent = new Set<string>();

async function send(route: string): Promise<Json> {
  const door = all.find((known) => known.route === route);
  if (!door) throw new Error(`nothing describes ${route}`);
  const { headers = {}, body } = door.example;
  const { method, address } = addressOf(door);
  const parts = { headers, ...(body && { body }) };
  const reply: Reply = merchantDoors.some((known) => known.route === route)
    ? await doors.merchant(method, address, parts)
    : await doors.knock(method, address, parts);
  expect(reply.status, `${route}: ${reply.text}`).toBe(door.answers[0]?.status);
  sent.add(route);
  await sendDirectly(route);
  return reply.json;
}

/** The same once more, as the page of direct invocation has it: read as it is, whatever it meets by now. */
async function sendDirectly(route: string): Promise<void> {
  const door = directDoors.find((known) => known.route === route);
  if (!door) return;
  const { status, json } = await doors.direct(door.functionName, payloadOf(door));
  expect(String(json["code"]), `${door.action}: ${JSON.stringify(json)}`).not.toMatch(
    /invalid_field|idempotency_key_required/,
  );
  expect(directlyAnswered(door.action, { status, body: json })).toEqual([]);
  const first = door.answers[0]?.status;
  expect([first, 200, 404, 409]).toContain(status);
}

const order = (merchantUid: string, more: Json = {}): Promise<RequestPay> =>
  shop.createOrder(merchantUid, more);

async function payFor(requestPay: RequestPay, notices = 1): Promise<Paid> {
  const paid = await shop.pay(requestPay);
  await shop.notices(requestPay.merchant_uid, notices);
  return paid;
}

it("an order is created, paid in the window, and read", async () => {
  const { request_pay } = await send("POST /orders");
  const window = await open(shop, request_pay as Json);
  await send("POST /portone/confirm/{token}");
  await send("POST /portone/confirm");
  await approve(shop, window);
  await send("POST /portone/notice/{token}");
  await send("POST /portone/notice");
  expect(await send("POST /payments/complete")).toMatchObject({ state: "paid" });
  await send("GET /payments/redirect");
  expect(await send("GET /orders/{merchant_uid}")).toMatchObject({ state: "paid" });
  expect((await send("GET /orders"))["orders"]).toHaveLength(1);
  await send("POST /orders/{merchant_uid}/sync");
});

it("it is refunded, and another waits for the morning and is taken back", async () => {
  await send("POST /orders/{merchant_uid}/refunds");
  await send("GET /orders/{merchant_uid}/refunds/{refund_id}");
  expect((await send("GET /orders/{merchant_uid}/refunds"))["refunds"]).toHaveLength(1);
  const { imp_uid } = await issueAccount(shop, "ord-20260805-000145");
  await deposit(shop, imp_uid);
  await shop.notices("ord-20260805-000145", 2);
  await setClock("2026-08-05T23:30:00+09:00");
  const account = { refund_holder: "김환불", refund_bank: "004", refund_account: "562-1110-594-8400" };
  const waiting = await shop.refund("ord-20260805-000145", "refund-000145-1", account);
  expect(waiting.status, waiting.text).toBe(202);
  await send("DELETE /orders/{merchant_uid}/refunds/{refund_id}");
  await setClock(noon);
});

it("an order is voided, and an operator decides about another", async () => {
  await order("ord-20260805-000143");
  await send("POST /orders/{merchant_uid}/void");
  const { mid } = await shop.control<{ mid: string }>("GET", "/settings");
  await shop.control("PUT", "/settings", { mid: "2999000001" });
  const requestPay = await order("ord-20260805-000144");
  await shop.pay(withoutConfirm(requestPay));
  await shop.notices("ord-20260805-000144", 1);
  await shop.control("PUT", "/settings", { mid });
  const waiting = await send("GET /queue");
  expect(waiting).toMatchObject({ reviews: { count: 1, more: false } });
  await send("POST /orders/{merchant_uid}/resolve");
  expect(await send("GET /give-back-brake")).toEqual(waiting["brake"]);
  await send("POST /give-back-brake");
});

it("cash receipts are issued, read and cancelled", async () => {
  await payFor(await order("ord-20260805-000147", { pay_method: "trans" }));
  for (const path of ["/orders/{merchant_uid}/receipt", "/receipts/external/{merchant_uid}"])
    for (const method of ["POST", "GET", "DELETE"]) await send(`${method} ${path}`);
});

it("cards and billing keys are charged", async () => {
  await send("POST /payments/onetime");
  await send("POST /customers/{customer_uid}/billing-key");
  await send("GET /customers/{customer_uid}/billing-key");
  await send("POST /customers/{customer_uid}/payments");
});

it("charges are reserved, moved, retried and revoked", async () => {
  await send("POST /customers/{customer_uid}/schedules");
  await send("GET /customers/{customer_uid}/schedules");
  await send("PUT /customers/{customer_uid}/schedules/{merchant_uid}");
  const key = (number: string) => shop.merchant("POST", `/customers/${customer}/billing-key`, card(number));
  const declining = await key("4518-4200-0005-0002");
  expect(declining.status, declining.text).toBe(201);
  const schedule_at = "2026-08-05T12:10:00+09:00";
  const entry = {
    merchant_uid: "sub-4821-202608",
    schedule_at,
    amount: 8_900,
    name: "정기구독 8월분",
    buyer_name: "홍길동",
    product_type: "digital",
  };
  const reserved = await shop.merchant("POST", `/customers/${customer}/schedules`, { schedules: [entry] });
  expect(reserved.status, reserved.text).toBe(201);
  await setClock("2026-08-05T12:13:00+09:00");
  await shop.sweep();
  await key("4518-4200-0000-0015");
  await send("POST /customers/{customer_uid}/schedules/{merchant_uid}/retry");
  await send("DELETE /customers/{customer_uid}/schedules");
  await send("DELETE /customers/{customer_uid}/billing-key");
});

it("a virtual account is opened and closed", async () => {
  await order("ord-20260805-000146");
  await send("POST /orders/{merchant_uid}/virtual-account");
  await send("DELETE /orders/{merchant_uid}/virtual-account");
});

it("an escrow order's parcel is registered, changed and read", async () => {
  await payFor(await order("ord-20260805-000148", { pay_method: "trans", escrow: true }));
  await send("POST /orders/{merchant_uid}/delivery");
  await setClock("2026-08-05T13:30:00+09:00");
  await send("PUT /orders/{merchant_uid}/delivery");
  await setClock("2026-08-05T15:00:00+09:00");
  await send("GET /orders/{merchant_uid}/delivery");
});

it.each(testCards)("the card $number $en", async ({ number, status, code }) => {
  const merchant_uid = `card-${number.slice(-9)}`;
  const body = { ...debt(merchant_uid), ...card(number) };
  const reply = await doors.merchant("POST", "/payments/onetime", { body });
  expect([reply.status, reply.json["code"] ?? null], reply.text).toEqual([status, code]);
});

it.each(testIdentifiers)("the number $identifier $en", async ({ identifier, type, status }) => {
  const path = `/receipts/external/sale-${identifier.slice(-5)}`;
  const sale = { name: "매장 판매", amount: 33_000, buyer_name: "홍길동", product_type: "real" };
  const body = { ...sale, identifier, identifier_type: type };
  expect((await doors.merchant("POST", path, { body })).status).toBe(status);
});

it("the day is audited", async () => {
  await setClock("2026-08-06T03:30:00+09:00");
  await shop.anybody("POST", "/2015-03-31/functions/audit/invocations", {});
  expect(await send("GET /audits/{day}")).toMatchObject({ complete: true });
});

it("by direct invocation, the actions are those described, and the first is meant where none is named", async () => {
  const functions = new Set(directDoors.map(({ functionName }) => functionName));
  for (const functionName of functions) {
    const own = directDoors.filter((door) => door.functionName === functionName);
    const actions = own.map(({ action }) => action);
    const unknown = await doors.direct(functionName, { action: "unknown" });
    const listed = String(unknown.json["detail"]).split(" 중 하나여야 합니다.")[0]?.split(", ");
    expect(listed?.toSorted()).toEqual(actions.toSorted());
    expect(listed?.[0]).toBe(actions[0]);
  }
});

it("no example is left", () => {
  expect(all.map(({ route }) => route).filter((route) => !sent.has(route))).toEqual([]);
});
