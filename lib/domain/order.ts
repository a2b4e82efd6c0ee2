// An order's data, and what can be read from it. What changes an order is in order-change.ts.
import type { CustomData } from "./custom-data.ts";
import { type Currency, least, type Money, minus, sum } from "./money.ts";
import type {
  CancelOperation,
  Charge,
  ChargeResult,
  Instruction,
  Receipt,
  ReceiptOperation,
  Reservation,
} from "./operation.ts";
import type { SalesSlip, VirtualAccount } from "./payment-record.ts";
import type { ReviewReason } from "./review.ts";

export const orderStates = [
  "created",
  "approved",
  "awaiting_deposit",
  "paid",
  "partially_refunded",
  "refunded",
  "failed",
  "expired",
  "voided",
] as const;
export type OrderState = (typeof orderStates)[number];

/** Who causes a change: the merchant's call, PortOne's, the buyer's browser, the clock, or a person. */
export const actors = ["merchant", "buyer", "portone", "sweep", "audit", "operator"] as const;
export type Actor = (typeof actors)[number];

/** Who changes an order, and when. Travels as one value. */
export interface Stamp {
  readonly by: Actor;
  readonly atMs: number;
  /** The name of the merchant key that asked; absent where nobody showed one. */
  readonly key?: string | null;
}

export const attemptStates = ["approved", "ready", "paid", "failed", "abandoned", "given_back"] as const;
export type AttemptState = (typeof attemptStates)[number];

/** A cancel we know of, once by its `cancellation_id`. */
export interface Cancel {
  readonly cancellationId: string;
  readonly amount: Money;
  readonly atMs: number;
  /** Known only of our own refunds; PortOne's record does not split a cancel by tax. */
  readonly taxFree: Money;
  /** The refund of ours that made it; null for one made in PortOne's console. */
  readonly refundId: string | null;
}

/** A look that has to be taken at this time or later, of one attempt or of all of them (null). */
export interface OwedRead {
  readonly atMs: number;
  readonly impUid: string | null;
}

export const giveBackStates = ["wanted", "done"] as const;

/** One `imp_uid`. All facts about money belong to an attempt; the order only adds them up. */
export interface Attempt {
  readonly impUid: string;
  readonly state: AttemptState;
  readonly amount: Money;
  /** PortOne's word; differs from the order's only in a payment that failed verification. */
  readonly currency: string;
  readonly stateSinceMs: number;
  /** When PortOne took the money, by its record; null until then. */
  readonly paidAtMs: number | null;
  /** confirm said yes to it, so its end is the end of the order's approval. */
  readonly wasApproved: boolean;
  /** Its hold was extended once because PortOne still showed an open window. */
  readonly holdExtended: boolean;
  readonly cancels: readonly Cancel[];
  /** What the buyer really paid with; null until money was taken. */
  readonly payMethod: string | null;
  /** Of the one that pays the order; null for any other. */
  readonly slip: SalesSlip | null;
  readonly cashReceiptIssued: boolean;
  readonly giveBack: (typeof giveBackStates)[number] | null;
  /** An operator let its give-back go past the brake; used up by the write that claims it. */
  readonly isReleased: boolean;
  /** Its account is to be revoked: nothing may be paid into it any more. */
  readonly isRevoking: boolean;
  readonly account: VirtualAccount | null;
}

/** Of attempts that were folded: how many, and what was taken and given back. */
export interface FoldedAttempts {
  readonly count: number;
  readonly givenBack: Money;
  /** Their last cancel: what was taken and wholly cancelled by then may be one of them. */
  readonly untilMs: number;
}

export interface HistoryEntry extends Stamp {
  readonly key: string | null;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string | null;
}

export interface Order {
  readonly merchantUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: Currency;
  readonly name: string;
  readonly payMethod: string;
  readonly buyerName: string;
  readonly escrow: boolean;
  /** The merchant's own, handed on to PortOne and never read. */
  readonly customData: CustomData | null;
  /** Hash of the body it was created from: the same body again is the same order. */
  readonly bodyHash: string;
  readonly state: OrderState;
  /** The attempt that paid it; set once, never changed. */
  readonly impUid: string | null;
  readonly attempts: readonly Attempt[];
  /** Attempts that no room is left for; none of them holds money. Null while all are kept. */
  readonly folded: FoldedAttempts | null;
  readonly reviewReason: ReviewReason | null;
  /** When it was marked; another mark in its place does not make it wait from anew. */
  readonly reviewSinceMs: number | null;
  /** The money slot: the one cancel in flight. */
  readonly cancel: CancelOperation | null;
  /** The charge without a window that is in flight or reserved. */
  readonly charge: Charge | null;
  readonly chargeResult: ChargeResult | null;
  /** What PortOne is being told to do later, or no longer. */
  readonly instruction: Instruction | null;
  readonly reservation: Reservation | null;
  /** The merchant had us ask for an account, so that one that turns up is the buyer's own. */
  readonly isAccountAsked: boolean;
  /** The order of the same debt this one was closed for, and the one it was made instead of. */
  readonly supersededBy: string | null;
  readonly replaces: string | null;
  readonly receipt: Receipt | null;
  /** A slot of its own, so that a receipt in doubt never blocks a refund; what it holds is told in operation.ts. */
  readonly receiptOperation: ReceiptOperation | null;
  readonly receiptRecipient: string | null;
  readonly receiptHandedOver: Money | null;
  /** Looks owed whatever the state, earliest first: each is paid by one that was fit to see what it is owed for. */
  readonly owedReads: readonly OwedRead[];
  /** The last refunds that ended without a cancel: one that still shows up carries their tag. */
  readonly refusedRefunds: readonly string[];
  readonly history: readonly HistoryEntry[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly holdUntilMs: number | null;
  readonly paidAtMs: number | null;
  readonly voidedAtMs: number | null;
  /** The merchant wants it void as soon as no account is open any more. */
  readonly isVoidWanted: boolean;
  /** A full look after `expiresAtMs` found nothing alive but accounts and open windows, which are followed to their end. */
  readonly isExpired: boolean;
  /** Attempts whose windows the last look at everything showed open, while nothing has paid the order. */
  readonly openWindows: readonly string[];
  /** Windows of it may be paid in until then, although it is paid, expired or void, or will have expired by then. */
  readonly openUntilMs: number | null;
  /** Somebody wants it looked at since then. Pays no debt and is none. */
  readonly lookNowAtMs: number | null;
  /** Since when something waits to be carried out: money to go back, an account to close, a charge to send. */
  readonly wishedAtMs: number | null;
  /** The next rung of the ladder; null while it is not climbed. */
  readonly nextLookAtMs: number | null;
  /** When the sweep last came: what was owed by then is looked at again by the ladder. */
  readonly lookedAtMs: number | null;
  /** The claim of the sweep that looks at it now; any other write removes it. */
  readonly lookClaim: string | null;
  /** Sweeps that looked since something last changed; the rung of the ladder. */
  readonly looks: number;
  /** Looks in a row that nobody answered, so that they used up no rung. */
  readonly silences: number;
  /** When the sweep looks next, computed from all of these; null while nothing is owed. */
  readonly dueAtMs: number | null;
  readonly version: number;
}

/** What each state of an attempt means: the buyer may still pay, money was taken, or neither. */
const attemptMeanings: Readonly<Record<AttemptState, "open" | "holds_money" | "ended">> = {
  approved: "open",
  ready: "open",
  paid: "holds_money",
  failed: "ended",
  abandoned: "ended",
  given_back: "holds_money",
};

/** An attempt that holds or held a buyer's money, which may never be forgotten. */
export const holdsMoney = ({ state }: Pick<Attempt, "state">): boolean =>
  attemptMeanings[state] === "holds_money";
export const hasEnded = ({ state }: Pick<Attempt, "state">): boolean => attemptMeanings[state] === "ended";
export const isOpen = ({ state }: Pick<Attempt, "state">): boolean => attemptMeanings[state] === "open";

export const cancelledOf = ({ cancels }: Attempt): Money => sum(cancels.map(({ amount }) => amount));
export const remainingOfAttempt = (attempt: Attempt): Money => minus(attempt.amount, cancelledOf(attempt));
type Paying = Pick<Order, "impUid" | "attempts" | "amount" | "taxFree">;
export const attemptOf = (order: Pick<Order, "attempts">, impUid: string): Attempt | undefined =>
  order.attempts.find((attempt) => attempt.impUid === impUid);
export const payingAttempt = (order: Paying): Attempt | undefined =>
  order.impUid === null ? undefined : attemptOf(order, order.impUid);
export const approvedAttempt = (order: Order): Attempt | undefined =>
  order.attempts.find((attempt) => attempt.state === "approved");

/** What of the order's money has been given back, counted on the attempt that paid it. */
export function cancelAmountOf(order: Paying): Money {
  const paying = payingAttempt(order);
  return paying ? cancelledOf(paying) : sum([]);
}
export const remainingOf = (order: Paying): Money => minus(order.amount, cancelAmountOf(order));
/** The tax-free part of our own refunds of the paying attempt. */
export const cancelTaxFreeOf = (order: Paying): Money =>
  sum((payingAttempt(order)?.cancels ?? []).map(({ taxFree }) => taxFree));

/** A console cancel does not tell its tax-free part, but never can more be tax-free than is left. */
export const remainingTaxFreeOf = (order: Paying): Money =>
  least(minus(order.taxFree, cancelTaxFreeOf(order)), remainingOf(order));

export const newAttempt = (
  impUid: string,
  order: Pick<Order, "amount" | "currency">,
  stateSinceMs: number,
): Attempt => ({
  impUid,
  state: "approved",
  amount: order.amount,
  currency: order.currency,
  stateSinceMs,
  paidAtMs: null,
  wasApproved: false,
  holdExtended: false,
  cancels: [],
  payMethod: null,
  slip: null,
  cashReceiptIssued: false,
  giveBack: null,
  isReleased: false,
  isRevoking: false,
  account: null,
});

export const withAttempt = (attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] =>
  attempts.some((known) => known.impUid === attempt.impUid)
    ? attempts.map((known) => (known.impUid === attempt.impUid ? attempt : known))
    : [...attempts, attempt];
