// What the validator finds besides the six kinds of planted-deviations.ts, and what a provider really sends, all
// accepted.
import { describe, expect, it } from "vitest";
import { checkAnswer, checkRequest } from "./openapi-validator.ts";

const payment = {
  imp_uid: "imp_730112845061",
  merchant_uid: "ord-20260805-000142",
  pay_method: "card",
  amount: 109000,
  cancel_amount: 0,
  currency: "KRW",
  status: "paid",
  sandbox: false,
  buyer_name: "홍길동",
  buyer_email: null,
  card_type: 0,
  started_at: 1785900000,
  paid_at: 1785900062,
  cancel_history: [],
};
const success = (response: unknown) => ({ code: 0, message: null, response });
const readOne = (response: unknown) => checkAnswer("GET", "/payments/{imp_uid}", 200, success(response));
const noParameters = { path: {}, query: {}, isForm: false };
const cancel = (body: unknown, isForm = false) =>
  checkRequest("POST", "/payments/cancel", { ...noParameters, body, isForm });

describe("an answer", () => {
  it("passes when it is a payment record with empty values", () => {
    expect(readOne(payment)).toEqual([]);
  });

  it.each([
    [
      "a number that is too long",
      { ...payment, merchant_uid: "가".repeat(41) },
      "/response/merchant_uid",
      "maxLength",
    ],
    [
      "a cancel without its id",
      {
        ...payment,
        cancel_history: [{ pg_tid: "1", amount: 1, cancelled_at: 1785900062, reason: "단순 변심" }],
      },
      "/response/cancel_history/0/cancellation_id",
      "required",
    ],
  ])("is named with %s", (_title, response, pointer, rule) => {
    const plain: unknown = JSON.parse(JSON.stringify(response));
    expect(readOne(plain)).toEqual([expect.objectContaining({ where: "answer", pointer, rule })]);
  });

  it("may be 401 everywhere", () => {
    const body = { code: -1, message: "Unauthorized", response: null };
    expect(checkAnswer("GET", "/users/pg", 401, body)).toEqual([]);
  });

  it.each([
    ["no object", "<html>", ""],
    ["no code", { message: null, response: payment }, "/code"],
    ["a message that is no text", { code: 1, message: 5, response: null }, "/message"],
    ["a refusal with a response", { code: 1, message: "거절", response: payment }, "/response"],
    ["a success with none", { code: 0, message: null, response: null }, "/response"],
  ])("is no envelope with %s", (_title, body, pointer) => {
    const found = checkAnswer("GET", "/payments/{imp_uid}", 200, body);
    expect(found).toEqual([expect.objectContaining({ rule: "envelope", pointer })]);
  });

  it("passes as a refusal without a response", () => {
    const body = { code: 1, message: "이미 전액취소된 주문입니다.", response: null };
    expect(checkAnswer("POST", "/payments/cancel", 200, body)).toEqual([]);
  });
});

describe("a request", () => {
  it("passes as JSON with the documented fields", () => {
    expect(cancel({ imp_uid: "imp_1", amount: 20000, checksum: null, reason: "품절" })).toEqual([]);
  });

  it("is named when JSON carries a number as text", () => {
    expect(cancel({ imp_uid: "imp_1", amount: "20000" })).toEqual([
      expect.objectContaining({ where: "request", pointer: "/amount", rule: "type" }),
    ]);
  });

  it("passes when a form carries a number as text, and is named when it is none", () => {
    expect(cancel({ imp_uid: "imp_1", amount: "20000" }, true)).toEqual([]);
    expect(cancel({ imp_uid: "imp_1", amount: "전부" }, true)).toEqual([
      expect.objectContaining({ pointer: "/amount", rule: "type" }),
    ]);
  });

  it("is named with a wrong enum", () => {
    expect(cancel({ imp_uid: "imp_1", extra: { requester: "robot" } })).toEqual([
      expect.objectContaining({ pointer: "/extra/requester", rule: "enum" }),
    ]);
  });

  it("is named when a required field is missing", () => {
    const found = checkRequest("POST", "/users/getToken", { ...noParameters, body: { imp_key: "k" } });
    expect(found).toEqual([expect.objectContaining({ pointer: "/imp_secret", rule: "required" })]);
  });

  it("is named when a query is of the wrong kind or in milliseconds", () => {
    const list = (query: Record<string, unknown>) =>
      checkRequest("GET", "/payments/status/{payment_status}", {
        ...noParameters,
        path: { payment_status: "paid" },
        query,
        body: undefined,
      });
    expect(list({ from: "1785900000", limit: "1000" })).toEqual([]);
    expect(list({ from: "1785900000000", limit: "1001" })).toEqual([
      expect.objectContaining({ pointer: "query/limit", rule: "maximum" }),
      expect.objectContaining({ pointer: "query/from", rule: "maximum" }),
    ]);
  });
});
