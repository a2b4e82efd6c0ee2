// What PortOne's record proves about a call for a cash receipt, and what becomes of its slot. A DELETE names no
// receipt, and an issue that was lost may come after one: either is repeated only after QUIET.
import type { Money } from "./money.ts";
import {
  firstSend,
  isQuiet,
  nextSend,
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

/** The first DELETE and at most two more. */
const mostCancelSends = 3;

/** The slot with a call claimed, its send counted before it is made. */
export function claimReceipt(
  slot: ReceiptSlot,
  wanted: { readonly kind: ReceiptOperation["kind"]; readonly draft: ReceiptDraft | null },
  claimToken: string,
  nowMs: number,
): ReceiptSlot & { readonly operation: ReceiptOperation } {
  const { receipt, operation: before } = slot;
  const generation = (receipt?.generation ?? 0) + (wanted.kind === "receipt_issue" ? 1 : 0);
  const sent =
    before?.kind === wanted.kind ? nextSend(before, claimToken, nowMs) : firstSend(claimToken, nowMs);
  return { receipt, operation: { ...sent, id: `${wanted.kind}-${generation}`, ...wanted } };
}

export const markReceiptUnknown = (slot: ReceiptSlot): ReceiptSlot =>
  slot.operation ? { ...slot, operation: { ...slot.operation, state: "unknown" } } : slot;

export const releaseReceipt = (slot: ReceiptSlot): ReceiptSlot => ({ ...slot, operation: null });

/** The slot after PortOne's record answered the operation in flight. */
export function finishReceipt(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  record: ReceiptRecord,
): ReceiptSlot {
  if (operation.kind === "receipt_cancel") {
    const receipt = slot.receipt && {
      ...slot.receipt,
      state: "cancelled" as const,
      cancelledAtMs: record.cancelledAtMs ?? operation.sentAtMs,
    };
    return { receipt, operation: null };
  }
  const { draft } = operation;
  if (!draft) throw new Error(`operation ${operation.id} issues nothing`);
  const receipt: Receipt = {
    ...record,
    appliedAtMs: record.appliedAtMs ?? operation.sentAtMs,
    state: "issued",
    type: draft.type,
    identifierMasked: draft.identifierMasked,
    taxFree: draft.taxFree,
    cancelledAtMs: null,
    generation: (slot.receipt?.generation ?? 0) + 1,
    origin: "merchant",
  };
  return { receipt, operation: null };
}

export type ReceiptVerdict = "happened" | "wait" | "nothing_happened" | "send_again" | "stuck";

/** What PortOne's receipt, or its absence (null), says about the operation in flight. */
export function resolveReceipt(
  slot: ReceiptSlot,
  operation: ReceiptOperation,
  record: ReceiptRecord | null,
  nowMs: number,
): ReceiptVerdict {
  const isOver = isQuiet(operation, nowMs);
  if (operation.kind === "receipt_issue") {
    const isNew =
      record !== null && record.cancelledAtMs === null && record.applyNum !== slot.receipt?.applyNum;
    if (isNew) return "happened";
    // Only the caller knows the identifier, so it is the caller's to send again.
    return isOver ? "nothing_happened" : "wait";
  }
  const isCancelled =
    record !== null && record.applyNum === slot.receipt?.applyNum && record.cancelledAtMs !== null;
  if (isCancelled) return "happened";
  if (!isOver) return "wait";
  return operation.sends < mostCancelSends ? "send_again" : "stuck";
}
