// Errors as RFC 9457 `application/problem+json`.
import type { BrokenRule } from "../domain/ksnet/rule.ts";
import type { RuleCode } from "../domain/ksnet/rule-code.ts";
import type { Answer } from "./answer.ts";
import { type PlainCode, problemKinds } from "./problem-kinds.ts";

/** Every code a merchant can see. */
export type ProblemCode = PlainCode | RuleCode;

export const statusOf = (code: PlainCode): number => problemKinds[code].status;

/** One broken place in the request. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly rule?: string | null;
}

/** An expected refusal on the way to a use case; answered, logged with its code, never an alarm. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: PlainCode;
  readonly errors: readonly FieldProblem[];
  constructor(code: PlainCode, errors: readonly FieldProblem[] = []) {
    super(code);
    this.code = code;
    this.errors = errors;
  }
}

/** Everything that is wrong with a request, named at once: its shape, and the rules its sound fields break. */
export function malformed(
  problems: readonly FieldProblem[],
  broken: readonly BrokenRule[] = [],
): ProblemError {
  const named = new Set(problems.map(({ pointer }) => pointer));
  return new ProblemError("invalid_field", [
    ...problems,
    ...broken.filter(({ pointer }) => !named.has(pointer)),
  ]);
}

const problemType = "application/problem+json";

/** A problem with its `type`, which leads to where its code is explained; any other answer as it is. */
export const explained = (answer: Answer, docsUrl: string): Answer =>
  answer.contentType === problemType
    ? { ...answer, body: { type: `${docsUrl}${answer.code}`, ...answer.body } }
    : answer;

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
