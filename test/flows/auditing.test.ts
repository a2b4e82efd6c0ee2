// The nightly comparison with PortOne's records, and what it finds and mends. Over sockets on the built
// functions.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_SANDBOX: "refuse" } });
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

interface Report extends Json {
  readonly differences: readonly Json[];
  readonly checked: { readonly payments: number; readonly orders: number };
}

async function audit(event: Json = {}): Promise<Report> {
  const reply = await shop.anybody("POST", "/2015-03-31/functions/audit/invocations", event);
  expect(reply.headers.get("x-amz-function-error"), reply.text).toBeNull();
  return reply.json as Report;
}

/** Paid, synced by its notice. */
async function pay(merchantUid: string): Promise<string> {
  const paid = await shop.pay(await shop.createOrder(merchantUid));
  await shop.notices(merchantUid, 1);
  return paid.imp_uid;
}

const now = async () => String((await shop.local<{ now: string }>("GET", "/clock")).now);
/** From an hour ago until now, whatever day that is in Korea. */
async function lastHour(): Promise<Json> {
  const to = await now();
  return { from: new Date(Date.parse(to) - 3_600_000).toISOString(), to };
}
const dayOf = (at: unknown) => new Date(Date.parse(String(at)) + 9 * 3_600_000).toISOString().slice(0, 10);

it("S41 finds what nobody told of while PortOne's notices were lost, and brings it level", async () => {
  await pay("ord-level");
  const cancelled = await pay("ord-cancelled");
  await shop.fault("notice_never", "notice", { count: 9 });
  const unseen = await shop.pay(await shop.createOrder("ord-unseen"));
  await shop.control("POST", `/payments/${cancelled}/cancel`, { amount: 20_000 });
  await shop.control("DELETE", "/faults");

  const window = await lastHour();
  const report = await audit(window);
  expect(report).toMatchObject({ complete: true, checked: { payments: 3, orders: 3 } });
  expect(report.differences).toHaveLength(2);
  expect(report.differences).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        kind: "state_differs",
        merchant_uid: "ord-unseen",
        imp_uid: unseen.imp_uid,
        synced: true,
      }),
      expect.objectContaining({
        kind: "cancel_unknown",
        merchant_uid: "ord-cancelled",
        ours: expect.objectContaining({ cancel_amount: 0 }),
        theirs: expect.objectContaining({ cancel_amount: 20_000 }),
        synced: true,
      }),
    ]),
  );
  expect(await shop.order("ord-unseen")).toMatchObject({ state: "paid", history: [{}, {}, { by: "audit" }] });
  expect(await shop.order("ord-cancelled")).toMatchObject({ state: "partially_refunded", remaining: 89_000 });
  expect((await audit(window)).differences).toEqual([]);
});

it("keeps its report for whoever has the admin scope", async () => {
  const window = await lastHour();
  const report = await audit(window);
  const kept = await shop.merchant("GET", `/audits/${dayOf(window["from"])}`);
  expect([kept.status, kept.json]).toEqual([200, report]);
  expect((await shop.merchant("GET", "/audits/2020-01-01")).json).toMatchObject({ code: "audit_not_found" });
  expect((await shop.merchant("GET", "/audits/yesterday")).json).toMatchObject({ code: "invalid_field" });
  expect((await shop.anybody("GET", "/audits/2020-01-01")).status).toBe(401);
});

it("without a window looks at the last KST day, and finds a partial cancel that kept the status", async () => {
  await shop.control("PUT", "/settings", { switches: { partial_cancel_status: "paid" } });
  const impUid = await pay("ord-older");
  await shop.fault("notice_never", "notice", { count: 9 });
  await shop.advance(3 * 24 * 3_600_000);
  await shop.control("POST", `/payments/${impUid}/cancel`, { amount: 9_000 });
  await shop.advance(2 * 24 * 3_600_000);
  const report = await audit();
  const found = report.differences.filter((difference) => difference["merchant_uid"] === "ord-older");
  expect(found).toMatchObject([{ kind: "cancel_unknown", synced: true }]);
  expect(await shop.order("ord-older")).toMatchObject({ state: "partially_refunded", remaining: 100_000 });
  await shop.control("PUT", "/settings", { switches: { partial_cancel_status: "cancelled" } });
  await shop.control("DELETE", "/faults");
});

it("goes on after a crash where it was", async () => {
  const window = await lastHour();
  await shop.local("POST", "/faults", {
    name: "crash_before",
    function: "audit",
    call: "PutItem",
    occurrence: 5,
  });
  const crashed = await shop.anybody("POST", "/2015-03-31/functions/audit/invocations", window);
  expect(crashed.headers.get("x-amz-function-error")).not.toBeNull();
  await shop.local("DELETE", "/faults");
  const half = (await shop.merchant("GET", `/audits/${dayOf(window["from"])}`)).json;
  expect(half).toMatchObject({ complete: false });
  await shop.local("DELETE", "/calls");
  expect(await audit(window)).toMatchObject({ complete: true });
  const { portone } = await shop.local<{ portone: { by_function: Json } }>("GET", "/calls");
  // The lists were read before the crash and are not read again.
  expect(Object.keys(portone.by_function["audit"] ?? {})).not.toContain(
    "GET /payments/status/{payment_status}",
  );
});

it("S12 leaves payments of the test channel and of other shops alone", async () => {
  await shop.control("PUT", "/settings", { sandbox: true });
  const { confirm_url: _, ...requestPay } = await shop.createOrder("ord-sandbox");
  await shop.pay(requestPay);
  await shop.control("PUT", "/settings", { sandbox: false });
  const report = await audit(await lastHour());
  expect(report.differences).toEqual([]);
  expect(await shop.order("ord-sandbox")).toMatchObject({ state: "created", attempts: [] });
});

it("names a payment for which there is no order", async () => {
  const requestPay = await shop.createOrder("ord-known");
  const { confirm_url: _, notice_url: __, ...unasked } = requestPay;
  await shop.pay({ ...unasked, merchant_uid: "ord-nobody-knows" });
  const report = await audit(await lastHour());
  expect(report.differences).toMatchObject([
    { kind: "payment_without_order", merchant_uid: "ord-nobody-knows", ours: {}, synced: false },
  ]);
});
