// What use cases need of the table, in the domain's words. Adapters implement these; tests give doubles, and one
// contract suite a port holds both to the same promises.
import type { AuditReport } from "../domain/audit.ts";
import type { Brake } from "../domain/brake.ts";
import type { Doubt } from "../domain/doubt.ts";
import type { Climb } from "../domain/ladder.ts";
import type { HeldReceipt } from "../domain/operation.ts";
import type { Order } from "../domain/order.ts";
import type { Refund } from "../domain/refund.ts";
import type { ReviewReason } from "../domain/review.ts";
import type { CallOptions } from "./environment.ts";

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
  /** So many of the page are stored and cannot be read. */
  readonly unreadable: number;
  readonly next: PagePosition | null;
}

/** Per shard, the last order already given, and its time in that list; null where the shard has not been entered. */
export type PagePosition = readonly ({ readonly merchantUid: string; readonly atMs: number } | null)[];

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
  take(merchantUid: string, nowMs: number, options?: CallOptions): Promise<boolean>;
}

/** A sale outside PortOne that has, or had, a cash receipt. */
export interface ExternalSale extends Climb {
  readonly merchantUid: string;
  readonly slot: HeldReceipt;
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

export interface ListedItem extends DueItem {
  /** Money may be on its way, held or paid in; otherwise nobody is known to have begun to pay. */
  readonly isMoney: boolean;
}

export interface DuePage {
  readonly items: readonly ListedItem[];
  readonly next: DuePosition | null;
}

/** Per shard, the last item already listed: null where it has not been entered, "end" where no more is due. */
export type DuePosition = readonly ({ readonly pk: string; readonly dueAtMs: number } | "end" | null)[];

/** What is due, counted; `oldestAtMs` is null when nothing is. */
export interface DueCount {
  readonly count: number;
  readonly oldestAtMs: number | null;
}

export interface DueList {
  /** A page of what is due, the longest due first; a hint, so each is read again before work. */
  listDue(nowMs: number, after: DuePosition | null): Promise<DuePage>;
  /** Everything that is due but for these, which the index may still show. */
  countDue(nowMs: number, besides: readonly DueItem[]): Promise<DueCount>;
  /** Moves the due time of an item that this code cannot read. False when somebody wrote it meanwhile. */
  putOff(item: DueItem, nowMs: number, dueAtMs: number): Promise<boolean>;
}

/** Calls of which nobody knows whether they happened. */
export interface DoubtList {
  /** Since when the longest of them is in doubt; null where none is. */
  oldestSinceMs(): Promise<number | null>;
}

/** What each sweep has at work, one item a sweep, so that the next one knows what ended its process. */
export interface SweepStore {
  readInWork(sweep: number): Promise<readonly DueItem[]>;
  keepInWork(sweep: number, items: readonly DueItem[]): Promise<void>;
}

export interface DayList {
  /** Orders created on a KST day, oldest first; nothing twice, nothing left out. */
  listDay(day: string, limit: number, after: PagePosition | null): Promise<OrderPage>;
  /** Those of these orders that exist, in no order. */
  readOrders(merchantUids: readonly string[]): Promise<OrdersRead>;
}

export interface OrdersRead {
  readonly orders: readonly Order[];
  /** The numbers of those that are stored and cannot be read. */
  readonly unreadable: readonly string[];
}

/** Counted to a bound; `isMore`: there are more than that. */
export interface Counted {
  readonly count: number;
  readonly isMore: boolean;
}

/** What has calls in doubt, and why a person has to look at it; null where nobody has to. */
export interface Doubtful extends DueItem {
  readonly doubts: readonly Doubt[];
  readonly reviewReason: ReviewReason | null;
}

/** What a desk watches; each in a bounded number of reads, whatever there is. */
export interface WatchList {
  /** Marked orders, the oldest mark first; nothing twice, nothing left out. */
  listReviews(limit: number, after: PagePosition | null): Promise<OrderPage>;
  countReviews(most: number): Promise<Counted>;
  /** What has calls in doubt, the longest in doubt first; an index that is behind may show what has none. */
  listDoubts(limit: number): Promise<{ readonly items: readonly Doubtful[]; readonly isMore: boolean }>;
  /** How much the sweep has to look at now. */
  glanceDue(nowMs: number, most: number): Promise<Counted & Pick<DueCount, "oldestAtMs">>;
}

/** Audit reports, one item a day. */
export interface AuditStore {
  readAudit(day: string): Promise<{ readonly report: AuditReport; readonly version: number } | null>;
  /** Those of these days that are kept, in no order. */
  readAudits(days: readonly string[]): Promise<readonly AuditReport[]>;
  /** False when somebody else wrote first. */
  writeAudit(report: AuditReport, previousVersion: number): Promise<boolean>;
}
