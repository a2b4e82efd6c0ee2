// An attempt as part of its order's item and back. An order may hold eight, each with its cancels, so names are short,
// what is as in the order is left out, and of a cancel or a sales slip the parts stand in order, without names.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import {
  type Attempt,
  attemptStates,
  type Cancel,
  giveBackStates,
  holdsMoney,
  type Order,
} from "../domain/order.ts";
import type { SalesSlip, VirtualAccount } from "../domain/payment-record.ts";
import {
  type Item,
  number,
  present,
  readMoney,
  readNumber,
  readOptionalMoney,
  readOptionalNumber,
  readOptionalOneOf,
  readShortWord,
  readText,
  shortWord,
  text,
  when,
} from "./item.ts";
import { decodeRefundId, encodeRefundId } from "./refund-id.ts";

export const encodeAttempt = (attempt: Attempt, order: Order): AttributeValue => ({
  M: {
    u: text(attempt.impUid),
    s: text(shortWord(attempt.state)),
    at: number(attempt.stateSinceMs),
    ...present(attempt.paidAtMs, (atMs) => ({ p: number(atMs) })),
    ...when(attempt.amount !== order.amount, { n: number(attempt.amount) }),
    ...when(attempt.currency !== order.currency, { currency: text(attempt.currency) }),
    ...when(attempt.wasApproved, { ok: { BOOL: true } }),
    ...when(attempt.holdExtended, { hold_extended: { BOOL: true } }),
    ...when(attempt.cancels.length > 0, { c: { L: attempt.cancels.map(encodeCancelled) } }),
    ...when(attempt.payMethod !== usualMethod(attempt.state, order), { m: text(attempt.payMethod ?? "") }),
    ...present(attempt.slip, (slip) => ({ slip: encodeSlip(slip) })),
    ...when(attempt.cashReceiptIssued, { cash_receipt: { BOOL: true } }),
    ...when(attempt.isRevoking, { revoking: { BOOL: true } }),
    ...when(attempt.giveBack !== usualGiveBack(attempt.state), {
      back: text(attempt.giveBack ?? noGiveBack),
    }),
    ...when(attempt.isReleased, { released: { BOOL: true } }),
    ...present(attempt.account, (account) => ({ account: encodeAccount(account) })),
  },
});

/** What an attempt is taken to share with its order where it says nothing. */
type Shared = Pick<Order, "amount" | "currency" | "payMethod">;

export const decodeAttempt = (item: Item, order: Shared): Attempt => ({
  impUid: readText(item, "u"),
  state: readState(item),
  amount: item["n"] === undefined ? order.amount : readMoney(item, "n"),
  currency: item["currency"]?.S ?? order.currency,
  stateSinceMs: readNumber(item, "at"),
  paidAtMs: readOptionalNumber(item, "p"),
  wasApproved: item["ok"]?.BOOL === true,
  holdExtended: item["hold_extended"]?.BOOL === true,
  cancels: (item["c"]?.L ?? []).map((entry) => decodeCancelled(entry.L ?? [])),
  payMethod: readMethod(item, order),
  slip: item["slip"]?.L ? decodeSlip(item["slip"].L) : null,
  cashReceiptIssued: item["cash_receipt"]?.BOOL === true,
  giveBack: decodeGiveBack(item),
  isReleased: item["released"]?.BOOL === true,
  isRevoking: item["revoking"]?.BOOL === true,
  account: item["account"]?.M ? decodeAccount(item["account"].M) : null,
});

const readState = (item: Item): Attempt["state"] => readShortWord(item, "s", attemptStates);

/** Most buyers pay as they were asked to; before money was taken nobody knows how. */
const usualMethod = (state: Attempt["state"], { payMethod }: Pick<Order, "payMethod">): string | null =>
  holdsMoney({ state }) ? payMethod : null;

const readMethod = (item: Item, order: Shared): string | null =>
  item["m"] === undefined ? usualMethod(readState(item), order) : readText(item, "m") || null;

/** Empty where PortOne told nothing. */
const encodeSlip = (slip: SalesSlip): AttributeValue => ({
  L: [
    text(slip.cardName ?? ""),
    text(slip.cardNumber ?? ""),
    text(slip.applyNum ?? ""),
    slip.cardQuota === null ? text("") : number(slip.cardQuota),
    text(slip.receiptUrl ?? ""),
    text(slip.embPgProvider ?? ""),
    text(slip.pgTid ?? ""),
  ],
});

const decodeSlip = ([
  name,
  masked,
  apply,
  quota,
  url,
  provider,
  tid,
]: readonly AttributeValue[]): SalesSlip => ({
  cardName: name?.S || null,
  cardNumber: masked?.S || null,
  applyNum: apply?.S || null,
  cardQuota: quota?.N === undefined ? null : Number(quota.N),
  receiptUrl: url?.S || null,
  embPgProvider: provider?.S || null,
  pgTid: tid?.S || null,
});

const noGiveBack = "none";
/** Not said where it follows from the state. */
const usualGiveBack = (state: Attempt["state"]) => (state === "given_back" ? "done" : null);

function decodeGiveBack(item: Item): Attempt["giveBack"] {
  const said = readOptionalOneOf(item, "back", [...giveBackStates, noGiveBack] as const);
  if (said === null) return usualGiveBack(readState(item));
  return said === noGiveBack ? null : said;
}

/** Its number, amount and time; of a refund of ours its tax-free part and which it was. */
const encodeCancelled = ({ cancellationId, amount, atMs, taxFree, refundId }: Cancel): AttributeValue => ({
  L: [
    text(cancellationId),
    ...[amount, atMs].map(number),
    ...(refundId === null ? [] : [number(taxFree), encodeRefundId(refundId)]),
  ],
});

function decodeCancelled([id, amount, at, taxFree, refund]: readonly AttributeValue[]): Cancel {
  const item = { ...(id && { id }), ...(amount && { amount }), ...(at && { at }) };
  return {
    cancellationId: readText(item, "id"),
    amount: readMoney(item, "amount"),
    atMs: readNumber(item, "at"),
    taxFree: readOptionalMoney({ ...(taxFree && { taxFree }) }, "taxFree"),
    refundId: refund === undefined ? null : decodeRefundId(refund),
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
