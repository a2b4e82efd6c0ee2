// Which codes a door can answer: those every door of its kind has, and those its use case can end in. The latter are held
// against the use case's own result, so that an outcome nobody described does not compile.
import { refundRules } from "../../../lib/domain/ksnet/refund-rules.ts";
import type { RuleCode } from "../../../lib/domain/ksnet/rule-code.ts";
import { windowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import type { PlainCode } from "../../../lib/http/problem-code.ts";
import type { RefusalCodes, Refused } from "../../../lib/http/refusal.ts";

/** Outcomes that tell more than their code. */
interface FullerCodes {
  readonly exists: "order_exists";
  readonly order_not_acceptable: "order_not_acceptable";
  readonly provider_refused: "provider_refused";
  readonly operation_in_flight: "operation_in_flight";
}

type CodesOfOutcome = RefusalCodes & FullerCodes;

/** The rules that are broken are named apart. */
type Unnamed = Exclude<Refused["outcome"], keyof CodesOfOutcome | "rules_broken">;

type CodeOf<Result> = Result extends { readonly outcome: infer Outcome }
  ? Outcome extends keyof CodesOfOutcome
    ? CodesOfOutcome[Outcome]
    : never
  : never;

type Complete<Result, Given> = [Unnamed] extends [never]
  ? [Exclude<CodeOf<Result>, Given>] extends [never]
    ? unknown
    : { readonly missing: Exclude<CodeOf<Result>, Given> }
  : { readonly unnamed: Unnamed };

/** All codes of a use case's result, and none that it cannot end in: `codesOf<VoidResult>()("order_not_found", …)`. */
export const codesOf =
  <Result>() =>
  <const Given extends readonly CodeOf<Result>[]>(
    ...given: Given & Complete<Result, Given[number]>
  ): readonly PlainCode[] =>
    given;

/** Of every door a merchant's key opens. */
export const merchantCodes: readonly PlainCode[] = [
  "invalid_field",
  "unauthorized",
  "scope_missing",
  "internal",
  "storage_unavailable",
];

/** Of every door that reads a body. */
export const bodyCodes: readonly PlainCode[] = [
  "malformed_json",
  "invalid_field",
  "body_too_large",
  "unsupported_media_type",
];

const codesIn = <Code extends RuleCode>(rules: readonly { readonly code: Code }[]): readonly Code[] => [
  ...new Set(rules.map(({ code }) => code)),
];

export const windowRuleCodes = codesIn(windowRules);
export const refundRuleCodes = codesIn(refundRules);
