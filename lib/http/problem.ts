// Every error a merchant or a browser can be answered with: its status, its English title, its Korean
// detail. RFC 9457 `application/problem+json`. A code is stable; texts may improve.
import type { Answer } from "./answer.ts";

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

const kinds = {
  malformed_json: {
    status: 400,
    title: "Body is not a JSON object",
    detail: "요청 본문이 올바른 JSON 객체가 아닙니다.",
  },
  invalid_field: { status: 400, title: "Invalid field", detail: "요청 항목이 올바르지 않습니다." },
  unauthorized: { status: 401, title: "Unauthorized", detail: "인증 키가 없거나 올바르지 않습니다." },
  scope_missing: {
    status: 403,
    title: "The key lacks this scope",
    detail: "이 인증 키로는 할 수 없는 작업입니다.",
  },
  order_not_found: { status: 404, title: "Order not found", detail: "주문을 찾을 수 없습니다." },
  order_exists: {
    status: 409,
    title: "The order number is taken",
    detail: "같은 주문번호로 다른 내용의 주문이 이미 있습니다.",
  },
  order_not_voidable: {
    status: 409,
    title: "The order cannot be voided",
    detail: "결제되었거나 결제가 진행 중인 주문은 취소할 수 없습니다.",
  },
  body_too_large: {
    status: 413,
    title: "Body too large",
    detail: "요청 본문은 65,536바이트를 넘을 수 없습니다.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Unsupported media type",
    detail: "지원하지 않는 Content-Type입니다.",
  },
  request_pay_refused: {
    status: 422,
    title: "KSNET would refuse this window",
    detail: "KSNET 결제창 규칙에 맞지 않는 요청입니다.",
  },
  internal: {
    status: 500,
    title: "Internal error",
    detail: "서버 오류가 발생했습니다. 요청 번호와 함께 문의해 주세요.",
  },
  provider_unavailable: {
    status: 503,
    title: "PortOne did not answer",
    detail: "결제 서버가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
  },
  storage_unavailable: {
    status: 503,
    title: "The order table did not answer",
    detail: "주문 저장소가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof kinds;

export const statusOf = (code: ProblemCode): number => kinds[code].status;

/** One broken place in the request. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly rule?: string | null;
}

/** An expected refusal on the way to a use case; answered, logged with its code, never an alarm. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[];
  constructor(code: ProblemCode, errors: readonly FieldProblem[] = []) {
    super(code);
    this.code = code;
    this.errors = errors;
  }
}

/** Undecided answers say when a repeat may help. */
const retryAfterS = 2;

export function problemAnswer(
  code: ProblemCode,
  requestId: string,
  errors: readonly FieldProblem[] = [],
): Answer {
  const { status, title, detail } = kinds[code];
  const rule = errors.find((error) => error.rule)?.rule;
  return {
    status,
    code,
    contentType: "application/problem+json",
    headers: {
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(status === 503 ? { "retry-after": String(retryAfterS) } : {}),
    },
    body: {
      type: `/errors/${code}`,
      title,
      status,
      detail: errors.length === 1 && errors[0] ? errors[0].detail : detail,
      code,
      request_id: requestId,
      ...(rule ? { rule } : {}),
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}
