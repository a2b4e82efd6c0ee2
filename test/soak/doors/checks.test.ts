// Each check is shown what it must refuse, and nothing of what is right is found.
import { describe, expect, it } from "vitest";
import { checkExchange, checkUnchanged, type FindingKind, type Secrets, type Snapshot } from "./checks.ts";
import type { Exchange, OverHttp } from "./request.ts";

const secrets: Secrets = {
  everywhere: new Map([["4518420000000015", "a card number"]]),
  inLines: new Map([["namgung@buyer.example", "buyer_email"]]),
  tokens: new Map([["ord-1", "tokenOfOrd1tokenOfOrd1"]]),
};
const requestId = "8f1c2d3e-0000-4000-8000-000000000001";
const line = JSON.stringify({
  level: "info",
  at: "2026-08-05T03:00:00.000Z",
  function: "orders",
  request_id: requestId,
  event: "answered",
});
const headers = {
  "x-request-id": requestId,
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-type": "application/json; charset=utf-8",
};
const http = (door: string): Exchange["request"] => {
  const [method = "", target = ""] = door.split(" ");
  return { kind: "http", door, method, target, headers: [], body: null };
};
const direct: Exchange["request"] = { kind: "direct", door: "orders", functionName: "orders", event: {} };

const answer = (more: Partial<Exchange> = {}): Exchange => ({
  request: http("GET /orders/ord-1"),
  status: 200,
  headers,
  text: '{"merchant_uid":"ord-1"}',
  isFailed: false,
  lines: [line],
  ...more,
});
const problem = (more: object = {}) => ({
  type: "/errors/order_not_found",
  title: "Order not found",
  status: 404,
  detail: "주문을 찾을 수 없습니다.",
  code: "order_not_found",
  request_id: requestId,
  ...more,
});
const refusal = (more: object = {}, rest: Partial<Exchange> = {}): Exchange =>
  answer({
    status: 404,
    headers: { ...headers, "content-type": "application/problem+json" },
    text: JSON.stringify(problem(more)),
    ...rest,
  });
const withHeaders = (more: Readonly<Record<string, string | undefined>>) => {
  const all = Object.entries({ ...headers, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(all) as Readonly<Record<string, string>>;
};
const unavailable = (door: OverHttp["door"], retryAfter: string): Exchange =>
  refusal(
    { type: "/errors/provider_unavailable", code: "provider_unavailable", status: 503 },
    {
      request: http(door),
      status: 503,
      headers: {
        ...headers,
        vary: "origin",
        "content-type": "application/problem+json",
        "retry-after": retryAfter,
      },
    },
  );

const kinds = (exchange: Exchange) => checkExchange(exchange, secrets).map(({ kind }) => kind);

describe("nothing is found in", () => {
  it.each<[string, Exchange]>([
    ["an answer", answer()],
    [
      "a refusal",
      refusal({ errors: [{ pointer: "/amount", code: "invalid_field", detail: "숫자여야 합니다." }] }),
    ],
    [
      "the gateway's own word",
      answer({
        status: 404,
        text: '{"message":"Not Found"}',
        headers: { "x-request-id": requestId },
        lines: [],
      }),
    ],
    [
      "a preflight",
      answer({
        request: http("OPTIONS /payments/complete"),
        status: 204,
        text: "",
        headers: withHeaders({ vary: "origin", "content-type": undefined }),
      }),
    ],
    ["a notice's answer", answer({ request: http("POST /portone/notice"), text: "{}" })],
    [
      "a confirm's no",
      answer({ request: http("POST /portone/confirm/t"), status: 409, text: '{"reason":"재고 부족"}' }),
    ],
    [
      "the order's own token, told to who creates it",
      answer({ text: '{"order":{"merchant_uid":"ord-1"},"token":"tokenOfOrd1tokenOfOrd1"}' }),
    ],
    [
      "a direct refusal",
      answer({ request: direct, status: 404, text: JSON.stringify({ status: 404, body: problem() }) }),
    ],
    ["an ignored event", answer({ request: direct, text: '{"ignored":true}' })],
    ["a browser that is not let through", unavailable("POST /payments/complete", "60")],
  ])("%s", (_, exchange) => {
    expect(checkExchange(exchange, secrets)).toEqual([]);
  });
});

describe("is found", () => {
  it.each<[FindingKind, string, Exchange]>([
    [
      "failed_invocation",
      "a handler that threw",
      answer({ isFailed: true, status: 500, text: '{"message":"Internal Server Error"}' }),
    ],
    [
      "undesigned_5xx",
      "an internal error",
      refusal({ type: "/errors/internal", code: "internal", status: 500 }, { status: 500 }),
    ],
    ["undesigned_5xx", "a table that is said to be silent", unavailable("POST /orders", "2")],
    ["undesigned_5xx", "PortOne said to be silent to a browser", unavailable("POST /payments/complete", "2")],
    ["headers", "no number", answer({ headers: withHeaders({ "x-request-id": undefined }) })],
    ["headers", "a number from outside", answer({ headers: withHeaders({ "x-request-id": "x" }) })],
    [
      "headers",
      "an answer that may be kept",
      answer({ headers: withHeaders({ "cache-control": undefined }) }),
    ],
    [
      "headers",
      "an answer whose type may be guessed",
      answer({ headers: withHeaders({ "x-content-type-options": undefined }) }),
    ],
    ["headers", "a browser's answer for any origin", answer({ request: http("POST /payments/complete") })],
    [
      "headers",
      "the gateway's word without number",
      answer({ status: 404, text: '{"message":"Not Found"}', headers: {} }),
    ],
    ["shape", "a page", answer({ text: "<html>" })],
    [
      "shape",
      "an answer of another type",
      answer({ headers: withHeaders({ "content-type": "text/plain" }) }),
    ],
    ["shape", "nothing", answer({ text: "" })],
    ["shape", "a refusal that is no problem", answer({ status: 404 })],
    ["shape", "a problem of another status", refusal({ status: 400 })],
    ["shape", "a problem of another type", refusal({ type: "/errors/other" })],
    ["shape", "a problem in English", refusal({ detail: "not found" })],
    ["shape", "a problem with a Korean title", refusal({ title: "없음" })],
    ["shape", "a problem without code", refusal({ code: undefined, type: "/errors/undefined" })],
    ["shape", "a problem of another request", refusal({ request_id: "other-id-0000" })],
    [
      "shape",
      "an error without place",
      refusal({ errors: [{ pointer: "", code: "invalid_field", detail: "숫자" }] }),
    ],
    [
      "shape",
      "an error in English",
      refusal({ errors: [{ pointer: "/a", code: "invalid_field", detail: "no" }] }),
    ],
    [
      "shape",
      "401 that asks for nothing",
      refusal({ status: 401, code: "unauthorized", type: "/errors/unauthorized" }, { status: 401 }),
    ],
    [
      "shape",
      "a running operation that names no time",
      refusal(
        { status: 409, code: "operation_in_flight", type: "/errors/operation_in_flight" },
        { status: 409 },
      ),
    ],
    [
      "shape",
      "a notice that is told why",
      answer({ request: http("POST /portone/notice"), status: 400, text: '{"code":"x"}' }),
    ],
    [
      "shape",
      "a confirm's no without reason",
      answer({ request: http("POST /portone/confirm/t"), status: 409, text: "{}" }),
    ],
    [
      "shape",
      "a confirm's no in English",
      answer({ request: http("POST /portone/confirm/t"), status: 409, text: '{"reason":"no"}' }),
    ],
    [
      "shape",
      "a direct refusal without problem",
      answer({ request: direct, status: 400, text: '{"status":400,"body":{}}' }),
    ],
    ["leak", "a secret in an answer", answer({ text: '{"card":"4518420000000015"}' })],
    [
      "leak",
      "another order's token",
      answer({ text: '{"order":{"merchant_uid":"ord-2"},"token":"tokenOfOrd1tokenOfOrd1"}' }),
    ],
    [
      "leak",
      "an order's token told with its state",
      answer({ text: '{"merchant_uid":"ord-1","token":"tokenOfOrd1tokenOfOrd1"}' }),
    ],
    ["leak", "a secret in a line", answer({ lines: [line.replace("answered", "4518420000000015")] })],
    ["leak", "a buyer in a line", answer({ lines: [line.replace("answered", "namgung@buyer.example")] })],
    ["leak", "a token in a line", answer({ lines: [line.replace("answered", "tokenOfOrd1tokenOfOrd1")] })],
    ["log_line", "a line that is no JSON", answer({ lines: ["TypeError: x"] })],
    ["log_line", "a line without its number", answer({ lines: [line.replace("request_id", "id")] })],
    [
      "log_line",
      "an error nobody expected",
      answer({ lines: [line.replace("answered", "unexpected_error")] }),
    ],
  ])("%s: %s", (kind, _, exchange) => {
    expect(new Set(kinds(exchange))).toEqual(new Set([kind]));
  });
});

describe("a refusal", () => {
  const before: Snapshot = {
    items: new Map([["order#ord-1", "1"]]),
    records: new Map([["PortOne's payments 0", "paid"]]),
  };
  const item = (pk: string): Snapshot => ({ ...before, items: new Map([...before.items, [pk, "2"]]) });
  const record: Snapshot = { ...before, records: new Map([["PortOne's payments 0", "cancelled"]]) };
  const gone: Snapshot = { ...before, items: new Map() };
  const declined = refusal({ code: "card_declined", status: 402 }, { status: 402 });
  const refused = refusal({ code: "provider_refused", status: 422 }, { status: 422 });
  const directly = answer({
    request: direct,
    status: 404,
    text: JSON.stringify({ status: 404, body: problem() }),
  });

  it.each<[string, Exchange, Snapshot]>([
    ["an item more", refusal(), item("order#ord-2")],
    ["an item changed", refusal(), item("order#ord-1")],
    ["an item gone", refusal(), gone],
    ["PortOne's record", refusal(), record],
    ["an item, asked directly", directly, item("order#ord-2")],
    ["PortOne's record, though it refused", refused, record],
  ])("changes %s: found", (_, exchange, after) => {
    expect(checkUnchanged(exchange, before, after)).toMatchObject([{ kind: "changed_by_refusal" }]);
  });

  it.each<[string, Exchange, Snapshot]>([
    ["nothing", refusal(), before],
    ["a budget", refusal(), item("budget#notice#0")],
    ["what a decline leaves", declined, { ...record, items: gone.items }],
    ["what is kept of PortOne's no", refused, item("refund#ord-1#k")],
    ["whatever it likes, as it is none", answer(), { ...record, items: gone.items }],
  ])("changes %s: fine", (_, exchange, after) => {
    expect(checkUnchanged(exchange, before, after)).toEqual([]);
  });
});
