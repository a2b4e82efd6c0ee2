// What is thrown when a request cannot be followed, apart from the words it is answered with: PortOne's doors throw and
// catch it, and carry none of the texts that merchants read.
import type { BrokenRule } from "../domain/ksnet/rule.ts";
import type { PlainCode, ProblemCode } from "./problem-code.ts";

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

/** What a request that cannot be read is answered with at every door. */
export const unreadableStatuses = {
  malformed_json: 400,
  invalid_field: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
} as const;

const isUnreadable = (code: PlainCode): code is keyof typeof unreadableStatuses =>
  Object.hasOwn(unreadableStatuses, code);

/** For doors that only read a body; any other refusal of theirs is a request they cannot follow. */
export const unreadableStatusOf = ({ code }: ProblemError): number =>
  isUnreadable(code) ? unreadableStatuses[code] : 400;
