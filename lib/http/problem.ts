// Errors as RFC 9457 `application/problem+json`.
import type { BrokenRule } from "../domain/ksnet/rule.ts";
import { StorageUnavailableError } from "../ports/table.ts";
import { type Answer, problemType } from "./answer.ts";
import type { PlainCode, ProblemCode } from "./problem-code.ts";
import { type FieldProblem, ProblemError } from "./problem-error.ts";
import { problemKinds } from "./problem-kinds.ts";

/** Undecided answers say when a repeat may help. */
const retryAfterS = 2;
const ruleStatus = 422;

/** What a problem tells beyond its kind. */
export interface ProblemMembers {
  readonly errors?: readonly FieldProblem[];
  readonly rule?: string;
  readonly detail?: string;
  readonly reason?: string;
  readonly remaining?: number;
  readonly remaining_tax_free?: number;
  readonly provider_message?: string | null;
  readonly operation?: string;
}

export function problemAnswer(code: PlainCode, requestId: string, members: ProblemMembers = {}): Answer {
  const { status, title, detail } = problemKinds[code];
  const { errors = [] } = members;
  const own = errors.length === 1 && errors[0] ? errors[0].detail : detail;
  return answerOf({ code, status, title, detail: own }, requestId, members);
}

/** KSNET's rules, in their own words: the first one leads, all of them are in `errors`. */
export function ruleAnswer(
  broken: readonly BrokenRule[],
  requestId: string,
  members: ProblemMembers = {},
): Answer {
  const [first] = broken;
  if (!first) throw new Error("a refusal without a broken rule");
  const { code, title, detail } = first;
  return answerOf({ code, status: ruleStatus, title, detail }, requestId, { ...members, errors: broken });
}

interface Kind {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

function answerOf(kind: Kind, requestId: string, members: ProblemMembers): Answer {
  const { code, status, title } = kind;
  const { errors = [], detail = kind.detail, ...others } = members;
  const rule = errors.find((error) => error.rule)?.rule;
  return {
    status,
    code,
    contentType: problemType,
    headers: {
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(status === 503 || code === "operation_in_flight" ? { "retry-after": String(retryAfterS) } : {}),
    },
    body: {
      title,
      status,
      detail,
      code,
      request_id: requestId,
      ...(rule ? { rule } : {}),
      ...others,
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}

/** The failure answer of doors that speak problem+json. */
export function failWithProblem(error: unknown, requestId: string): Answer {
  if (error instanceof ProblemError) return problemAnswer(error.code, requestId, { errors: error.errors });
  return problemAnswer(
    error instanceof StorageUnavailableError ? "storage_unavailable" : "internal",
    requestId,
  );
}
