// An attempt as part of its order's item and back.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Attempt, attemptStates, type Cancel, giveBackStates, type Order } from "../domain/order.ts";
import type { VirtualAccount } from "../domain/payment-record.ts";
import {
  type Item,
  number,
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

export const encodeAttempt = (attempt: Attempt, order: Order): AttributeValue => ({
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
    ...when(attempt.isReleased, { released: { BOOL: true } }),
    ...present(attempt.account, (account) => ({ account: encodeAccount(account) })),
  },
});

export const decodeAttempt = (item: Item, currency: string): Attempt => ({
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
  isReleased: item["released"]?.BOOL === true,
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
