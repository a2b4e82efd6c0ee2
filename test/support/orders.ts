// An order and PortOne's record of its payment, as domain tests start from. Literal times, Korean texts.
import { decideConfirmation } from "../../lib/domain/confirmation.ts";
import { dueAt } from "../../lib/domain/due.ts";
import { claimLook } from "../../lib/domain/ladder.ts";
import type { Look } from "../../lib/domain/look.ts";
import { moneyFromMinorUnits } from "../../lib/domain/money.ts";
import { newOrder } from "../../lib/domain/new-order.ts";
import { type Attempt, newAttempt, type Order, type Stamp } from "../../lib/domain/order.ts";
import type {
  PaymentRecord,
  ReadableEntry,
  SalesSlip,
  VirtualAccount,
} from "../../lib/domain/payment-record.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { giveBackCauses, type VerificationPolicy } from "../../lib/domain/verification.ts";

export const won = moneyFromMinorUnits;
export const createdAtMs = Date.parse("2026-08-05T12:00:00+09:00");
export const minuteMs = 60_000;
/** Nothing goes back by itself: what would be given back waits for a person. */
export const policy: VerificationPolicy = {
  mids: ["2999199999", "2009300001"],
  acceptsSandbox: false,
  givesBack: new Set(),
};
/** As deployed by default. */
export const givingPolicy: VerificationPolicy = { ...policy, givesBack: new Set(giveBackCauses) };
export const holds = { holdTtlMs: 10 * minuteMs, firstLookMs: 2 * minuteMs };

/** PortOne tells nothing of how it was paid. */
export const untold: SalesSlip = {
  cardName: null,
  cardNumber: null,
  applyNum: null,
  cardQuota: null,
  receiptUrl: null,
  embPgProvider: null,
  pgTid: null,
};

export function createdOrder(more: Partial<Order> = {}): Order {
  const order = newOrder(
    {
      merchantUid: "ord-20260805-000142",
      amount: won(109_000),
      taxFree: won(3_000),
      currency: "KRW",
      name: "나이키 와플 트레이너 2 SD",
      payMethod: "card",
      buyerName: "홍길동",
      escrow: false,
      expiresAtMs: null,
      bodyHash: "hash",
    },
    { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs },
    { by: "merchant", atMs: createdAtMs },
  );
  return { ...order, ...more };
}

export function paymentRecord(more: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    impUid: "imp_730112845061",
    merchantUid: "ord-20260805-000142",
    status: "paid",
    amount: won(109_000),
    cancelAmount: won(0),
    taxFree: null,
    currency: "KRW",
    payMethod: "card",
    pgId: "2999199999",
    sandbox: false,
    escrow: false,
    startedAtMs: createdAtMs + minuteMs,
    paidAtMs: createdAtMs + 2 * minuteMs,
    account: null,
    cashReceiptIssued: false,
    cancels: [],
    slip: untold,
    failReason: null,
    ...more,
  };
}

export const cancelEntry = (
  cancellationId: string,
  amount: number,
  reason = "관리자페이지취소",
): ReadableEntry & { readonly atMs: number } => ({
  cancellationId,
  amount: won(amount),
  atMs: createdAtMs + 10 * minuteMs,
  reason,
});

export const cancelledRecord = (
  cancels: readonly ReadableEntry[],
  more: Partial<PaymentRecord> = {},
): PaymentRecord =>
  paymentRecord({
    status: "cancelled",
    cancels,
    cancelAmount: won(cancels.reduce((total, cancel) => total + cancel.amount, 0)),
    ...more,
  });

export const account: VirtualAccount = {
  bankCode: "088",
  bankName: "신한은행",
  number: "56211100000001",
  holder: "(주)샘플상점",
  dueAtMs: Date.parse("2026-08-08T23:59:59+09:00"),
};

export const look = (records: readonly PaymentRecord[], more: Partial<Look> = {}): Look => ({
  records,
  isComplete: false,
  atMs: createdAtMs + 3 * minuteMs,
  by: "portone",
  ...more,
});

export const attempt = (impUid: string, more: Partial<Attempt> = {}): Attempt => ({
  ...newAttempt(impUid, createdOrder(), createdAtMs + minuteMs),
  ...more,
});

/** A sweep takes the order up; the higher the earliness, the sooner it comes back. */
export const sweepTakes = (order: Order, earliness: number, stamp: Stamp): Order =>
  claimLook(order, { earliness, lookClaim: `look-${stamp.atMs}` }, stamp);

/** The order with the next rung of its ladder at this time. */
export function lookedAtLater(order: Order, nextLookAtMs: number): Order {
  const later = { ...order, nextLookAtMs };
  return { ...later, dueAtMs: dueAt(later) };
}

/** PortOne's records short of money: an open window, one that ended, an account to pay into. */
export const openRecord = paymentRecord({ status: "ready", paidAtMs: null });
export const failedRecord = paymentRecord({ status: "failed", paidAtMs: null });
export const accountRecord = paymentRecord({ status: "ready", payMethod: "vbank", paidAtMs: null, account });

/** The order after confirm said yes to this attempt, one minute after its creation. */
export function approvedOrder(order: Order = createdOrder(), impUid = "imp_730112845061"): Order {
  const asked = { impUid, amount: order.amount };
  const confirmation = decideConfirmation(order, asked, createdAtMs + minuteMs, holds);
  if (confirmation.decision !== "approve") throw new Error(`not approved: ${confirmation.decision}`);
  return confirmation.order;
}

/** The order after these records were seen, by the third minute unless said otherwise. */
export const synced = (order: Order, records: readonly PaymentRecord[], more: Partial<Look> = {}): Order =>
  decideSync(order, look(records, more), policy);
