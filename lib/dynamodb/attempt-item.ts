// An attempt as part of its order's item and back. An order may hold eight, each with its cancels, so names are short and a
// cancel has none: what it is made of stands in order.
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
    uid: text(attempt.impUid),
    state: text(attempt.state),
    amount: number(attempt.amount),
    at: number(attempt.stateSinceMs),
    ...present(attempt.paidAtMs, (atMs) => ({ paid: number(atMs) })),
    ...when(attempt.currency !== order.currency, { currency: text(attempt.currency) }),
    ...when(attempt.wasApproved, { was_approved: { BOOL: true } }),
    ...when(attempt.holdExtended, { hold_extended: { BOOL: true } }),
    ...when(attempt.cancels.length > 0, { cancels: { L: attempt.cancels.map(encodeCancelled) } }),
    ...present(attempt.payMethod, (method) => ({ method: text(method) })),
    ...when(attempt.cashReceiptIssued, { cash_receipt: { BOOL: true } }),
    ...when(attempt.isRevoking, { revoking: { BOOL: true } }),
    ...when(attempt.giveBack !== usualGiveBack(attempt.state), {
      back: text(attempt.giveBack ?? noGiveBack),
    }),
    ...when(attempt.isReleased, { released: { BOOL: true } }),
    ...present(attempt.account, (account) => ({ account: encodeAccount(account) })),
  },
});

export const decodeAttempt = (item: Item, currency: string): Attempt => ({
  impUid: readText(item, "uid"),
  state: readOneOf(item, "state", attemptStates),
  amount: readMoney(item, "amount"),
  currency: item["currency"]?.S ?? currency,
  stateSinceMs: readNumber(item, "at"),
  paidAtMs: readOptionalNumber(item, "paid"),
  wasApproved: item["was_approved"]?.BOOL === true,
  holdExtended: item["hold_extended"]?.BOOL === true,
  cancels: (item["cancels"]?.L ?? []).map((entry) => decodeCancelled(entry.L ?? [])),
  payMethod: readOptionalText(item, "method"),
  cashReceiptIssued: item["cash_receipt"]?.BOOL === true,
  giveBack: decodeGiveBack(item),
  isReleased: item["released"]?.BOOL === true,
  isRevoking: item["revoking"]?.BOOL === true,
  account: item["account"]?.M ? decodeAccount(item["account"].M) : null,
});

const noGiveBack = "none";
/** Not said where it follows from the state. */
const usualGiveBack = (state: Attempt["state"]) => (state === "given_back" ? "done" : null);

function decodeGiveBack(item: Item): Attempt["giveBack"] {
  const said = readOptionalOneOf(item, "back", [...giveBackStates, noGiveBack] as const);
  if (said === null) return usualGiveBack(readOneOf(item, "state", attemptStates));
  return said === noGiveBack ? null : said;
}

/** Its number, amount and time; of a refund of ours its tax-free part and which it was. */
const encodeCancelled = ({ cancellationId, amount, atMs, taxFree, refundId }: Cancel): AttributeValue => ({
  L: [
    text(cancellationId),
    ...[amount, atMs].map(number),
    ...(refundId === null ? [] : [number(taxFree), text(refundId)]),
  ],
});

function decodeCancelled([id, amount, at, taxFree, refund]: readonly AttributeValue[]): Cancel {
  const item = { ...(id && { id }), ...(amount && { amount }), ...(at && { at }) };
  return {
    cancellationId: readText(item, "id"),
    amount: readMoney(item, "amount"),
    atMs: readNumber(item, "at"),
    taxFree: readOptionalMoney({ ...(taxFree && { taxFree }) }, "taxFree"),
    refundId: refund === undefined ? null : readText({ refund }, "refund"),
  };
}

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
