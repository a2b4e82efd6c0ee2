// Notices to the shop: of what, where to, in which form, and how often.
import { expect, it } from "vitest";
import { type ShopStub, shopStub } from "./testing/shop-stub.ts";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

const bodies = (shop: ShopStub): Json[] => shop.requests.map((request) => JSON.parse(request.body) as Json);
const minuteMs = 60_000;

it("tells of an approval as JSON with three fields, to the console's address", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  await simulator.control("PUT", "/settings", { webhook_url: `${shop.url}/console` });
  const impUid = await simulator.pay();
  const [request] = await shop.received(1);
  expect(request).toMatchObject({ path: "/console", contentType: "application/json" });
  expect(bodies(shop)).toEqual([{ imp_uid: impUid, merchant_uid: "ord-20260805-000142", status: "paid" }]);
});

it("is a form when the console says so, and the payment's own address replaces the console's", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  await simulator.control("PUT", "/settings", {
    webhook_url: `${shop.url}/console`,
    webhook_content_type: "application/x-www-form-urlencoded",
  });
  const impUid = await simulator.pay({ notice_url: `${shop.url}/own` });
  const requests = await shop.received(1);
  expect(requests).toEqual([
    {
      path: "/own",
      contentType: "application/x-www-form-urlencoded",
      body: `imp_uid=${impUid}&merchant_uid=ord-20260805-000142&status=paid`,
    },
  ]);
});

it("is not sent when the payment failed, was closed or was left", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  for (const end of ["decline", "close", "abandon"]) {
    const { window } = await simulator.control("POST", "/window", {
      request_pay: requestPay({ notice_url: shop.url }),
    });
    await simulator.control("POST", `/window/${window}/${end}`);
  }
  await simulator.control("POST", "/clock", { advance_ms: 1 });
  expect(shop.requests).toEqual([]);
});

it("tells of the account, the deposit and a console cancel, each with its status", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  const impUid = await simulator.pay({ pay_method: "vbank", vbank_due: "2026-08-08", notice_url: shop.url });
  await shop.received(1);
  await simulator.control("POST", `/payments/${impUid}/deposit`);
  await shop.received(2);
  const { payment } = await simulator.control("POST", `/payments/${impUid}/cancel`, { amount: 20000 });
  await shop.received(3);
  const [entry] = (payment as Json)["cancel_history"] as Json[];
  expect(entry).toMatchObject({ amount: 20000, reason: "관리자페이지취소" });
  expect(bodies(shop).map(({ status, cancellation_id }) => [status, cancellation_id])).toEqual([
    ["ready", undefined],
    ["paid", undefined],
    ["cancelled", entry?.["cancellation_id"]],
  ]);
});

it("does not hold the browser back, unless notices go first", async () => {
  const simulator = await simulatorForTest();
  let answer: (() => void) | undefined;
  const shop = await shopStub(
    () =>
      new Promise((resolve) => {
        answer = () => resolve({ status: 200 });
      }),
  );
  expect(await simulator.pay({ notice_url: shop.url })).toMatch(/^imp_/);
  await shop.received(1);
  expect(await simulator.deliveries()).toEqual([]);
  answer?.();
  await simulator.control("PUT", "/settings", { webhook_first: true });
  const paying = simulator.pay({ merchant_uid: "ord-2", notice_url: shop.url });
  await shop.received(2);
  const pending = await Promise.race([paying, simulator.control("GET", "/clock")]);
  expect(pending).toHaveProperty("now");
  answer?.();
  expect(await paying).toMatch(/^imp_/);
  expect((await simulator.deliveries()).length).toBe(2);
});

it.each([
  ["a 500", 500, 6],
  ["a 409", 409, 1],
  ["a redirect", 302, 1],
])("with repeats on, %s is tried as often as documented", async (_title, status, attempts) => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(() => ({ status, location: "/elsewhere" }));
  await simulator.control("PUT", "/settings", { webhook_resend: true });
  await simulator.pay({ notice_url: shop.url });
  await shop.received(1);
  await simulator.control("POST", "/clock", { advance_ms: 10 * minuteMs });
  const deliveries = await simulator.deliveries();
  expect(deliveries.map((delivery) => [delivery["attempt"], delivery["status"]])).toEqual(
    Array.from({ length: attempts }, (_one, index) => [index + 1, status]),
  );
  const times = deliveries.map((delivery) => Date.parse(String(delivery["at"])));
  for (const [index, atMs] of times.entries())
    if (index > 0) expect(atMs - Number(times[index - 1])).toBeGreaterThanOrEqual(minuteMs);
  expect(shop.requests.every((request) => request.path === "/")).toBe(true);
});

it("with repeats on, nobody listening is an error and is tried again until somebody answers", async () => {
  const simulator = await simulatorForTest();
  let isDown = true;
  const shop = await shopStub(() => (isDown ? { status: 503 } : { status: 200 }));
  await simulator.control("PUT", "/settings", { webhook_resend: true });
  await simulator.pay({ notice_url: shop.url });
  await shop.received(1);
  await simulator.control("POST", "/clock", { advance_ms: minuteMs });
  isDown = false;
  await simulator.control("POST", "/clock", { advance_ms: 10 * minuteMs });
  expect((await simulator.deliveries()).map((delivery) => delivery["status"])).toEqual([503, 503, 200]);
});

it("without repeats is one attempt, whatever comes back", async () => {
  const simulator = await simulatorForTest();
  await simulator.pay({ notice_url: "http://127.0.0.1:1/" });
  await simulator.control("POST", "/clock", { advance_ms: 10 * minuteMs });
  const deliveries = await simulator.deliveries();
  expect(deliveries).toMatchObject([{ kind: "notice", attempt: 1, status: null }]);
  expect(deliveries[0]?.["error"]).toMatch(/ECONNREFUSED/);
});

it("is sent again by hand to the address it had", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  await simulator.control("PUT", "/settings", { webhook_url: `${shop.url}/old` });
  const impUid = await simulator.pay();
  await shop.received(1);
  await simulator.control("PUT", "/settings", { webhook_url: `${shop.url}/new` });
  const result = await simulator.control("POST", `/payments/${impUid}/resend`);
  expect(result).toMatchObject({
    payment: { imp_uid: impUid },
    delivery: { status: 200, url: `${shop.url}/old` },
  });
});

it("tests the saved address with the console's fixed ids", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  expect((await simulator.tryControl("POST", "/call-test", {})).status).toBe(409);
  await simulator.control("PUT", "/settings", { webhook_url: shop.url });
  const delivery = await simulator.control("POST", "/call-test", {});
  expect(delivery).toMatchObject({ kind: "notice", status: 200, attempt: 1 });
  expect(delivery["body"]).toEqual({
    imp_uid: "imp_1234567890",
    merchant_uid: "merchant_1234567890",
    status: "ready",
  });
});

it("tells of a failed payment that is approved late", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  const request_pay = requestPay({ notice_url: shop.url });
  const { window, imp_uid } = await simulator.control("POST", "/window", { request_pay });
  await simulator.control("POST", `/window/${window}/decline`);
  const late = await simulator.control("POST", `/payments/${imp_uid}/approve-late`);
  expect(late["payment"]).toMatchObject({ status: "paid", failed_at: 0, fail_reason: null });
  await shop.received(1);
  expect(bodies(shop)).toMatchObject([{ imp_uid, status: "paid" }]);
  expect((await simulator.tryControl("POST", `/payments/${imp_uid}/approve-late`)).status).toBe(409);
});

it("to an address that is none is an error, and the payment stands", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay({ notice_url: "shop.example/notice" });
  await simulator.control("POST", "/clock", { advance_ms: 1 });
  expect(await simulator.deliveries()).toMatchObject([{ status: null, error: "invalid address" }]);
  expect(await simulator.record(impUid)).toMatchObject({ status: "paid" });
});

it("an attempt whose window stays open can be approved late, after which the window takes no click", async () => {
  const simulator = await simulatorForTest();
  const { window, imp_uid } = await simulator.control("POST", "/window", { request_pay: requestPay() });
  await simulator.control("POST", `/payments/${imp_uid}/approve-late`);
  expect((await simulator.tryControl("POST", `/window/${window}/approve`)).status).toBe(409);
});
