// How a payment moves: each function gives the record after one event and throws when the event cannot
// happen to it, which is the caller's mistake. Pure; ids and times are arguments.
import type { CodeName, StoredAccount, StoredCancel, StoredCard, StoredPayment } from "./state.ts";
import { cancelAmountOf, toCents } from "./wire.ts";

/** What the PG tells about an approval. */
export interface Approval {
  readonly payMethod: string;
  readonly embPgProvider: string | null;
  readonly pgTid: string;
  readonly applyNum: string | null;
  readonly bank: CodeName | null;
  readonly card: StoredCard | null;
  readonly cardQuota: number;
  readonly interestFree: boolean;
  readonly receiptUrl: string | null;
  readonly cashReceiptIssued: boolean;
}

export const isUnpaidAccount = (payment: StoredPayment): boolean =>
  payment.status === "ready" && payment.account !== null;

export const remainingOf = (payment: StoredPayment): number =>
  toCents(payment.amount - cancelAmountOf(payment));

export const remainingTaxFreeOf = (payment: StoredPayment): number =>
  toCents(payment.taxFree - payment.cancels.reduce((sum, cancel) => sum + cancel.taxFree, 0));

/** Paid at some time; a cancel does not undo it. */
export const wasPaid = (payment: StoredPayment): boolean => payment.paidAtMs !== null;

/** A failed payment may still be approved late (documented for one PG, assumed possible here). */
export function approvePayment(payment: StoredPayment, approval: Approval, atMs: number): StoredPayment {
  expect(payment, payment.status === "ready" || payment.status === "failed", "approved");
  return { ...payment, ...approval, status: "paid", paidAtMs: atMs, failedAtMs: null, failReason: null };
}

export function issueAccount(payment: StoredPayment, account: StoredAccount, pgTid: string): StoredPayment {
  expect(payment, payment.status === "ready" && payment.account === null, "given an account");
  return { ...payment, payMethod: "vbank", account, pgTid };
}

/** Nobody can pay into it any more. Which status that is, PortOne does not document. */
export function revokeAccount(
  payment: StoredPayment,
  status: "cancelled" | "failed",
  atMs: number,
): StoredPayment {
  expect(payment, isUnpaidAccount(payment), "revoked");
  return status === "cancelled"
    ? { ...payment, status, cancelledAtMs: atMs }
    : { ...payment, status, failedAtMs: atMs };
}

export function depositPayment(payment: StoredPayment, atMs: number): StoredPayment {
  expect(payment, isUnpaidAccount(payment), "deposited");
  const cashReceiptIssued = payment.account?.wantsReceipt === true;
  return { ...payment, status: "paid", paidAtMs: atMs, cashReceiptIssued };
}

export function failPayment(payment: StoredPayment, reason: string, atMs: number): StoredPayment {
  expect(payment, payment.status === "ready", "failed");
  return { ...payment, status: "failed", failedAtMs: atMs, failReason: reason };
}

/** `partialStatus` is what a payment with a balance left shows, which PortOne does not document. */
export function cancelPayment(
  payment: StoredPayment,
  cancel: StoredCancel,
  partialStatus: "cancelled" | "paid",
): StoredPayment {
  const remaining = remainingOf(payment);
  expect(payment, wasPaid(payment) && cancel.amount > 0 && cancel.amount <= remaining, "cancelled");
  return {
    ...payment,
    status: cancel.amount === remaining ? "cancelled" : partialStatus,
    cancels: [...payment.cancels, cancel],
    cancelledAtMs: cancel.atMs,
    cancelReason: cancel.reason,
  };
}

function expect(payment: StoredPayment, isPossible: boolean, event: string): void {
  if (!isPossible) throw new Error(`${payment.impUid} is ${payment.status} and cannot be ${event}`);
}
