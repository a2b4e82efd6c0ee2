// PortOne's record of a payment into the domain's: seconds to milliseconds, numbers to money, empty values to null.
// Unknown fields are ignored and unknown statuses kept apart, because PortOne may add both at any time. What only tells
// becomes null where it cannot be read, and so do figures, which the rules then judge; a row without its names is no
// record.
import { standInFor } from "../domain/held-cancels.ts";
import { currencyOf, type Money, parseMoney } from "../domain/money.ts";
import {
  type CancelEntry,
  documentedStatuses,
  type PaymentRecord,
  type PaymentStatus,
  type SalesSlip,
  type VirtualAccount,
} from "../domain/payment-record.ts";
import type { UnreadableRow } from "../ports/portone.ts";
import {
  asWire,
  flagIn,
  impUidIn,
  isNothing,
  merchantUidIn,
  monthsIn,
  nameIn,
  numberIn,
  timeIn,
  type Wire,
} from "./fields.ts";
import {
  addressIn,
  approvalBytes,
  codeBytes,
  longestSlipAddress,
  maskBytes,
  nameBytes,
  providerBytes,
  sentenceBytes,
  transactionBytes,
  wordsIn,
} from "./words.ts";

/** One page of a paged list: its raw records and the number of the next page, 0 when there is none. */
export function readPage(
  response: unknown,
): { readonly list: readonly unknown[]; readonly next: number } | null {
  const page = asWire(response);
  if (!page || !Array.isArray(page["list"])) return null;
  const next = isNothing(page["next"]) ? 0 : numberIn(page["next"]);
  return next === null ? null : { list: page["list"], next };
}

/** A list's records, and its rows that are none: none of these hides another. */
export function toPaymentRecords(list: readonly unknown[]): {
  readonly records: readonly PaymentRecord[];
  readonly unreadable: readonly UnreadableRow[];
} {
  const read = list.map((row) => ({ row, record: toPaymentRecord(row) }));
  return {
    records: read.flatMap(({ record }) => record ?? []),
    unreadable: read.flatMap(({ row, record }) => (record ? [] : [toUnreadableRow(row)])),
  };
}

/** What of a row that is no record can be read. */
export function toUnreadableRow(row: unknown): UnreadableRow {
  const wire = asWire(row);
  if (!wire) return { impUid: null, merchantUid: null, why: "no_record" };
  const impUid = impUidIn(wire["imp_uid"]);
  return {
    impUid,
    merchantUid: merchantUidIn(wire["merchant_uid"]),
    why: impUid === null ? "imp_uid" : "merchant_uid",
  };
}

/** The record, or null when PortOne sent something that is none. */
export function toPaymentRecord(response: unknown): PaymentRecord | null {
  const wire = asWire(response);
  const impUid = wire && impUidIn(wire["imp_uid"]);
  const merchantUid = wire && toMerchantUid(wire["merchant_uid"]);
  if (!wire || impUid === null || merchantUid === null) return null;
  const currency = toCurrency(wire["currency"]);
  const money = (value: unknown) => toMoney(value, currency);
  return {
    impUid,
    merchantUid,
    status: toStatus(wire["status"]),
    // Nobody pays nothing: a 0 there is a sum that is not told.
    amount: money(wire["amount"]) || null,
    // Of a history that is none nobody knows what was cancelled.
    cancelAmount: isHistory(wire["cancel_history"]) ? money(wire["cancel_amount"]) : null,
    taxFree: isNothing(wire["tax_free"]) && wire["tax_free"] !== 0 ? null : money(wire["tax_free"]),
    currency,
    payMethod: wordsIn(wire["pay_method"], codeBytes) ?? "",
    pgId: wordsIn(wire["pg_id"], codeBytes) ?? "",
    // Whatever is said there, only a clear no is money.
    sandbox: !isNothing(wire["sandbox"]) && flagIn(wire["sandbox"]) !== false,
    escrow: flagIn(wire["escrow"]) ?? false,
    startedAtMs: timeIn(wire["started_at"]),
    paidAtMs: timeIn(wire["paid_at"]),
    account: toAccount(wire),
    cashReceiptIssued: flagIn(wire["cash_receipt_issued"]) ?? false,
    cancels: toCancels(wire["cancel_history"], currency),
    slip: toSlip(wire),
    failReason: wordsIn(wire["fail_reason"], sentenceBytes),
  };
}

/** An order keeps it for good, so each word is as long as PortOne's own page lets it be. */
const toSlip = (wire: Wire): SalesSlip => ({
  cardName: wordsIn(wire["card_name"], nameBytes) || null,
  cardNumber: maskedNumberIn(wire["card_number"], maskBytes),
  applyNum: wordsIn(wire["apply_num"], approvalBytes) || null,
  cardQuota: monthsIn(wire["card_quota"]),
  receiptUrl: addressIn(wire["receipt_url"], longestSlipAddress),
  embPgProvider: wordsIn(wire["emb_pg_provider"], providerBytes) || null,
  pgTid: wordsIn(wire["pg_tid"], transactionBytes) || null,
});

/** PortOne masks a card's number; should it ever not, nobody here keeps the whole of it. */
export const maskedNumberIn = (value: unknown, mostBytes = codeBytes): string | null =>
  wordsIn(value, mostBytes)
    ?.replaceAll(/[ -]/g, "")
    .replace(/^(\d{6})\d{3,9}(\d{4})$/, "$1******$2") || null;

/** Of nobody where there is none: a mismatch with every order. */
const toMerchantUid = (value: unknown): string | null =>
  value === null || value === undefined || value === "" ? "" : merchantUidIn(value);

const toStatus = (status: unknown): PaymentStatus =>
  documentedStatuses.find((known) => known === status) ?? "unrecognised";

/** A currency's code; empty for whatever is none. */
const toCurrency = (value: unknown): string =>
  typeof value === "string" && /^[A-Z]{3}$/.test(value) ? value : "";

/** What is in no currency is no amount. */
const toMoney = (amount: unknown, currency: string): Money | null =>
  currency === "" ? null : parseMoney(amount, currencyOf(currency));

function toAccount(wire: Wire): VirtualAccount | null {
  const number = wordsIn(wire["vbank_num"], codeBytes);
  if (!number) return null;
  return {
    bankCode: wordsIn(wire["vbank_code"], codeBytes) ?? "",
    bankName: wordsIn(wire["vbank_name"], nameBytes) ?? "",
    number,
    holder: wordsIn(wire["vbank_holder"], nameBytes) ?? "",
    dueAtMs: timeIn(wire["vbank_date"]) ?? 0,
  };
}

const isHistory = (history: unknown): boolean =>
  history === null || history === undefined || Array.isArray(history);

function toCancels(history: unknown, currency: string): readonly CancelEntry[] {
  const named = new Set<string>();
  return (Array.isArray(history) ? history : []).map((entry: unknown, index) => {
    const wire = asWire(entry) ?? {};
    const atMs = timeIn(wire["cancelled_at"]);
    const id = nameIn(wire["cancellation_id"]);
    // Cancels made before 2024-02-23 carry no id; their time and place in the history, oldest first, stand in.
    const cancellationId = id === null || named.has(id) ? standInFor(atMs, index) : id;
    named.add(cancellationId);
    return {
      cancellationId,
      amount: toMoney(wire["amount"], currency),
      atMs,
      reason: typeof wire["reason"] === "string" ? wire["reason"] : "",
    };
  });
}
