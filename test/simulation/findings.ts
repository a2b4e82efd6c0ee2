// What was found wrong in one life, each kind once for each thing it is about.

export const findingKinds = [
  "broke",
  "sent_twice",
  "sent_too_early",
  "sent_too_late",
  "sent_too_often",
  "brake_ignored",
  "release_lost",
  "forgotten",
  "impossible_move",
  "over_refunded",
  "not_in_time",
  "not_looked",
  "differs",
  "money_kept",
  "told_wrong",
  "double_charge",
  "account_open",
  "due_for_nothing",
  "unresolved",
  "buyer_refused",
  "marked_for_nothing",
  "claim_not_used",
  "audit_gave_up",
  "charged_closed",
  "reservation_left",
  "two_accounts",
  "key_lost",
  "account_misused",
  "account_kept",
  "sent_at_night",
  "sent_withdrawn",
  "receipt_wrong",
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly about: string;
  readonly what: string;
}

export class Findings {
  readonly all: Finding[] = [];
  readonly #known = new Set<string>();
  readonly #tell: (line: () => string) => void;

  constructor(tell: (line: () => string) => void) {
    this.#tell = tell;
  }

  add(kind: FindingKind, about: string, what: string): void {
    if (this.#known.has(`${kind} ${about}`)) return;
    this.#known.add(`${kind} ${about}`);
    this.all.push({ kind, about, what });
    this.#tell(() => `!! ${kind} ${about}: ${what}`);
  }
}
