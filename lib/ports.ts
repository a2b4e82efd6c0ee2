// What the use cases need from the outside, in the domain's words. Adapters implement these; tests give
// doubles that keep the same contract suites.
import type { AuditReport } from "./domain/audit.ts";
import type { Brake } from "./domain/brake.ts";
import type { Currency } from "./domain/money.ts";
import type { Order } from "./domain/order.ts";
import type { PaymentRecord } from "./domain/payment-record.ts";
import type { ReceiptBook, ReceiptDraft, ReceiptRecord } from "./domain/receipt.ts";
import type { Refund } from "./domain/refund.ts";

export interface Clock {
  nowMs(): number;
}

/** Waits; only for a caller whose own request is being worked on by somebody else. */
export type Pause = (ms: number) => Promise<void>;

/** The names things get that only hashing or chance can give. */
export interface Identifiers {
  /** `rf_` and the first 16 bytes of SHA-256 over order number and key, so that a refund needs no index. */
  refundId(merchantUid: string, idempotencyKey: string): string;
  /** `#` and nine base32 characters of the refund's id. */
  tag(refundId: string): string;
  /** Random, for one send of one invocation. */
  newOwner(): string;
}

/** The table did not answer, or not in time. Whether a write took effect is unknown. */
export class StorageUnavailableError extends Error {
  override readonly name = "StorageUnavailableError";
}

export type CreateResult =
  | { readonly outcome: "created" }
  /** The number is taken; this is the order that has it. */
  | { readonly outcome: "exists"; readonly order: Order };

export type UpdateResult =
  | { readonly outcome: "updated"; readonly order: Order }
  /** Somebody else wrote first; nothing was changed. This is what they wrote. */
  | { readonly outcome: "conflict"; readonly order: Order };

export interface OrderPage {
  readonly orders: readonly Order[];
  readonly next: PagePosition | null;
}

/** Per shard, the last order already given; null where the shard has not been entered. */
export type PagePosition = readonly ({ readonly merchantUid: string; readonly createdAtMs: number } | null)[];

export interface CallOptions {
  /** Ends the call early; what it was doing has then no known outcome. */
  readonly signal?: AbortSignal | undefined;
}

export interface FetchOptions extends CallOptions {
  /** For a caller with no time for a second try. */
  readonly triesOnce?: boolean;
}

/** Orders, one item each; every change is one conditional write on the version. */
export interface OrderStore {
  /** Reads the newest written version. */
  read(merchantUid: string, options?: CallOptions): Promise<Order | null>;
  /** Stores a new order once; never overwrites. */
  create(order: Order): Promise<CreateResult>;
  /** Writes `next` if the stored version is still the one of `previous`; moves the version by one. */
  update(previous: Order, next: Order, options?: CallOptions): Promise<UpdateResult>;
}

/** Finished refunds, one item each, put once. */
export interface RefundStore {
  readRefund(merchantUid: string, refundId: string): Promise<Refund | null>;
  readRefunds(merchantUid: string, refundIds: readonly string[]): Promise<readonly Refund[]>;
  /** Stores it if none is stored yet; the stored one wins and is returned. */
  keepRefund(refund: Refund): Promise<Refund>;
}

/** The one item that counts automatic give-backs. */
export interface BrakeStore {
  /** A resting brake and version 0 when none was ever needed. */
  readBrake(): Promise<{ readonly brake: Brake; readonly version: number }>;
  /** False when somebody else wrote first. */
  writeBrake(brake: Brake, previousVersion: number): Promise<boolean>;
}

/** PortOne calls that may be made on a stranger's word, over all instances. */
export interface CallBudget {
  /** False when this minute's are used up, for all orders or for this one. */
  take(merchantUid: string, nowMs: number): Promise<boolean>;
}

/** Amounts PortOne holds windows to. */
export interface AmountRegistry {
  /** Never throws and never takes long; `differs` means that windows of this order will be refused. */
  register(amount: {
    readonly merchantUid: string;
    readonly amount: number;
    readonly currency: Currency;
  }): Promise<"registered" | "differs" | "unknown">;
}

/** Tells people that something needs them; the words are those of `review_reason` and the history. */
export interface Alarms {
  raise(code: string, order: Pick<Order, "merchantUid">): void;
}

/** A sale outside PortOne that has, or had, a cash receipt. */
export interface ExternalSale {
  readonly merchantUid: string;
  readonly book: ReceiptBook;
  readonly dueAtMs: number | null;
  /** Sweeps that looked at the call in flight. */
  readonly looks: number;
  readonly version: number;
}

export type SaleUpdateResult =
  | { readonly outcome: "updated"; readonly sale: ExternalSale }
  | { readonly outcome: "conflict"; readonly sale: ExternalSale };

export interface ExternalSaleStore {
  readSale(merchantUid: string): Promise<ExternalSale | null>;
  /** Writes the next version; a null `previous` creates it. */
  writeSale(previous: ExternalSale | null, next: Omit<ExternalSale, "version">): Promise<SaleUpdateResult>;
}

/** What the sweep may pick up. */
export type DueItem = {
  readonly kind: "order" | "external_sale" | "delivery";
  readonly merchantUid: string;
};

export interface DueList {
  /** Items whose look is due, from shards in random order; a hint, so each is read again before work. */
  listDue(nowMs: number, limit: number): Promise<readonly DueItem[]>;
}

export interface DayList {
  /** Orders created on a KST day, oldest first; nothing twice, nothing left out. */
  listDay(day: string, limit: number, after: PagePosition | null): Promise<OrderPage>;
}

/** PortOne did not say: no connection, no answer in time, a broken answer, 5xx, 429, or a refused login. */
export interface Unavailable {
  readonly outcome: "unavailable";
  readonly why: string;
}

export type FetchResult =
  | { readonly outcome: "found"; readonly record: PaymentRecord }
  | { readonly outcome: "absent" }
  | Unavailable;

export type FindResult =
  | { readonly outcome: "found"; readonly records: readonly PaymentRecord[] }
  | Unavailable;

/** PortOne's record. Reads only; asking never changes anything. */
export interface PaymentGateway {
  /** One attempt. A test-channel payment is `absent` unless this deployment accepts the sandbox. */
  fetchPayment(impUid: string, options?: FetchOptions): Promise<FetchResult>;
  /** Every attempt of an order number, all pages; an empty list when PortOne knows none. */
  findPayments(merchantUid: string): Promise<FindResult>;
}

export interface CancelRequest {
  readonly impUid: string;
  readonly amount: number;
  /** Left out for virtual accounts, where KSNET takes none. */
  readonly taxFree: number | null;
  readonly checksum: number;
  readonly reason: string;
  readonly requester: "customer" | "admin" | null;
  readonly account: RefundAccount | null;
}

/** Where a virtual-account refund is paid to. Handed through for one call, never stored or logged. */
export interface RefundAccount {
  readonly holder: string;
  readonly bank: string;
  readonly number: string;
}

export type MoneyCallResult<Done> =
  | { readonly outcome: "done"; readonly value: Done }
  /** PortOne answered no. The text is the provider's own, shown and never decided by. */
  | { readonly outcome: "refused"; readonly message: string | null }
  /** No answer, or none that can be read: it may have happened, or may yet. */
  | { readonly outcome: "unknown"; readonly why: string };

export interface ListPage {
  readonly outcome: "found";
  readonly records: readonly PaymentRecord[];
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
  fetchPayments(impUids: readonly string[]): Promise<FindResult>;
}

/** Audit reports, one item a day. */
export interface AuditStore {
  readAudit(day: string): Promise<{ readonly report: AuditReport; readonly version: number } | null>;
  /** False when somebody else wrote first. */
  writeAudit(report: AuditReport, previousVersion: number): Promise<boolean>;
}

/** Calls that move money. None is ever repeated inside (but for a refused token), none has a second chance. */
export interface MoneyGateway {
  /** Logs in if needed, so that a claim is not made for a call that could not even start. */
  prepare(): Promise<{ readonly outcome: "ready" } | Unavailable>;
  cancel(request: CancelRequest): Promise<MoneyCallResult<PaymentRecord>>;
  /** Closes an account nobody has paid into; moves no money, so it may be repeated. */
  revokeAccount(impUid: string): Promise<MoneyCallResult<PaymentRecord>>;
}

/** Whose receipt: a PortOne payment's, or a sale's of our own. */
export type ReceiptTarget =
  | { readonly kind: "payment"; readonly impUid: string }
  | { readonly kind: "external"; readonly merchantUid: string };

export interface ReceiptIssueRequest {
  readonly target: ReceiptTarget;
  readonly draft: ReceiptDraft;
  readonly identifier: string;
  readonly identifierType: string | null;
  readonly productType: "real" | "digital";
  readonly buyerName: string;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  /** Only for a sale outside PortOne. */
  readonly saleName: string | null;
}

export interface ReceiptGateway {
  prepare(): Promise<{ readonly outcome: "ready" } | Unavailable>;
  issueReceipt(request: ReceiptIssueRequest): Promise<MoneyCallResult<ReceiptRecord>>;
  cancelReceipt(target: ReceiptTarget): Promise<MoneyCallResult<ReceiptRecord>>;
  /** The receipt, live or cancelled; null when there never was one. */
  fetchReceipt(
    target: ReceiptTarget,
  ): Promise<{ readonly outcome: "found"; readonly record: ReceiptRecord | null } | Unavailable>;
}
