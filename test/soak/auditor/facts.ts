// What the auditor judges: the table's items, PortOne's whole state, and what the plan and the shops' answers
// allow. It knows the wire and the table, and nothing of the product's code.

export type PlainItem = Readonly<Record<string, unknown>>;

export interface ProviderCancel {
  readonly cancellation_id: string;
  readonly amount: number;
  readonly reason: string;
}

export interface ProviderPayment {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly pg_id: string;
  readonly sandbox: boolean;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  /** UNIX seconds; 0 while no money was taken. A cancel does not undo it. */
  readonly paid_at: number;
  readonly cancel_amount: number;
  readonly cancel_history: readonly ProviderCancel[];
}

export interface ProviderState {
  readonly payments: readonly ProviderPayment[];
  readonly receipts: readonly unknown[];
}

/** What a shop was told about one of its keys in the end. */
export type KeyAnswer =
  | { readonly outcome: "succeeded"; readonly amount: number }
  | { readonly outcome: "refused" }
  | { readonly outcome: "open" };

export interface AuditedKey {
  readonly key: string;
  readonly answer: KeyAnswer;
}

export interface AuditedOrder {
  readonly merchantUid: string;
  /** Reasons for which this order may wait for a person; every other mark is a finding. */
  readonly mayNeedReview: readonly string[];
  readonly keys: readonly AuditedKey[];
}

export interface AuditPlan {
  /** The shop's own MID: money elsewhere is not its. */
  readonly mid: string;
  readonly orders: readonly AuditedOrder[];
}

export const findingKinds = [
  "differs",
  "over_refunded",
  "paid_without_payment",
  "refused_key_moved",
  "key_not_carried_out",
  "unknown_tag",
  "history_broken",
  "needless_review",
  "late",
  "answer_changed",
  "lost",
  "double_charge",
  "double_cancel",
  "unresolved",
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly merchantUid: string;
  readonly what: string;
}

/** One order with everything there is about it. */
export interface Case {
  readonly plan: AuditedOrder;
  readonly item: OrderItem;
  /** This shop's live payments that took money, oldest first. */
  readonly taken: readonly ProviderPayment[];
  readonly refunds: readonly PlainItem[];
}

export interface StoredCancel {
  readonly id: string;
  readonly amount: number;
}

export interface StoredAttempt {
  readonly impUid: string;
  readonly state: string;
  readonly amount: number;
  readonly giveBack: string | null;
  readonly isRevoking: boolean;
  readonly cancels: readonly StoredCancel[];
}

export interface OrderItem {
  readonly merchantUid: string;
  readonly state: string;
  readonly amount: number;
  readonly cancelAmount: number;
  readonly impUid: string | null;
  readonly reviewReason: string | null;
  readonly attempts: readonly StoredAttempt[];
  readonly history: readonly string[];
  /** The names of what is still owed: a look, an operation, a slot. */
  readonly owed: readonly string[];
}

const orderPrefix = "order#";
/** Attributes an order at rest does not have. */
const owing = ["due_at", "due_shard", "operation", "charge", "receipt_operation", "recheck_at", "void_wanted"];

export const isOrder = (item: PlainItem): boolean => String(item["pk"]).startsWith(orderPrefix);
export const isRefund = (item: PlainItem): boolean => String(item["pk"]).startsWith("refund#");

export const readOrder = (item: PlainItem): OrderItem => ({
  merchantUid: String(item["pk"]).slice(orderPrefix.length),
  state: String(item["state"]),
  amount: Number(item["amount"]),
  cancelAmount: Number(item["cancel_amount"]),
  impUid: textOrNull(item["imp_uid"]),
  reviewReason: textOrNull(item["review_reason"]),
  attempts: listOf(item["attempts"]).map(readAttempt),
  history: listOf(item["history"]).map(String),
  owed: owing.filter((name) => item[name] !== undefined),
});

function readAttempt(value: unknown): StoredAttempt {
  const attempt = value as PlainItem;
  return {
    impUid: String(attempt["imp_uid"]),
    state: String(attempt["state"]),
    amount: Number(attempt["amount"]),
    giveBack: textOrNull(attempt["give_back"]),
    isRevoking: attempt["revoking"] === true,
    cancels: listOf(attempt["cancels"]).map((cancel) => {
      const { id, amount } = cancel as PlainItem;
      return { id: String(id), amount: Number(amount) };
    }),
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The table counts in won and in cents. */
export const toMinorUnits = (amount: number, currency: string): number =>
  Math.round(amount * (currency === "USD" ? 100 : 1));

export const remainingOf = ({ amount, cancel_amount }: ProviderPayment): number => amount - cancel_amount;
