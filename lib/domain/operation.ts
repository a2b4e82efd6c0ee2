// What every call that changes something at PortOne shares. Each is written down before it is sent, so that after a
// crash or a lost answer it is known what may have happened. PortOne has no idempotency key, so nothing is sent
// again, and nothing concluded from an absence, before QUIET has passed since the last send. An order has three
// slots for such calls: a cancel, a charge, and a receipt's, and one for what PortOne is told to do later; here is
// what they hold.
import { type RefundRuleCode, refundRuleCodes } from "./ksnet/rule-code.ts";
import type { Money } from "./money.ts";
import type { ReviewReason } from "./review.ts";
import { cutToBytes } from "./text.ts";

/** QUIET: how long a request that was given up may still take effect. */
export const quietMs = 10 * 60_000;
/** A send begins at once after its claim or not at all: an old claim must not wake up and send. */
const sendWindowMs = 5_000;
/** How long somebody may still be at work on a claim: the call's limit and the record of it. */
const workingMs = 15_000;
/** From a send to the first look at what became of it. */
export const firstLookAfterSendMs = 60_000;

export interface Operation {
  /** `claimed`: somebody is about to send, or died doing so. `unknown`: no answer came. Others have sent nothing. */
  readonly state: string;
  /** Random per invocation: only who wrote it sends, once. */
  readonly claimToken: string;
  readonly sends: number;
  readonly sentAtMs: number;
  readonly sinceMs: number;
}

/** The first send of an operation, counted before it is made. */
export const firstSend = (claimToken: string, atMs: number) => ({
  state: "claimed" as const,
  claimToken,
  sends: 1,
  sentAtMs: atMs,
  sinceMs: atMs,
});

/** An operation that waits for its time: nothing is sent, and nothing is counted as sent. */
export const notSentYet = (claimToken: string, atMs: number) => ({
  state: "scheduled" as const,
  claimToken,
  sends: 0,
  sentAtMs: atMs,
  sinceMs: atMs,
});

/** One more send, counted before it is made, under a claim of its own. */
export const nextSend = <Sent extends Operation>(sent: Sent, claimToken: string, atMs: number) => ({
  ...sent,
  state: "claimed" as const,
  claimToken,
  sends: sent.sends + 1,
  sentAtMs: atMs,
});

/** Nothing that was sent can still take effect. */
export const isQuiet = ({ sentAtMs }: Pick<Operation, "sentAtMs">, nowMs: number): boolean =>
  nowMs >= sentAtMs + quietMs;
/** The claim is fresh enough to be sent on. */
export const maySendStill = ({ sentAtMs }: Operation, nowMs: number): boolean =>
  nowMs - sentAtMs <= sendWindowMs;
/** Whoever claimed it may be waiting for its answer. */
export const isAtWork = ({ state, sentAtMs }: Operation, nowMs: number): boolean =>
  state === "claimed" && nowMs - sentAtMs < workingMs;

export const cancelKinds = ["refund", "give_back"] as const;
/** `scheduled`: waits for the morning. `closed`: will never be sent, and only its end is to be written. */
export const cancelStates = ["claimed", "unknown", "scheduled", "closed"] as const;
export const requesters = ["customer", "admin"] as const;

/** How a cancel ends that will never happen. */
export const plainCancelRefusals = ["provider_refused", "remaining_changed"] as const;
/** Beside them a rule of KSNET's that forbade it when its time had come. */
export const cancelRefusals = [...plainCancelRefusals, ...refundRuleCodes] as const;
export type PlainCancelRefusal = (typeof plainCancelRefusals)[number];
export type CancelRefusal = PlainCancelRefusal | RefundRuleCode;

/** The cancel in flight: money on its way back. */
export interface CancelOperation extends Operation {
  /** The refund's id. */
  readonly id: string;
  /** A give-back is a refund nobody asked for: money that must not stay. */
  readonly kind: (typeof cancelKinds)[number];
  readonly state: (typeof cancelStates)[number];
  readonly impUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  /** What was left of the attempt when it was claimed; every send carries it. */
  readonly checksum: Money;
  /** Stands at the front of `reason`, so that a `cancel_history` entry names its refund. */
  readonly tag: string;
  readonly reason: string | null;
  readonly requester: (typeof requesters)[number] | null;
  readonly bodyHash: string;
  /** Where a virtual account's refund is paid to, sealed; gone with the slot. */
  readonly account: string | null;
  /** It is not sent before this time; null where it may go at once. */
  readonly scheduledAtMs: number | null;
  /** Why a closed one is never sent; null where it was taken back. */
  readonly closedBy: CancelRefusal | null;
  /** PortOne said no to the only send, and its record, which has the last word, could not be read yet. */
  readonly refused: Refused | null;
}

/** What an order has room for of PortOne's words: thirty Korean characters. */
const keptWordsBytes = 90;

/** A no as it is kept with the call it answered, until the record is read. */
export const keptInSlot = (refused: Refused | null): Refused | null =>
  refused && { message: refused.message && cutToBytes(refused.message, keptWordsBytes) };

/** PortOne's no, with its words; null where it said none. */
export interface Refused {
  readonly message: string | null;
}

export const productTypes = ["real", "digital"] as const;
/** KSNET's word for what is sold; a charge and a receipt need it (R-KS-14, R-KS-16). */
export type ProductType = (typeof productTypes)[number];

export const instructionKinds = ["schedule", "reschedule", "unschedule", "vbank_issue"] as const;
export const instructionStates = ["claimed", "unknown", "resend"] as const;

/** The call in flight that tells PortOne to do something later, or no longer. Moves no money by itself. */
export interface Instruction extends Operation {
  readonly kind: (typeof instructionKinds)[number];
  /** `resend`: nothing of it can happen any more, or nothing was sent yet; it may go out. */
  readonly state: (typeof instructionStates)[number];
  /** When the charge is to be made, or was to be made where it is revoked; until when an account is open. */
  readonly wantedAtMs: number;
  /** Of an account to be opened; null otherwise. */
  readonly account: { readonly bankCode: string; readonly productType: ProductType } | null;
  /** PortOne said no to the only send, and its record, which has the last word, could not be read yet. */
  readonly refused: Refused | null;
}

/** What was reserved: kept for the order's life, whatever became of it. */
export interface Reservation {
  readonly customerUid: string;
  readonly productType: ProductType;
  readonly scheduledAtMs: number;
}

export const chargeWays = ["onetime", "again", "schedule", "retry"] as const;
export const chargeStates = ["claimed", "unknown", "scheduled", "resend"] as const;

/** The charge without a window that is in flight or reserved. */
export interface Charge extends Operation {
  /** `onetime` carries card data nobody kept, so it can never be sent again; a `schedule` is sent by PortOne. */
  readonly via: (typeof chargeWays)[number];
  /** `resend`: certainly not made, may go out once more. */
  readonly state: (typeof chargeStates)[number];
  readonly customerUid: string | null;
  readonly productType: ProductType;
  /** Months; null for one payment. */
  readonly cardQuota: number | null;
  /** When PortOne is to make it; null for one made at once. */
  readonly scheduledAtMs: number | null;
}

export const chargeStatuses = ["paid", "failed"] as const;

/** What a charge came to, kept for whoever asks again. */
export interface ChargeResult {
  readonly status: (typeof chargeStatuses)[number];
  readonly impUid: string | null;
  /** The card company's words, or PortOne's; `charge_not_made` when nobody ever answered. */
  readonly failReason: string | null;
  /** What was charged: a retried or moved reservation charges the same again. */
  readonly productType: ProductType;
  /** The last send: a new number for the same debt has to wait QUIET from here. */
  readonly sentAtMs: number;
}

export const receiptKinds = ["receipt_issue", "receipt_cancel"] as const;
export const receiptOperationStates = ["claimed", "unknown"] as const;

/** The call about a cash receipt in flight. */
export interface ReceiptOperation extends Operation {
  readonly id: string;
  readonly kind: (typeof receiptKinds)[number];
  readonly state: (typeof receiptOperationStates)[number];
  /** Nobody asked for it: the receipt follows the money. */
  readonly isFollowing: boolean;
  /** What is being issued; null for a cancel. Of the identifier only its mask. */
  readonly draft: ReceiptDraft | null;
}

export const receiptTypes = ["person", "company"] as const;
export type ReceiptType = (typeof receiptTypes)[number];
export const receiptStates = ["issued", "cancelled"] as const;
export const receiptOrigins = ["merchant", "follow_through", "window"] as const;

export interface ReceiptDraft {
  readonly type: ReceiptType;
  readonly identifierMasked: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly bodyHash: string;
}

/** What the last call about the receipt came to. */
export interface Receipt {
  readonly state: (typeof receiptStates)[number];
  readonly type: ReceiptType;
  readonly identifierMasked: string;
  /** The provider's word, not ours: it issues for what is left of the payment. */
  readonly amount: Money;
  /** What was left by what we hold, where the provider made it out for something else; null where both agree. */
  readonly askedAmount: Money | null;
  readonly taxFree: Money;
  readonly vat: Money;
  readonly receiptTid: string | null;
  readonly applyNum: string;
  readonly receiptUrl: string | null;
  readonly appliedAtMs: number;
  readonly cancelledAtMs: number | null;
  /** A DELETE of it may still be on its way until then, and would meet the next one; null where none can be. */
  readonly restsUntilMs: number | null;
  /** When it is read once more; null once it was. */
  readonly readAtMs: number | null;
  /** Counts the receipts of this order or sale, from 1. */
  readonly generation: number;
  readonly origin: (typeof receiptOrigins)[number];
}

/** A receipt and the call about it: kept in an order, or in an item of its own for a sale outside PortOne. */
export interface HeldReceipt {
  readonly receipt: Receipt | null;
  readonly operation: ReceiptOperation | null;
  /** Whom a receipt is wanted for and how, sealed; null where none is, or where none can be needed any more. */
  readonly recipient: string | null;
}

export interface ReceiptSlot extends HeldReceipt {
  /** The remainder that a person was asked to make the receipt right for; null where nobody was. */
  readonly handedOver: Money | null;
  /** Why a person has to look at what it is kept in. */
  readonly reviewReason: ReviewReason | null;
}
