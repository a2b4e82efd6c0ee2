// The question to the shop before approval: when it is asked, and which answers stop a payment.
import { expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { requestPay, simulatorForTest } from "./testing/simulator-client.ts";

const payWith = (confirmUrl: string) => ({ request_pay: requestPay({ confirm_url: confirmUrl }) });

it("is asked right before approval, as JSON, while the record is still ready", async () => {
  const simulator = await simulatorForTest();
  const seen: unknown[] = [];
  const shop = await shopStub(async (request) => {
    const { imp_uid } = JSON.parse(request.body) as { imp_uid: string };
    seen.push((await simulator.api("GET", `/payments/${imp_uid}`)).response["status"]);
    return { status: 200 };
  });
  const result = await simulator.control("POST", "/pay", payWith(`${shop.url}/confirm/t`));
  expect(result).toMatchObject({ payment: { status: "paid" }, confirm: { status: 200, reason: null } });
  expect(shop.requests).toMatchObject([{ path: "/confirm/t", contentType: "application/json" }]);
  expect(JSON.parse(shop.requests[0]?.body ?? "")).toEqual({
    imp_uid: result["imp_uid"],
    merchant_uid: "ord-20260805-000142",
    amount: 109000,
  });
  expect(seen).toEqual(["ready"]);
  expect(await simulator.deliveries()).toMatchObject([
    { kind: "confirm", status: 200, error: null, attempt: 1 },
  ]);
});

it("records the shop's reason in the documented sentence and shows it to the buyer", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(() => ({ status: 409, body: '{"reason":"재고 부족"}' }));
  const result = await simulator.control("POST", "/pay", payWith(shop.url));
  const sentence = "고객사 요청에 의해 결제를 중단합니다. (상세사유 : 재고 부족)";
  expect(result).toMatchObject({
    payment: { status: "failed", fail_reason: sentence, paid_at: 0 },
    callback: { error_msg: sentence },
    confirm: { status: 409, reason: "재고 부족" },
  });
});

it.each([201, 204, 302, 404, 500])("stops the payment with status %i", async (status) => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(({ path }) => ({
    status: path === "/elsewhere" ? 200 : status,
    body: "",
    location: "/elsewhere",
  }));
  const result = await simulator.control("POST", "/pay", payWith(shop.url));
  expect(result).toMatchObject({
    payment: {
      status: "failed",
      fail_reason: "고객사 요청에 의해 결제를 중단합니다. (상세사유 : 알 수 없음)",
    },
    confirm: { status, reason: null },
  });
  expect(shop.requests.length).toBe(1);
});

it("stops the payment when the answer does not come in time, or nobody listens", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(() => null);
  await simulator.control("PUT", "/settings", { confirm_timeout_ms: 50 });
  const slow = await simulator.control("POST", "/pay", payWith(shop.url));
  expect(slow).toMatchObject({ payment: { status: "failed" }, confirm: { status: null } });
  const nobody = await simulator.control("POST", "/pay", {
    request_pay: requestPay({ confirm_url: "http://127.0.0.1:1/", merchant_uid: "ord-2" }),
  });
  expect(nobody).toMatchObject({ payment: { status: "failed" }, confirm: { status: null } });
});

it("ends a wait for the shop when the clock is moved past its limit", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(() => null);
  const paying = simulator.control("POST", "/pay", payWith(shop.url));
  await shop.received(1);
  await simulator.control("POST", "/clock", { advance_ms: 10_000 });
  expect(await paying).toMatchObject({ payment: { status: "failed" }, confirm: { status: null } });
});

it("lets 2xx pass when the switch says so", async () => {
  const simulator = await simulatorForTest();
  await simulator.switches({ confirm_passes: "2xx" });
  const shop = await shopStub(() => ({ status: 201 }));
  expect(await simulator.control("POST", "/pay", payWith(shop.url))).toMatchObject({
    payment: { status: "paid" },
  });
});

it("is not asked when the merchant has not opted in", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub(() => ({ status: 409 }));
  await simulator.control("PUT", "/settings", { confirm_enabled: false });
  const result = await simulator.control("POST", "/pay", payWith(shop.url));
  expect(result).toMatchObject({ payment: { status: "paid" }, confirm: null });
  expect(shop.requests).toEqual([]);
});

it("is asked before a decline, once before an account is issued, and never before a close", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  const end = async (merchantUid: string, action: string, change = {}) => {
    const request_pay = requestPay({ merchant_uid: merchantUid, confirm_url: shop.url, ...change });
    const { window } = await simulator.control("POST", "/window", { request_pay });
    await simulator.control("POST", `/window/${window}/${action}`);
  };
  await end("ord-1", "decline");
  expect(shop.requests.length).toBe(1);
  await end("ord-2", "approve", { pay_method: "vbank", vbank_due: "2026-08-08" });
  expect(shop.requests.length).toBe(2);
  await end("ord-3", "close");
  expect(shop.requests.length).toBe(2);
});
