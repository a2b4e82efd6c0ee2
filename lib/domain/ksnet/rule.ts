// What a rule of KSNET's is, whoever asks it: a named predicate over the facts of a request, with the words a
// merchant reads. The words stand beside the rule, once; the doors speak them.
import { isVisible } from "../text.ts";
import type { RuleCode } from "./rule-code.ts";

/** Features that need a contract with KSNET; `digital_goods` means the shop sells digital goods. */
export const contractNames = [
  "key_in",
  "billing",
  "vbank",
  "vbank_refund",
  "escrow",
  "digital_goods",
  "interest_free",
  "easy_pay",
  "instalments",
  "phone",
] as const;
export type Contract = (typeof contractNames)[number];

export interface RuleContext {
  readonly nowMs: number;
  readonly contracts: ReadonlySet<Contract>;
}

/** One broken rule: a stable code, the rule's id, an English title and a detail a merchant reads. */
export interface BrokenRule {
  readonly code: RuleCode;
  /** `R-KS-…`; null where the catalogue has none. */
  readonly rule: string | null;
  /** JSON pointer to what breaks it. */
  readonly pointer: string;
  readonly title: string;
  readonly detail: string;
}

export interface Rule<Facts> extends Omit<BrokenRule, "pointer"> {
  /** JSON pointers to what breaks the rule; none when it is kept. */
  readonly findBroken: (facts: Facts, context: RuleContext) => readonly string[];
}

/** Every rule that is broken, in the rules' order, one entry a place. Never repeats a value of the request. */
export const findBrokenRules = <Facts>(
  rules: readonly Rule<Facts>[],
  facts: Facts,
  context: RuleContext,
): readonly BrokenRule[] =>
  rules.flatMap(({ findBroken, ...named }) =>
    findBroken(facts, context).map((pointer) => ({ ...named, pointer })),
  );

export const when = (isBroken: boolean, pointer: string): readonly string[] => (isBroken ? [pointer] : []);

export const isBlank = (text: unknown): boolean => typeof text !== "string" || !isVisible(text);
