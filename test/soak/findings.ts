// What an auditor finds wrong, by name, and where.

export const findingKinds = [
  "lost",
  "believed",
  "differs",
  "money_kept",
  "double_charge",
  "double_cancel",
  "refused_yet_moved",
  "over_refunded",
  "unresolved",
  "two_transitions",
  "reservation_left",
  "charged_closed",
  "refund_differs",
  "rule_broken",
  "account_open",
  "account_unknown",
  "account_differs",
  "account_lost",
  "account_kept",
  "due_differs",
  "overdue",
  "never_due",
  "told_wrong",
  "audit_differs",
  "audit_behind",
  "alarm_missing",
  "alarm_unexplained",
  "item_too_large",
  "receipt_wrong",
  "identifier_lost",
  "identifier_kept",
  "event_missing",
  "event_invented",
  "event_differs",
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** The order, or what else it is about: a day, a debt. */
  readonly merchantUid: string;
  readonly detail: string;
}

export const found = (kind: FindingKind, merchantUid: string, detail: string): Finding => ({
  kind,
  merchantUid,
  detail,
});
