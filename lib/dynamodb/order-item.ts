// An order as a DynamoDB item and back. Absent means null or empty, numbers are milliseconds and minor
// units, and a history entry is one short line: an order's usual life stays within one write unit.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { kstDay } from "../domain/kst.ts";
import { currencies } from "../domain/money.ts";
import {
  type Attempt,
  actors,
  attemptStates,
  type Cancel,
  cancelAmountOf,
  giveBackStates,
  type HistoryEntry,
  type Order,
  orderStates,
} from "../domain/order.ts";
import type { VirtualAccount } from "../domain/payment-record.ts";
import { reviewReasons } from "../domain/review.ts";
import { decodeCancel, encodeCancel } from "./cancel-item.ts";
import { decodeCharge, decodeChargeResult, encodeCharge, encodeChargeResult } from "./charge-item.ts";
import {
  type Item,
  number,
  oneOf,
  present,
  readMoney,
  readNumber,
  readOneOf,
  readOptionalMoney,
  readOptionalNumber,
  readOptionalOneOf,
  readOptionalText,
  readText,
  text,
  when,
} from "./item.ts";
import { merchantUidOfOrderKey, orderKey, shardOf } from "./keys.ts";
import {
  decodeReceipt,
  decodeReceiptOperation,
  encodeReceipt,
  encodeReceiptOperation,
} from "./receipt-item.ts";

export function encodeOrder(order: Order): Item {
  const shard = shardOf(order.merchantUid);
  return {
    pk: text(orderKey(order.merchantUid)),
    version: number(order.version),
    state: text(order.state),
    amount: number(order.amount),
    cancel_amount: number(cancelAmountOf(order)),
    currency: text(order.currency),
    name: text(order.name),
    pay_method: text(order.payMethod),
    buyer_name: text(order.buyerName),
    body_hash: text(order.bodyHash),
    created_at: number(order.createdAtMs),
    expires_at: number(order.expiresAtMs),
    day_shard: text(`${kstDay(order.createdAtMs)}#${shard}`),
    history: { L: order.history.map((entry) => text(encodeHistory(entry))) },
    ...when(order.taxFree > 0, { tax_free: number(order.taxFree) }),
    ...when(order.escrow, { escrow: { BOOL: true } }),
    ...when(order.isExpired, { is_expired: { BOOL: true } }),
    ...when(order.attempts.length > 0, {
      attempts: { L: order.attempts.map((a) => encodeAttempt(a, order)) },
    }),
    ...present(order.impUid, (impUid) => ({ imp_uid: text(impUid) })),
    ...present(order.reviewReason, (reason) => ({ review_reason: text(reason) })),
    ...present(order.holdUntilMs, (atMs) => ({ hold_until: number(atMs) })),
    ...present(order.paidAtMs, (atMs) => ({ paid_at: number(atMs) })),
    ...present(order.voidedAtMs, (atMs) => ({ voided_at: number(atMs) })),
    ...when(order.isVoidWanted, { void_wanted: { BOOL: true } }),
    ...present(order.cancel, (cancel) => ({ cancel: { M: encodeCancel(cancel) } })),
    ...present(order.charge, (charge) => ({ charge: { M: encodeCharge(charge) } })),
    ...present(order.chargeResult, (result) => ({ charge_result: { M: encodeChargeResult(result) } })),
    ...present(order.supersededBy, (uid) => ({ superseded_by: text(uid) })),
    ...present(order.replaces, (uid) => ({ replaces: text(uid) })),
    ...present(order.receipt, (receipt) => ({ receipt: { M: encodeReceipt(receipt) } })),
    ...present(order.receiptOperation, (operation) => ({
      receipt_operation: { M: encodeReceiptOperation(operation) },
    })),
    ...present(order.recheckAtMs, (atMs) => ({ recheck_at: number(atMs) })),
    ...when(order.looks > 0, { looks: number(order.looks) }),
    ...present(order.dueAtMs, (atMs) => ({ due_at: number(atMs), due_shard: text(String(shard)) })),
  };
}

export function decodeOrder(item: Item): Order {
  const currency = readOneOf(item, "currency", currencies);
  return {
    merchantUid: merchantUidOfOrderKey(readText(item, "pk")),
    amount: readMoney(item, "amount"),
    taxFree: readOptionalMoney(item, "tax_free"),
    currency,
    name: readText(item, "name"),
    payMethod: readText(item, "pay_method"),
    buyerName: readText(item, "buyer_name"),
    escrow: item["escrow"]?.BOOL === true,
    bodyHash: readText(item, "body_hash"),
    state: readOneOf(item, "state", orderStates),
    impUid: item["imp_uid"]?.S ?? null,
    attempts: (item["attempts"]?.L ?? []).map((entry) => decodeAttempt(entry.M ?? {}, currency)),
    reviewReason: readOptionalOneOf(item, "review_reason", reviewReasons),
    cancel: item["cancel"]?.M ? decodeCancel(item["cancel"].M) : null,
    charge: item["charge"]?.M ? decodeCharge(item["charge"].M) : null,
    chargeResult: item["charge_result"]?.M ? decodeChargeResult(item["charge_result"].M) : null,
    supersededBy: readOptionalText(item, "superseded_by"),
    replaces: readOptionalText(item, "replaces"),
    receipt: item["receipt"]?.M ? decodeReceipt(item["receipt"].M) : null,
    receiptOperation: item["receipt_operation"]?.M
      ? decodeReceiptOperation(item["receipt_operation"].M)
      : null,
    recheckAtMs: readOptionalNumber(item, "recheck_at"),
    history: (item["history"]?.L ?? []).map((entry) => decodeHistory(entry.S ?? "")),
    createdAtMs: readNumber(item, "created_at"),
    expiresAtMs: readNumber(item, "expires_at"),
    holdUntilMs: readOptionalNumber(item, "hold_until"),
    paidAtMs: readOptionalNumber(item, "paid_at"),
    voidedAtMs: readOptionalNumber(item, "voided_at"),
    isVoidWanted: item["void_wanted"]?.BOOL === true,
    isExpired: item["is_expired"]?.BOOL === true,
    dueAtMs: readOptionalNumber(item, "due_at"),
    looks: readOptionalNumber(item, "looks") ?? 0,
    version: readNumber(item, "version"),
  };
}

const encodeAttempt = (attempt: Attempt, order: Order): AttributeValue => ({
  M: {
    imp_uid: text(attempt.impUid),
    state: text(attempt.state),
    amount: number(attempt.amount),
    since: number(attempt.stateSinceMs),
    ...present(attempt.paidAtMs, (atMs) => ({ paid_at: number(atMs) })),
    ...when(attempt.currency !== order.currency, { currency: text(attempt.currency) }),
    ...when(attempt.wasApproved, { was_approved: { BOOL: true } }),
    ...when(attempt.holdExtended, { hold_extended: { BOOL: true } }),
    ...when(attempt.cancels.length > 0, { cancels: { L: attempt.cancels.map(encodeCancelled) } }),
    ...present(attempt.payMethod, (method) => ({ pay_method: text(method) })),
    ...when(attempt.cashReceiptIssued, { cash_receipt: { BOOL: true } }),
    ...when(attempt.isRevoking, { revoking: { BOOL: true } }),
    ...present(attempt.giveBack, (giveBack) => ({ give_back: text(giveBack) })),
    ...present(attempt.account, (account) => ({ account: encodeAccount(account) })),
  },
});

const decodeAttempt = (item: Item, currency: string): Attempt => ({
  impUid: readText(item, "imp_uid"),
  state: readOneOf(item, "state", attemptStates),
  amount: readMoney(item, "amount"),
  currency: item["currency"]?.S ?? currency,
  stateSinceMs: readNumber(item, "since"),
  paidAtMs: readOptionalNumber(item, "paid_at"),
  wasApproved: item["was_approved"]?.BOOL === true,
  holdExtended: item["hold_extended"]?.BOOL === true,
  cancels: (item["cancels"]?.L ?? []).map((entry) => decodeCancelled(entry.M ?? {})),
  payMethod: readOptionalText(item, "pay_method"),
  cashReceiptIssued: item["cash_receipt"]?.BOOL === true,
  giveBack: readOptionalOneOf(item, "give_back", giveBackStates),
  isRevoking: item["revoking"]?.BOOL === true,
  account: item["account"]?.M ? decodeAccount(item["account"].M) : null,
});

const encodeCancelled = (cancel: Cancel): AttributeValue => ({
  M: {
    id: text(cancel.cancellationId),
    amount: number(cancel.amount),
    at: number(cancel.atMs),
    ...when(cancel.taxFree > 0, { tax_free: number(cancel.taxFree) }),
    ...present(cancel.refundId, (refundId) => ({ refund: text(refundId) })),
  },
});

const decodeCancelled = (item: Item): Cancel => ({
  cancellationId: readText(item, "id"),
  amount: readMoney(item, "amount"),
  atMs: readNumber(item, "at"),
  taxFree: readOptionalMoney(item, "tax_free"),
  refundId: readOptionalText(item, "refund"),
});

const encodeAccount = (account: VirtualAccount): AttributeValue => ({
  M: {
    code: text(account.bankCode),
    name: text(account.bankName),
    num: text(account.number),
    holder: text(account.holder),
    due: number(account.dueAtMs),
  },
});

const decodeAccount = (item: Item): VirtualAccount => ({
  bankCode: readText(item, "code"),
  bankName: readText(item, "name"),
  number: readText(item, "num"),
  holder: readText(item, "holder"),
  dueAtMs: readNumber(item, "due"),
});

/** One short line: when, who (and by which key), from, to, why. */
const encodeHistory = ({ atMs, by, key, from, to, reason }: HistoryEntry): string =>
  [
    atMs,
    key === null ? by : `${by}/${encodeURIComponent(key)}`,
    from ?? "-",
    to,
    ...(reason === null ? [] : [reason]),
  ].join(" ");

function decodeHistory(line: string): HistoryEntry {
  const [at, who = "", from, to, reason = null] = line.split(" ");
  const [by, key] = who.split("/");
  return {
    atMs: Number(at),
    by: oneOf(by, "actor", actors),
    key: key === undefined ? null : decodeURIComponent(key),
    from: from === "-" ? null : oneOf(from, "state", orderStates),
    to: oneOf(to, "state", orderStates),
    reason,
  };
}
