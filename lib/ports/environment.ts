// What use cases need of the machine they run on: the time, patience, names, and somebody to tell.
import type { Order } from "../domain/order.ts";

export interface Clock {
  nowMs(): number;
}

/** One invocation of a function. */
export interface Call {
  readonly requestId: string;
  /** What is left until Lambda ends it. */
  readonly timeLeftMs: () => number;
  /** The name of the merchant key that asked; null where nobody showed one. */
  readonly key: string | null;
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
  newClaimToken(): string;
}

/** Tells people that something needs them; the words are those of `review_reason` and the history. */
export interface Alarms {
  /** `why`: what the order's history says of it, where that is more than the code. */
  raise(code: string, order: Pick<Order, "merchantUid">, why?: string | null): void;
  /** A buyer paid on the test channel, which is not taken here: nobody's alarm, and most likely a setting. */
  tellTestPayment(order: Pick<Order, "merchantUid">): void;
  /** An order was found to be paid. */
  tellPaid(): void;
}

/** Counts what one invocation does; its last line says it. */
export interface Tally<Name extends string = string> {
  count(name: Name): void;
  /** What was counted since the last time. */
  take(): Readonly<Partial<Record<Name, number>>>;
}

/** Names what went wrong with one of many, so that it does not end the others. */
export interface Troubles {
  tell(merchantUid: string, why: string): void;
  tellDay(day: string, why: string): void;
}

export interface CallOptions {
  /** Ends the call early; what it was doing has then no known outcome. */
  readonly signal?: AbortSignal | undefined;
}
