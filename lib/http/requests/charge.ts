// The bodies of charges without a window: their shape, and their translation. Card data goes straight into
// a value that prints as a mask; nothing of it reaches the hash that tells a repeat.
import * as z from "zod/mini";
import { CardSecret } from "../../domain/card-secret.ts";
import { type ApiRequest, findBrokenApiRules } from "../../domain/ksnet/charge-rules.ts";
import type { Contract } from "../../domain/ksnet/window-rules.ts";
import { type Money, parseMoney } from "../../domain/money.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import {
  amount,
  customerUid,
  flag,
  instant,
  invalidField,
  merchantUid,
  parseFields,
  requiredText,
  text,
} from "../fields.ts";
import { type ProblemCode, ProblemError } from "../problem.ts";

export interface ApiContext {
  readonly nowMs: number;
  readonly contracts: ReadonlySet<Contract>;
}

const cardFields = {
  card_number: text(30),
  expiry: text(10),
  birth: z.optional(text(12)),
  pwd_2digit: z.optional(text(4)),
};
const productType = z.optional(z.enum(["real", "digital"], "real 또는 digital이어야 합니다."));
const positiveAmount = amount.check(z.refine((value) => Number(value) > 0, "0보다 커야 합니다."));

const chargeFields = {
  merchant_uid: merchantUid,
  name: requiredText(40),
  amount: positiveAmount,
  tax_free: z._default(amount, 0),
  currency: z._default(text(8), "KRW"),
  product_type: productType,
  buyer_name: z.optional(text(16)),
  card_quota: z.optional(
    z
      .int("정수여야 합니다.")
      .check(z.refine((months) => months >= 0 && months <= 36, "0에서 36 사이여야 합니다.")),
  ),
  custom_data: z.optional(text(500)),
  replaces: z.optional(merchantUid),
  // The number and the body are what makes a charge happen once; a key beside them changes nothing.
  idempotency_key: z.optional(text(64)),
};

const oneTimeBody = z.strictObject({
  ...chargeFields,
  ...cardFields,
  customer_uid: z.optional(customerUid),
  issue_key: z.optional(flag),
});
const keyChargeBody = z.strictObject({ ...chargeFields, customer_uid: customerUid });
const keyBody = z.strictObject({
  ...cardFields,
  customer_uid: customerUid,
  customer_name: z.optional(text(20)),
  customer_tel: z.optional(text(20)),
  customer_email: z.optional(text(200)),
});

type ChargeFields = z.infer<typeof keyChargeBody>;

export interface ChargeBody {
  readonly order: {
    readonly merchantUid: string;
    readonly amount: Money;
    readonly taxFree: Money;
    readonly currency: "KRW";
    readonly name: string;
    readonly buyerName: string;
    readonly bodyHash: string;
  };
  readonly charge: {
    readonly customerUid: string | null;
    readonly productType: "real" | "digital";
    readonly cardQuota: number | null;
    readonly customData: string | null;
  };
  readonly card: CardSecret | null;
  /** Issue a key for the card first, and charge that. */
  readonly issuesKey: boolean;
  readonly replaces: string | null;
}

/** Key-in. Throws invalid_field, or the first broken KSNET rule with all of them in `errors`. */
export function parseOneTimeBody(fields: Fields, context: ApiContext): ChargeBody {
  const { card_number, expiry, birth, pwd_2digit, customer_uid, issue_key, ...rest } = parseFields(
    oneTimeBody,
    fields,
  );
  const card = toCard({ card_number, expiry, birth, pwd_2digit });
  const issuesKey = customer_uid !== undefined && issue_key === true;
  const uid = customer_uid ?? null;
  checkRules(
    { ...ruleFacts(rest), what: "charge", card, asksBillingKey: uid !== null && !issuesKey },
    context,
  );
  if (issuesKey)
    checkRules({ ...ruleFacts(rest), what: "billing_key", card, asksBillingKey: false }, context);
  return { ...toCharge(rest, uid, { via: "onetime", issuesKey }), card, issuesKey };
}

/** A charge of a billing key. */
export function parseKeyChargeBody(fields: Fields, context: ApiContext): ChargeBody {
  const { customer_uid, ...rest } = parseFields(keyChargeBody, fields);
  checkRules({ ...ruleFacts(rest), what: "charge", card: null, asksBillingKey: false }, context);
  return {
    ...toCharge(rest, customer_uid, { via: "again", issuesKey: false }),
    card: null,
    issuesKey: false,
  };
}

export interface BillingKeyBody {
  readonly customerUid: string;
  readonly card: CardSecret;
  readonly holder: {
    readonly name: string | null;
    readonly tel: string | null;
    readonly email: string | null;
  };
}

export function parseBillingKeyBody(fields: Fields, context: ApiContext): BillingKeyBody {
  const body = parseFields(keyBody, fields);
  const card = toCard(body);
  checkRules({ ...noMoney, what: "billing_key", card, asksBillingKey: false }, context);
  const { customer_name = null, customer_tel = null, customer_email = null } = body;
  const holder = { name: customer_name, tel: customer_tel, email: customer_email };
  return { customerUid: body.customer_uid, card, holder };
}

const scheduleBody = z.strictObject({
  customer_uid: customerUid,
  schedules: z
    .array(
      z.strictObject({
        merchant_uid: merchantUid,
        schedule_at: instant,
        amount: positiveAmount,
        tax_free: z._default(amount, 0),
        currency: z._default(text(8), "KRW"),
        name: requiredText(40),
        buyer_name: z.optional(text(16)),
        product_type: productType,
      }),
      "배열이어야 합니다.",
    )
    .check(z.refine((list) => list.length >= 1 && list.length <= 50, "1건에서 50건 사이여야 합니다.")),
});

export interface ScheduleBody {
  readonly customerUid: string;
  readonly charges: readonly {
    readonly order: ChargeBody["order"];
    readonly productType: "real" | "digital";
    readonly scheduledAtMs: number;
  }[];
}

export function parseScheduleBody(fields: Fields, context: ApiContext): ScheduleBody {
  const { customer_uid, schedules } = parseFields(scheduleBody, fields);
  const charges = schedules.map((entry, index) => {
    const { schedule_at, ...rest } = entry;
    const pointer = (at: string) => `/schedules/${index}${at}`;
    checkRules({ ...ruleFacts(rest), what: "charge", card: null, asksBillingKey: false }, context, pointer);
    const scheduledAtMs = Date.parse(schedule_at);
    if (scheduledAtMs <= context.nowMs)
      throw new ProblemError("invalid_field", [
        invalidField(pointer("/schedule_at"), "지금 이후의 시각이어야 합니다."),
      ]);
    const { order, charge } = toCharge(rest, customer_uid, { via: "schedule", schedule_at });
    return { order, productType: charge.productType, scheduledAtMs };
  });
  return { customerUid: customer_uid, charges };
}

const toCard = (fields: {
  readonly card_number: string;
  readonly expiry: string;
  readonly birth?: string | undefined;
  readonly pwd_2digit?: string | undefined;
}): CardSecret =>
  new CardSecret({
    cardNumber: fields.card_number,
    expiry: fields.expiry,
    birth: fields.birth ?? null,
    pwd2Digit: fields.pwd_2digit ?? null,
  });

type Charged = Omit<ChargeFields, "customer_uid">;

/** `how` makes two ways of charging under one number two different requests. */
function toCharge(
  fields: Charged,
  customerUid: string | null,
  how: object,
): Omit<ChargeBody, "card" | "issuesKey"> {
  const { idempotency_key: _, ...meant } = fields;
  const asNumbers = { ...meant, amount: Number(fields.amount), tax_free: Number(fields.tax_free) };
  return {
    order: {
      merchantUid: fields.merchant_uid,
      amount: won("/amount", fields.amount),
      taxFree: won("/tax_free", fields.tax_free),
      currency: "KRW",
      name: fields.name,
      buyerName: fields.buyer_name ?? "",
      bodyHash: hashOf({ ...asNumbers, customerUid, ...how }),
    },
    charge: {
      customerUid,
      productType: fields.product_type ?? "real",
      cardQuota: fields.card_quota ?? null,
      customData: fields.custom_data ?? null,
    },
    replaces: fields.replaces ?? null,
  };
}

function won(pointer: string, value: number | string): Money {
  const parsed = parseMoney(value, "KRW");
  if (parsed === null)
    throw new ProblemError("invalid_field", [invalidField(pointer, "원화 금액은 소수점을 쓸 수 없습니다.")]);
  return parsed;
}

const noMoney = {
  productType: null,
  buyerName: null,
  amount: null,
  taxFree: null,
  currency: "KRW",
  cardQuota: null,
};

const ruleFacts = (fields: Charged) => ({
  productType: fields.product_type ?? null,
  buyerName: fields.buyer_name ?? null,
  amount: parseMoney(fields.amount, "KRW"),
  taxFree: parseMoney(fields.tax_free, "KRW"),
  currency: fields.currency,
  cardQuota: fields.card_quota ?? null,
});

function checkRules(
  request: Omit<ApiRequest, "card"> & { readonly card: CardSecret | null },
  context: ApiContext,
  pointerOf = (pointer: string) => pointer,
): void {
  const broken = findBrokenApiRules({ ...request, card: request.card?.reveal() ?? null }, context);
  const [first] = broken;
  if (!first) return;
  const errors = broken.map((rule) => ({ ...rule, pointer: pointerOf(rule.pointer) }));
  throw new ProblemError(first.code as ProblemCode, errors);
}
