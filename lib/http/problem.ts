// Errors as RFC 9457 `application/problem+json`.
import type { Answer } from "./answer.ts";
import { problemKinds } from "./problem-kinds.ts";

export type ProblemCode = keyof typeof problemKinds;

export const statusOf = (code: ProblemCode): number => problemKinds[code].status;

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

/** What a problem tells beyond its kind. */
export interface ProblemMembers {
  readonly errors?: readonly FieldProblem[];
  readonly rule?: string;
  readonly detail?: string;
  readonly remaining?: number;
  readonly remaining_tax_free?: number;
  readonly provider_message?: string | null;
  readonly operation?: string;
}

export function problemAnswer(code: ProblemCode, requestId: string, members: ProblemMembers = {}): Answer {
  const { status, title, detail } = problemKinds[code];
  const { errors = [], detail: ownDetail, ...others } = members;
  const rule = errors.find((error) => error.rule)?.rule;
  return {
    status,
    code,
    contentType: "application/problem+json",
    headers: {
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(status === 503 || code === "operation_in_flight" ? { "retry-after": String(retryAfterS) } : {}),
    },
    body: {
      type: `/errors/${code}`,
      title,
      status,
      detail: ownDetail ?? (errors.length === 1 && errors[0] ? errors[0].detail : detail),
      code,
      request_id: requestId,
      ...(rule ? { rule } : {}),
      ...others,
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}
