// What PortOne's record proves about a call for a cash receipt, and what becomes of its slot. A DELETE names no
// receipt, and an issue that was lost may come after one: either is repeated only after QUIET.
import type { Money } from "./money.ts";
import {
  firstSend,
  type HeldReceipt,
  isQuiet,
  nextSend,
  quietMs,
  type Receipt,
  type ReceiptDraft,
  type ReceiptOperation,
  type ReceiptSlot,
} from "./operation.ts";

/** PortOne's record of a receipt. */
export interface ReceiptRecord {
  readonly applyNum: string;
  readonly amount: Money;
  readonly vat: Money;
  readonly receiptTid: string | null;
  readonly receiptUrl: string | null;
  /** Null when PortOne told no time. */
  readonly appliedAtMs: number | null;
  readonly cancelledAtMs: number | null;
}

/** Nothing was ever issued, asked for or sent. */
export const noReceipt: HeldReceipt = { receipt: null, operation: null, recipient: null };
export const emptySlot: ReceiptSlot = { ...noReceipt, handedOver: null, reviewReason: null };

/** The first call and at most five more: a repeat does no harm, and two hours of trouble at PortOne call nobody. */
const mostSends = 6;
/** From an issue to the read that sees what a late DELETE did to it, and what of its answer was not so. */
export const readAgainMs = 24 * 3_600_000;

/** What is asked of PortOne. Whoever issues says for whom, sealed. */
export type ReceiptClaim = Pick<ReceiptOperation, "isFollowing"> &
  (
    | { readonly kind: "receipt_issue"; readonly draft: ReceiptDraft; readonly recipient: string }
    | { readonly kind: "receipt_cancel"; readonly draft: null }
  );

/** The receipt's number in its order: the one that is issued, or the one that is cancelled. */
export const receiptOperationId = (kind: ReceiptOperation["kind"], receipt: Receipt | null): string =>
  `${kind}-${(receipt?.generation ?? 0) + (kind === "receipt_issue" ? 1 : 0)}`;

/** The slot with a call claimed, its send counted before it is made. */
export function claimReceipt(
  slot: ReceiptSlot,
  wanted: ReceiptClaim,
  claimToken: string,
  nowMs: number,
): ReceiptSlot & { readonly operation: ReceiptOperation } {
  const { receipt, operation: before } = slot;
  const { kind, draft, isFollowing } = wanted;
  const sent = before?.kind === kind ? nextSend(before, claimToken, nowMs) : firstSend(claimToken, nowMs);
  const recipient = wanted.kind === "receipt_issue" ? wanted.recipient : slot.recipient;
  return {
    ...slot,
    recipient,
    operation: { ...sent, id: receiptOperationId(kind, receipt), kind, draft, isFollowing },
  };
}

export const markReceiptUnknown = (slot: ReceiptSlot): ReceiptSlot =>
  slot.operation ? { ...slot, operation: { ...slot.operation, state: "unknown" } } : slot;

/** Nothing came of the call. */
export const releaseReceipt = (slot: ReceiptSlot): ReceiptSlot => ({ ...slot, operation: null });

/** Nothing came of the call, and nobody is told later: a first issue that was refused leaves nothing wanted. */
export const forgetReceipt = (slot: ReceiptSlot): ReceiptSlot => ({
  ...slot,
  operation: null,
  recipient: slot.operation?.kind === "receipt_issue" ? null : slot.recipient,
});

/** Whoever asked for the receipt wants none any more; what is on its way takes nothing else along. */
export const wantNoReceipt = (slot: ReceiptSlot): ReceiptSlot => ({
  ...slot,
  operation: slot.operation && { ...slot.operation, isFollowing: false },
  recipient: slot.operation ? slot.recipient : null,
  handedOver: null,
});

/** Only a person can make the receipt right for this remainder; a mark that is set already stays. */
export const handReceiptOver = (slot: ReceiptSlot, remaining: Money): ReceiptSlot => ({
  ...slot,
  operation: null,
  handedOver: remaining,
  reviewReason: slot.reviewReason ?? "receipt_refused",
});

/** Where receipts are not to follow the money: nothing is kept for it, and nobody is called. */
export const leaveReceipt = (slot: ReceiptSlot, remaining: Money): ReceiptSlot => ({
  ...slot,
  recipient: null,
  handedOver: remaining,
});

/** What a person was told is right again. */
export const markAfter = ({ reviewReason }: ReceiptSlot, isRight: boolean) =>
  isRight && reviewReason === "receipt_refused" ? null : reviewReason;

/** How PortOne's record answered the call. */
export interface ReceiptAnswer {
  readonly record: ReceiptRecord;
  /** It is the answer of the only send ever made, so that nothing of it can come later. */
  readonly isAnswered: boolean;
  /** The receipt may have to be issued again, so that for whom is kept. */
  readonly isFollowed: boolean;
}

/** The slot after PortOne's record answered the operation in flight. */
export function finishReceipt(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  answer: ReceiptAnswer,
): ReceiptSlot {
  return operation.kind === "receipt_cancel"
    ? finishCancel(slot, operation, answer)
    : finishIssue(slot, operation, answer);
}

function finishCancel(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  { record, isAnswered }: ReceiptAnswer,
): ReceiptSlot {
  const receipt = slot.receipt && {
    ...slot.receipt,
    state: "cancelled" as const,
    cancelledAtMs: record.cancelledAtMs ?? operation.sentAtMs,
    restsUntilMs: isAnswered ? null : operation.sentAtMs + quietMs,
    readAtMs: null,
  };
  // Whoever takes the receipt back wants none any more.
  const wanted = operation.isFollowing ? {} : { recipient: null, handedOver: null };
  return { ...slot, receipt, operation: null, ...wanted };
}

function finishIssue(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  { record, isAnswered, isFollowed }: ReceiptAnswer,
): ReceiptSlot {
  const { draft, isFollowing, sentAtMs } = operation;
  if (!draft) throw new Error(`operation ${operation.id} issues nothing`);
  const isAsAsked = draft.amount === record.amount;
  // Of one that follows, an earlier send, found later, was for what was left then.
  const isOdd = !isAsAsked && (isAnswered || !isFollowed);
  const receipt: Receipt = {
    ...record,
    appliedAtMs: record.appliedAtMs ?? sentAtMs,
    state: "issued",
    type: draft.type,
    identifierMasked: draft.identifierMasked,
    askedAmount: isOdd ? draft.amount : null,
    taxFree: draft.taxFree,
    cancelledAtMs: null,
    restsUntilMs: null,
    readAtMs: sentAtMs + (isAsAsked ? readAgainMs : quietMs),
    generation: (slot.receipt?.generation ?? 0) + 1,
    origin: isFollowing ? "follow_through" : "merchant",
  };
  return {
    receipt,
    operation: null,
    recipient: isFollowed ? slot.recipient : null,
    handedOver: null,
    reviewReason: markAfter(slot, isAsAsked),
  };
}

export type ReceiptVerdict = "happened" | "wait" | "nothing_happened" | "send_again" | "stuck";

/** What PortOne's receipt, or its absence (null), says about the operation in flight. */
export function resolveReceipt(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  record: ReceiptRecord | null,
  nowMs: number,
): ReceiptVerdict {
  if (record !== null && isDoneBy(record, operation, slot)) return "happened";
  if (!isQuiet(operation, nowMs)) return "wait";
  // Of one that was sent before it was kept for whom, only the caller knows.
  if (operation.kind === "receipt_issue" && slot.recipient === null) return "nothing_happened";
  return operation.sends < mostSends ? "send_again" : "stuck";
}

/** A receipt that lives and is not the one before, or the one before cancelled. */
const isDoneBy = (
  { applyNum, cancelledAtMs }: ReceiptRecord,
  { kind }: ReceiptOperation,
  { receipt }: ReceiptSlot,
): boolean =>
  kind === "receipt_issue"
    ? cancelledAtMs === null && applyNum !== receipt?.applyNum
    : cancelledAtMs !== null && applyNum === receipt?.applyNum;

/** A DELETE of it may still be on its way, and would meet the next one. */
export const isResting = (receipt: Receipt | null, nowMs: number): receipt is Receipt =>
  receipt !== null && receipt.restsUntilMs !== null && nowMs < receipt.restsUntilMs;

/** The provider made it out for something else than what was and is left: issuing it again mends nothing. */
export const isDisputed = (receipt: Receipt | null, remaining: Money): receipt is Receipt =>
  receipt?.state === "issued" && receipt.askedAmount === remaining;

/** Whatever more went back when it was issued has been seen by now. */
export const isKnownByNow = ({ appliedAtMs }: Receipt, nowMs: number): boolean =>
  isQuiet({ sentAtMs: appliedAtMs }, nowMs);
