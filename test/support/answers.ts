// What holds for every answer of every door, whatever was asked: the request's number, the shape of a refusal,
// the status its name always has. Each test's requests pass through here.
import { expect } from "vitest";
import { checkDescribed, describedParts } from "./description.ts";
import type { Json, Reply } from "./shop.ts";

/** The names a refusal may have, by status. */
const codes: Readonly<Record<number, string>> = {
  400: "malformed_json invalid_field idempotency_key_required refund_amount_not_positive",
  401: "unauthorized",
  402: "card_declined",
  403: "scope_missing",
  404:
    "order_not_found refund_not_found receipt_not_found audit_not_found billing_key_not_found " +
    "schedule_not_found delivery_not_found",
  409:
    "order_exists order_not_paid order_not_voidable operation_in_flight refund_exceeds_remaining " +
    "refund_tax_free_exceeds_remaining remaining_changed receipt_exists order_not_payable " +
    "schedule_not_open delivery_not_visible_yet refund_not_scheduled order_not_in_review order_not_acceptable",
  413: "body_too_large",
  415: "unsupported_media_type",
  422:
    "request_pay_refused idempotency_key_reused provider_refused receipt_not_applicable identifier_invalid " +
    "product_type_required buyer_name_required escrow_not_confirmed contract_missing card_number_invalid " +
    "expiry_past birth_invalid pwd_2digit_invalid customer_uid_unsupported tax_free_exceeds_amount " +
    "currency_unsupported instalments_below_minimum vbank_due_past escrow_not_requested " +
    "partial_refund_limit_reached refund_window_closed vbank_refund_closed_at_night " +
    "vbank_refund_not_contracted refund_account_required phone_partial_refund_unsupported " +
    "phone_refund_month_over",
  500: "internal",
  503: "provider_unavailable storage_unavailable order_busy",
};

/** Checks the answer by the rules of its door and hands it on. */
export function checked(method: string, path: string, reply: Reply): Reply {
  expect(reply.headers.get("x-request-id"), `x-request-id of ${path}`).toMatch(/^[\w-]{8,64}$/);
  if (path.startsWith("/portone/")) checkProviderAnswer(path, reply);
  else if (reply.status >= 400) checkProblem(reply);
  else if (reply.text !== "") expect(typeOf(reply)).toBe("application/json; charset=utf-8");
  checkDescribed(method, path, describedParts(reply));
  return reply;
}

/** PortOne reads a status and at most a reason; whatever else stands there could only tell too much. */
function checkProviderAnswer(path: string, { status, json, text, ...reply }: Reply): void {
  expect(typeOf(reply)).toBe("application/json; charset=utf-8");
  if (path.startsWith("/portone/notice") || status === 200) expect(text).toBe("{}");
  else expect(json).toEqual({ reason: expect.stringMatching(/\p{Script=Hangul}/u) });
}

function checkProblem(reply: Reply): void {
  const { status, headers, json } = reply;
  expect(typeOf(reply)).toBe("application/problem+json");
  checkProblemBody(status, json);
  expect(json["request_id"]).toBe(headers.get("x-request-id"));
  expect(headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
  const isToBeRepeated = status === 503 || json["code"] === "operation_in_flight";
  if (isToBeRepeated) expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  else expect(headers.get("retry-after")).toBeNull();
}

/** The body of a refusal, over HTTP or by direct invocation. */
export function checkProblemBody(status: number, body: Json): void {
  expect(body).toMatchObject({
    type: `/errors/${body["code"]}`,
    title: expect.stringMatching(/^[\x20-\x7e]+$/),
    status,
    detail: expect.stringMatching(/\p{Script=Hangul}/u),
    code: expect.any(String),
    request_id: expect.stringMatching(/^[\w-]{8,64}$/),
  });
  expect(codes[status]?.split(" "), `${status} ${body["code"]}`).toContain(body["code"]);
  for (const error of (body["errors"] ?? []) as readonly Json[])
    expect(error).toMatchObject({
      pointer: expect.stringMatching(/^\//),
      code: expect.any(String),
      detail: expect.stringMatching(/\p{Script=Hangul}/u),
    });
}

const typeOf = ({ headers }: Pick<Reply, "headers">): string | null => headers.get("content-type");

/** Status and body without what differs from request to request. */
export function told({ status, json }: { readonly status: number; readonly json: Json }) {
  const { request_id: _, ...body } = json;
  return { status, body };
}

/** Status and name of a refusal. */
export const named = ({ status, json }: { readonly status: number; readonly json: Json }) => [
  status,
  json["code"],
];

/** The places a refusal names, each once. */
export const pointers = ({ json }: { readonly json: Json }): readonly unknown[] => [
  ...new Set(((json["errors"] ?? []) as readonly Json[]).map((error) => error["pointer"])),
];
