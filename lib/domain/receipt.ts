// A cash receipt and the one call about it that may be in flight. A receipt belongs to an order (its
// paying attempt) or to a sale outside PortOne; both keep it in the same two fields, here called a book.
// A DELETE names no receipt, so it is repeated only after QUIET; issuing again is safe at any time,
// because PortOne refuses a second live receipt.
import { quietMs } from "./cancel.ts";
import type { Money } from "./money.ts";

export type ReceiptType = "person" | "company";
export type IdentifierType = "person" | "business" | "phone" | "taxcard";
export type ReceiptOrigin = "merchant" | "follow_through" | "window";

export interface Receipt {
  readonly state: "issued" | "cancelled";
  readonly type: ReceiptType;
  readonly identifierMasked: string;
  /** The provider's word, not ours: it issues for what is left of the payment. */
  readonly amount: Money;
  readonly taxFree: Money;
  readonly vat: Money;
  readonly receiptTid: string | null;
  readonly applyNum: string;
  readonly receiptUrl: string | null;
  readonly appliedAtMs: number;
  readonly cancelledAtMs: number | null;
  /** Counts the receipts of this order or sale, from 1. */
  readonly generation: number;
  readonly origin: ReceiptOrigin;
}

export interface ReceiptOperation {
  readonly id: string;
  readonly kind: "receipt_issue" | "receipt_cancel";
  readonly state: "claimed" | "unknown";
  readonly owner: string;
  readonly sends: number;
  readonly sentAtMs: number;
  readonly sinceMs: number;
  /** What is being issued; null for a cancel. The identifier itself is not kept, only its mask. */
  readonly draft: ReceiptDraft | null;
}

export interface ReceiptDraft {
  readonly type: ReceiptType;
  readonly identifierMasked: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly bodyHash: string;
}

export interface ReceiptBook {
  readonly receipt: Receipt | null;
  readonly operation: ReceiptOperation | null;
}

/** PortOne's record of a receipt. */
export interface ReceiptRecord {
  readonly applyNum: string;
  readonly amount: Money;
  readonly vat: Money;
  readonly receiptTid: string | null;
  readonly receiptUrl: string | null;
  readonly appliedAtMs: number;
  readonly cancelledAtMs: number | null;
}

const mostCancelSends = 3;
export const claimReceipt = (
  book: ReceiptBook,
  kind: ReceiptOperation["kind"],
  draft: ReceiptDraft | null,
  owner: string,
  nowMs: number,
): ReceiptBook => {
  const before = book.operation;
  const isRepeat = before?.kind === kind;
  const generation = (book.receipt?.generation ?? 0) + (kind === "receipt_issue" ? 1 : 0);
  return {
    receipt: book.receipt,
    operation: {
      id: `${kind}-${generation}`,
      kind,
      state: "claimed",
      owner,
      sends: (isRepeat ? before.sends : 0) + 1,
      sentAtMs: nowMs,
      sinceMs: isRepeat ? before.sinceMs : nowMs,
      draft,
    },
  };
};

export const markReceiptUnknown = (book: ReceiptBook): ReceiptBook =>
  book.operation ? { ...book, operation: { ...book.operation, state: "unknown" } } : book;

export const releaseReceipt = (book: ReceiptBook): ReceiptBook => ({ ...book, operation: null });

/** The book after PortOne's record answered the operation in flight. */
export function finishReceipt(
  book: ReceiptBook,
  operation: ReceiptOperation,
  record: ReceiptRecord,
): ReceiptBook {
  if (operation.kind === "receipt_cancel") {
    const receipt = book.receipt && {
      ...book.receipt,
      state: "cancelled" as const,
      cancelledAtMs: record.cancelledAtMs ?? operation.sentAtMs,
    };
    return { receipt, operation: null };
  }
  const { draft } = operation;
  if (!draft) throw new Error(`operation ${operation.id} issues nothing`);
  const receipt: Receipt = {
    ...record,
    state: "issued",
    type: draft.type,
    identifierMasked: draft.identifierMasked,
    taxFree: draft.taxFree,
    cancelledAtMs: null,
    generation: (book.receipt?.generation ?? 0) + 1,
    origin: "merchant",
  };
  return { receipt, operation: null };
}

export type ReceiptVerdict = "happened" | "wait" | "nothing_happened" | "send_again" | "stuck";

/** What PortOne's receipt, or its absence (null), says about the operation in flight. */
export function resolveReceipt(
  book: ReceiptBook,
  operation: ReceiptOperation,
  record: ReceiptRecord | null,
  nowMs: number,
): ReceiptVerdict {
  const isQuiet = nowMs >= operation.sentAtMs + quietMs;
  if (operation.kind === "receipt_issue") {
    const isNew =
      record !== null && record.cancelledAtMs === null && record.applyNum !== book.receipt?.applyNum;
    if (isNew) return "happened";
    // Only the caller knows the identifier, so it is the caller's to send again.
    return isQuiet ? "nothing_happened" : "wait";
  }
  const isCancelled =
    record !== null && record.applyNum === book.receipt?.applyNum && record.cancelledAtMs !== null;
  if (isCancelled) return "happened";
  if (!isQuiet) return "wait";
  return operation.sends < mostCancelSends ? "send_again" : "stuck";
}
