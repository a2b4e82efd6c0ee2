// What a record may read instead of what PortOne's page says: any field, with anything or nothing in it.
import type { Dice } from "../random.ts";

export type Fields = Readonly<Record<string, unknown>>;

export const absent = "__absent";
const halfAnEmoji = "\ud83d";

/** Nothing, another type, too much, and text that only looks like something. A lie that anybody would believe is not among them. */
const values: readonly unknown[] = [
  null,
  absent,
  "",
  " ",
  0,
  1,
  -1,
  -109_000,
  0.5,
  1e15,
  1e300,
  2 ** 53,
  true,
  false,
  {},
  [],
  ["paid"],
  { amount: 1 },
  "0",
  "1",
  "109000",
  "NaN",
  "Infinity",
  "null",
  "undefined",
  "일억",
  "2026-08-05T12:00:00+09:00",
  halfAnEmoji,
  `카드${halfAnEmoji}`,
  "가".repeat(5_000),
];

const payment = {
  deciding: [
    "imp_uid",
    "merchant_uid",
    "status",
    "amount",
    "cancel_amount",
    "tax_free",
    "currency",
    "sandbox",
    "pay_method",
    "pg_id",
    "escrow",
    "started_at",
    "paid_at",
    "cancel_history",
  ],
  telling: [
    "channel",
    "pg_provider",
    "emb_pg_provider",
    "pg_tid",
    "apply_num",
    "bank_code",
    "bank_name",
    "card_code",
    "card_name",
    "card_quota",
    "card_number",
    "card_type",
    "vbank_code",
    "vbank_name",
    "vbank_num",
    "vbank_holder",
    "vbank_date",
    "vbank_issued_at",
    "name",
    "buyer_name",
    "buyer_email",
    "buyer_tel",
    "custom_data",
    "failed_at",
    "cancelled_at",
    "fail_reason",
    "cancel_reason",
    "receipt_url",
    "cancel_receipt_urls",
    "cash_receipt_issued",
    "customer_uid",
    "customer_uid_usage",
  ],
};

const receipt = {
  deciding: ["receipt_tid", "apply_num", "amount", "vat", "applied_at", "cancelled_at"],
  telling: ["imp_uid", "merchant_uid", "type", "receipt_url"],
};

const schedule = {
  deciding: [
    "customer_uid",
    "merchant_uid",
    "imp_uid",
    "schedule_at",
    "amount",
    "currency",
    "schedule_status",
    "payment_status",
  ],
  telling: ["executed_at", "revoked_at", "name", "buyer_name", "fail_reason", "pg_id", "promotion_id"],
};

const fieldsOf = { payment, receipt, schedule };
export type RecordKind = keyof typeof fieldsOf;

/** One field of a cancel in a payment's history. */
const entryFields = ["cancellation_id", "amount", "cancelled_at", "reason", "pg_tid", "receipt_url"] as const;

export interface EntryPatch {
  readonly field: (typeof entryFields)[number];
  readonly value: unknown;
}

/** Usually one field, and more often one that something is decided by. */
export function drawFields(dice: Dice, kind: RecordKind): Fields {
  const { deciding, telling } = fieldsOf[kind];
  const count = dice.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  const drawOne = (): readonly [string, unknown] => {
    const names = dice.next() < 0.6 ? deciding : telling;
    return [dice.pick(names), dice.pick(values)];
  };
  return Object.fromEntries(Array.from({ length: count }, drawOne));
}

export const drawEntryPatch = (dice: Dice): EntryPatch => ({
  field: dice.pick(entryFields),
  value: dice.pick(values),
});

/** What a refusal's own words may be. */
export const drawEnvelope = (dice: Dice): Fields => ({ message: dice.pick(values) });

/** The history as it was last seen, its entries patched alike. */
export const patchHistory = (history: readonly Fields[], { field, value }: EntryPatch): readonly Fields[] =>
  history.map((entry) => {
    const { [field]: _, ...rest } = entry;
    return value === absent ? rest : { ...rest, [field]: value };
  });
