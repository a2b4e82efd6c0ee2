// Registering an amount before the window opens, and what a window with another amount meets.
import { expect, it } from "vitest";
import { requestPay, simulatorForTest } from "./testing/simulator-client.ts";

const prepared = { merchant_uid: "ord-20260805-000142", amount: 109000, currency: "KRW" };

it("registers an amount, reads it and changes it", async () => {
  const simulator = await simulatorForTest();
  const made = await simulator.api("POST", "/payments/prepare", prepared);
  expect(made).toMatchObject({ status: 200, code: 0, message: null, response: prepared });
  const changed = await simulator.api("PUT", "/payments/prepare", { ...prepared, amount: 99000 });
  expect(changed.response).toEqual({ ...prepared, amount: 99000 });
  const read = await simulator.api("GET", "/payments/prepare/ord-20260805-000142");
  expect(read.response).toEqual({ ...prepared, amount: 99000 });
});

it("refuses a second registration with HTTP 200 and code 1", async () => {
  const simulator = await simulatorForTest();
  await simulator.api("POST", "/payments/prepare", prepared);
  expect(await simulator.api("POST", "/payments/prepare", prepared)).toEqual({
    status: 200,
    code: 1,
    message: "결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).",
    response: null,
  });
});

it.each([
  ["GET", "/payments/prepare/ord-unknown", undefined],
  ["PUT", "/payments/prepare", prepared],
])("answers 404 to %s for a number never registered", async (method, path, body) => {
  const simulator = await simulatorForTest();
  expect(await simulator.api(method, path, body)).toMatchObject({ status: 404, code: -1 });
});

it.each([
  ["another amount", { amount: 100 }],
  ["another currency", { currency: "USD" }],
])("keeps a window with %s from opening", async (_title, change) => {
  const simulator = await simulatorForTest();
  await simulator.api("POST", "/payments/prepare", prepared);
  const opened = await simulator.control("POST", "/window", { request_pay: requestPay(change) });
  expect(opened).toMatchObject({ window: null, imp_uid: null, page: null });
  expect(opened["refused"]).toMatchObject({ error_code: "F0001", rule: "prepare" });
  expect((await simulator.control("GET", "/state"))["payments"]).toEqual([]);
});

it("lets a window with the same amount open, and does not compare a currency that was not given", async () => {
  const simulator = await simulatorForTest();
  await simulator.api("POST", "/payments/prepare", { merchant_uid: prepared.merchant_uid, amount: 109000 });
  expect(await simulator.pay()).toMatch(/^imp_\d{12}$/);
});
