// What a call ends in that did not do what was asked.
import type { components } from "./doors.ts";

export type Problem = components["schemas"]["Problem"];
export type ProblemCode = Problem["code"];

/** What came back, read whole. */
export interface Seen {
  readonly status: number;
  /** Null where it is no JSON. */
  readonly body: unknown;
  readonly retryAfterMs: number | null;
}

/** A refusal: what was asked was not done, and why is told. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  /** The stable name to decide by; null where something else than the server answered. */
  readonly code: ProblemCode | null;
  /** In Korean, for the buyer or the desk. */
  readonly detail: string;
  /** KSNET's rule that forbids it. */
  readonly rule: string | null;
  /** One a broken place of the request. */
  readonly errors: NonNullable<Problem["errors"]>;
  /** The call in flight that has to end first. */
  readonly operation: string | null;
  readonly remaining: number | null;
  readonly remainingTaxFree: number | null;
  readonly providerMessage: string | null;
  readonly requestId: string | null;
  /** How often the same request was sent. */
  readonly sends: number;

  constructor({ status, body }: Pick<Seen, "status" | "body">, sends: number) {
    const problem: Partial<Problem> = typeof body === "object" && body !== null ? body : {};
    const title = problem.title ?? `HTTP ${status}`;
    super(problem.code === undefined ? title : `${problem.code}: ${title}`);
    this.status = status;
    this.code = problem.code ?? null;
    this.detail = problem.detail ?? title;
    this.rule = problem.rule ?? null;
    this.errors = problem.errors ?? [];
    this.operation = problem.operation ?? null;
    this.remaining = problem.remaining ?? null;
    this.remainingTaxFree = problem.remaining_tax_free ?? null;
    this.providerMessage = problem.provider_message ?? null;
    this.requestId = problem.request_id ?? null;
    this.sends = sends;
  }
}

/**
 * Nobody knows yet whether it was done: the answer was lost, or the server itself does not know. Send the same request
 * again later, under the same order number or idempotency key; a new one would be a second request.
 */
export class UnknownOutcomeError extends Error {
  override readonly name = "UnknownOutcomeError";
  readonly sends: number;
  /** The last answer, which decides nothing; null where there was none. */
  readonly last: Pick<Seen, "status" | "body"> | null;

  constructor(what: string, { sends, last, cause }: Pick<UnknownOutcomeError, "sends" | "last" | "cause">) {
    super(`the outcome of ${what} is unknown: send it again under the same number or key`, { cause });
    this.sends = sends;
    this.last = last;
  }
}
