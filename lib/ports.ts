// What the use cases need from the outside, in the domain's words. Adapters implement these; tests give
// doubles that keep the same contract suites.
import type { Order } from "./domain/order.ts";
import type { PaymentRecord } from "./domain/payment-record.ts";

export interface Clock {
  nowMs(): number;
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
