// PortOne's record of a payment into the domain's: seconds to milliseconds, numbers to money, empty
// values to null. Unknown fields are ignored and unknown statuses kept apart, because PortOne may add
// both at any time; a record without its required fields is no record.
import * as z from "zod/mini";
import { currencyOf, type Money, parseMoney } from "../domain/money.ts";
import {
  type CancelEntry,
  documentedStatuses,
  type PaymentRecord,
  type PaymentStatus,
  type VirtualAccount,
} from "../domain/payment-record.ts";
import type { UnreadableRow } from "../ports/portone.ts";
import { address, codeBytes, nameBytes, sentenceBytes, words } from "./words.ts";

const optionalText = z.nullish(z.string());
const optionalSeconds = z.nullish(z.number());

const wirePayment = z.object({
  imp_uid: z.string(),
  merchant_uid: z.string(),
  status: z.string(),
  amount: z.number(),
  cancel_amount: z.number(),
  tax_free: z.nullish(z.number()),
  currency: z.string(),
  sandbox: z.nullish(z.boolean()),
  pay_method: words(codeBytes),
  pg_id: optionalText,
  escrow: z.nullish(z.boolean()),
  started_at: optionalSeconds,
  paid_at: optionalSeconds,
  vbank_code: words(codeBytes),
  vbank_name: words(nameBytes),
  vbank_num: words(codeBytes),
  vbank_holder: words(nameBytes),
  vbank_date: optionalSeconds,
  card_name: words(nameBytes),
  card_number: words(codeBytes),
  apply_num: words(codeBytes),
  receipt_url: address,
  fail_reason: words(sentenceBytes),
  cash_receipt_issued: z.nullish(z.boolean()),
  cancel_history: z.nullish(
    z.array(
      z.object({
        cancellation_id: optionalText,
        amount: z.number(),
        cancelled_at: z.number(),
        reason: optionalText,
      }),
    ),
  ),
});
type WirePayment = z.infer<typeof wirePayment>;

const wirePage = z.object({ next: z.nullish(z.number()), list: z.array(z.unknown()) });

/** One page of a paged list: its raw records and the number of the next page, 0 when there is none. */
export function readPage(
  response: unknown,
): { readonly list: readonly unknown[]; readonly next: number } | null {
  const page = wirePage.safeParse(response);
  return page.success ? { list: page.data.list, next: page.data.next ?? 0 } : null;
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
  const wire = z.safeParse(
    z.object({ imp_uid: z.nullish(z.string()), merchant_uid: z.nullish(z.string()) }),
    row,
  );
  const impUid = wire.data?.imp_uid || null;
  const merchantUid = wire.data?.merchant_uid || null;
  return { impUid, merchantUid, why: "no_record" };
}

/** The record, or null when PortOne sent something that is none. */
export function toPaymentRecord(response: unknown): PaymentRecord | null {
  const parsed = wirePayment.safeParse(response);
  if (!parsed.success) return null;
  const wire = parsed.data;
  return {
    impUid: wire.imp_uid,
    merchantUid: wire.merchant_uid,
    status: toStatus(wire.status),
    amount: money(wire.amount, wire.currency),
    cancelAmount: money(wire.cancel_amount, wire.currency),
    taxFree: wire.tax_free == null ? null : money(wire.tax_free, wire.currency),
    currency: wire.currency,
    payMethod: wire.pay_method ?? "",
    pgId: wire.pg_id ?? "",
    sandbox: wire.sandbox ?? false,
    escrow: wire.escrow ?? false,
    startedAtMs: (wire.started_at ?? 0) * 1000,
    paidAtMs: toMs(wire.paid_at),
    account: toAccount(wire),
    cashReceiptIssued: wire.cash_receipt_issued ?? false,
    cancels: toCancels(wire),
    card: {
      cardName: wire.card_name ?? null,
      cardNumber: wire.card_number ? maskCardNumber(wire.card_number) : null,
      applyNum: wire.apply_num ?? null,
      receiptUrl: wire.receipt_url || null,
    },
    failReason: wire.fail_reason ?? null,
  };
}

/** PortOne masks it; should it ever not, nobody here keeps the whole number. */
export const maskCardNumber = (number: string): string =>
  number.replaceAll(/[ -]/g, "").replace(/^(\d{6})\d{3,9}(\d{4})$/, "$1******$2");

const toStatus = (status: string): PaymentStatus =>
  documentedStatuses.find((known) => known === status) ?? "unrecognised";

const money = (amount: number, currency: string): Money | null => parseMoney(amount, currencyOf(currency));

/** PortOne writes 0 for a time that has not come. */
const toMs = (seconds: number | null | undefined): number | null => (seconds ? seconds * 1000 : null);

function toAccount(wire: WirePayment): VirtualAccount | null {
  if (!wire.vbank_num) return null;
  return {
    bankCode: wire.vbank_code ?? "",
    bankName: wire.vbank_name ?? "",
    number: wire.vbank_num,
    holder: wire.vbank_holder ?? "",
    dueAtMs: (wire.vbank_date ?? 0) * 1000,
  };
}

const toCancels = (wire: WirePayment): readonly CancelEntry[] =>
  (wire.cancel_history ?? []).map((entry, index) => ({
    // Cancels made before 2024-02-23 carry no id; their place in the history, oldest first, stands in.
    cancellationId: entry.cancellation_id ?? `${entry.cancelled_at}-${index}`,
    amount: money(entry.amount, wire.currency),
    atMs: entry.cancelled_at * 1000,
    reason: entry.reason ?? "",
  }));
