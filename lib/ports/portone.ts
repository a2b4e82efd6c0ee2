// What use cases need of PortOne for payments, cancels and receipts, in the domain's words.
import type { UnreadableRow as UnreadableOf } from "../domain/look.ts";
import type { Currency, Money } from "../domain/money.ts";
import type { ReceiptDraft } from "../domain/operation.ts";
import type { PaymentRecord } from "../domain/payment-record.ts";
import type { ReceiptRecord } from "../domain/receipt.ts";
import type { ReceiptRecipient } from "../domain/receipt-recipient.ts";
import type { RefundAccount } from "../domain/refund-account.ts";
import type { CallOptions } from "./environment.ts";

export interface FetchOptions extends CallOptions {
  /** For a caller with no time for a second try. */
  readonly triesOnce?: boolean;
}

/** Amounts PortOne holds windows to. */
export interface AmountRegistry {
  /** Never throws and never takes long; `differs` means that windows of this order will be refused. */
  register(amount: {
    readonly merchantUid: string;
    readonly amount: Money;
    readonly currency: Currency;
  }): Promise<"registered" | "differs" | "unknown">;
}

/** PortOne did not say: no connection, no answer in time, a broken answer, 5xx, 429, or a refused login. */
export interface Unavailable {
  readonly outcome: "unavailable";
  readonly why: string;
  /** PortOne did answer, with a no or with what nobody can read: this one's trouble, and not that of all. */
  readonly isAnswered?: true;
  /** The answer was one row that is no record. */
  readonly row?: UnreadableRow;
}

/** A row that is no record of a payment, and what of it can be read: it may name an order of ours. */
export interface UnreadableRow extends UnreadableOf {
  readonly merchantUid: string | null;
}

/** A token for the next call is at hand, or why not. */
export type Login = { readonly outcome: "ready" } | Unavailable;

export type FetchResult =
  | { readonly outcome: "found"; readonly record: PaymentRecord }
  | { readonly outcome: "absent" }
  | Unavailable;

export type FindResult =
  /** `isPartial`: there are more than can be read, though none that took money, so that no absence means anything. */
  | {
      readonly outcome: "found";
      readonly records: readonly PaymentRecord[];
      readonly isPartial?: boolean;
      /** Passed over, so that they hide no other; no absence means anything beside them. */
      readonly unreadable?: readonly UnreadableRow[];
    }
  | Unavailable;

/** PortOne's record. Reads only; asking never changes anything. */
export interface PaymentGateway {
  /** One attempt. A test-channel payment is `absent` unless this deployment accepts the sandbox. */
  fetchPayment(impUid: string, options?: FetchOptions): Promise<FetchResult>;
  /** Every attempt of an order number, what took money first; an empty list when PortOne knows none. */
  findPayments(merchantUid: string): Promise<FindResult>;
}

/** How PortOne is, by its last answers. */
export interface Pulse {
  /** What was seen before counts no more. */
  begin(): void;
  /** It answers slowly or refuses, so that asking more makes it worse. */
  isInTrouble(): boolean;
}

export interface CancelRequest {
  readonly impUid: string;
  readonly amount: Money;
  /** Left out for virtual accounts, where KSNET takes none. */
  readonly taxFree: Money | null;
  /** What must be left of the payment before it. */
  readonly checksum: Money;
  readonly currency: Currency;
  readonly reason: string;
  readonly requester: "customer" | "admin" | null;
  /** Where a virtual account's refund is paid to. Never logged, and stored only sealed. */
  readonly account: RefundAccount | null;
}

export type CallResult<Done> =
  | { readonly outcome: "done"; readonly value: Done }
  /** PortOne answered no. The text is the provider's own, shown and never decided by. */
  | { readonly outcome: "refused"; readonly message: string | null }
  /** No answer, or none that can be read: it may have happened, or may yet. */
  | { readonly outcome: "unknown"; readonly why: string };

export interface ListPage {
  readonly outcome: "found";
  readonly records: readonly PaymentRecord[];
  readonly unreadable: readonly UnreadableRow[];
  /** 0 when there is none. */
  readonly nextPage: number;
}

/** Many of PortOne's records at once. */
export interface PaymentLists {
  /** What was approved (or cancelled) in the window, both ends included, a page at a time from 1. */
  listPayments(
    status: "paid" | "cancelled",
    window: { readonly fromMs: number; readonly toMs: number },
    page: number,
  ): Promise<ListPage | Unavailable>;
  /** Those of these attempts that PortOne knows; at most 100 are asked for. */
  fetchPayments(impUids: readonly string[]): Promise<Omit<ListPage, "nextPage"> | Unavailable>;
}

/** Calls that move money. None is ever repeated inside (but for a refused token), none has a second chance. */
export interface MoneyGateway {
  /** Logs in if needed, so that nothing is claimed for a call that could not even start. */
  login(): Promise<Login>;
  cancel(request: CancelRequest): Promise<CallResult<PaymentRecord>>;
  /** Closes an account nobody has paid into; moves no money, so it may be repeated. */
  revokeAccount(impUid: string): Promise<CallResult<PaymentRecord>>;
}

/** Whose receipt: a PortOne payment's, or a sale's of our own. */
export type ReceiptTarget =
  | { readonly kind: "payment"; readonly impUid: string }
  | { readonly kind: "external"; readonly merchantUid: string };

export interface ReceiptIssueRequest {
  readonly target: ReceiptTarget;
  readonly draft: ReceiptDraft;
  readonly recipient: ReceiptRecipient;
  /** The recipient's, or the order's. */
  readonly buyerName: string;
}

export interface ReceiptGateway {
  login(): Promise<Login>;
  issueReceipt(request: ReceiptIssueRequest): Promise<CallResult<ReceiptRecord>>;
  cancelReceipt(target: ReceiptTarget): Promise<CallResult<ReceiptRecord>>;
  /** The receipt, live or cancelled; null when there never was one. */
  fetchReceipt(
    target: ReceiptTarget,
  ): Promise<{ readonly outcome: "found"; readonly record: ReceiptRecord | null } | Unavailable>;
}
