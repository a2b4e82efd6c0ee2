// The bodies of charges without a window, and of accounts opened by API: their shape, and their translation. Card data goes straight into
// a value that prints as a mask; nothing of it reaches the hash that tells a repeat.
import * as z from "zod/mini";
import type { CardSecret } from "../../domain/card-secret.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import { type Money, parseMoney } from "../../domain/money.ts";
import type { ProductType } from "../../domain/operation.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import {
  amount,
  customerUid,
  customText,
  flag,
  instant,
  merchantUid,
  positiveAmount,
  productType,
  readFields,
  readWon,
  requiredText,
  setByServer,
  text,
} from "../fields.ts";
import type { FieldProblem } from "../problem-error.ts";
import { cardFields, cardOf, nothingCharged } from "./billing-key.ts";

/** What is charged, whoever makes the charge and when. */
export const chargedFields = {
  merchant_uid: merchantUid,
  name: requiredText(40),
  amount: positiveAmount,
  tax_free: z._default(amount, 0),
  currency: z._default(text(8), "KRW"),
  product_type: productType,
  buyer_name: z.optional(text(16)),
  pg: setByServer,
  channel_key: setByServer,
  notice_url: setByServer,
};

const chargeFields = {
  ...chargedFields,
  card_quota: z.optional(
    z
      .int("정수여야 합니다.")
      .check(z.refine((months) => months >= 0 && months <= 36, "0에서 36 사이여야 합니다.")),
  ),
  custom_data: z.optional(customText),
  replaces: z.optional(merchantUid),
  // The number and the body are what makes a charge happen once; a key beside them changes nothing.
  idempotency_key: z.optional(text(64)),
};

export const oneTimeBody = z.strictObject({
  ...chargeFields,
  ...cardFields,
  customer_uid: z.optional(customerUid),
  issue_key: z.optional(flag),
});
export const keyChargeBody = z.strictObject({ ...chargeFields, customer_uid: customerUid });

type Charged = Partial<Omit<z.infer<typeof keyChargeBody>, "customer_uid">>;

/** What POST /payments/onetime and POST /customers/{customer_uid}/payments ask for. */
export interface ChargeRequest {
  readonly order: ChargedOrder;
  readonly charge: {
    readonly customerUid: string | null;
    readonly productType: ProductType | null;
    readonly cardQuota: number | null;
  };
  readonly card: CardSecret | null;
  readonly replaces: string | null;
  /** The customer whose key is charged as it stands. */
  readonly keyToKnowOf: string | null;
  readonly facts: ChargeFacts;
}

export interface ChargedOrder {
  readonly merchantUid: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: "KRW";
  readonly name: string;
  readonly buyerName: string;
  readonly customData: string | null;
  readonly bodyHash: string;
}

export interface ChargeReading<Request> {
  /** Null when its shape is wrong. */
  readonly request: Request | null;
  /** Of the well-formed fields. */
  readonly facts: ChargeFacts;
  readonly problems: readonly FieldProblem[];
}

/** Key-in; with `issuesKeyFor` a key is issued for the card first, and that is charged. */
export type OneTimeRequest = ChargeRequest & { readonly issuesKeyFor: string | null };

export function readOneTimeCharge(fields: Fields): ChargeReading<OneTimeRequest> {
  const { value, sound, problems } = readFields(oneTimeBody, fields);
  const { card_number, expiry, birth, pwd_2digit, customer_uid, issue_key, ...rest } = sound;
  const card = cardOf({ card_number, expiry, birth, pwd_2digit });
  const issuesKeyFor = issue_key === true && customer_uid !== undefined ? customer_uid : null;
  const how = { via: "onetime", issuesKey: issuesKeyFor !== null };
  const facts = {
    ...factsOf(rest),
    calls: issuesKeyFor === null ? (["key_in"] as const) : (["key_in", "billing_key"] as const),
    card,
    asksBillingKey: customer_uid !== undefined && issuesKeyFor === null,
  };
  const read = readCharge(rest, customer_uid ?? null, how, problems);
  const request = value && read.charge && { ...read.charge, card, facts, issuesKeyFor, keyToKnowOf: null };
  return { request, facts, problems: read.problems };
}

/** A charge of a billing key. */
export function readKeyCharge(fields: Fields): ChargeReading<ChargeRequest> {
  const { value, sound, problems } = readFields(keyChargeBody, fields);
  const { customer_uid, ...rest } = sound;
  const facts = { ...factsOf(rest), calls: ["key_charge"] as const };
  const read = readCharge(rest, customer_uid ?? null, { via: "again", issuesKey: false }, problems);
  const request = value &&
    read.charge && { ...read.charge, card: null, facts, keyToKnowOf: value.customer_uid };
  return { request, facts, problems: read.problems };
}

/** `how` makes two ways of charging under one number two different requests. */
function readCharge(fields: Charged, uid: string | null, how: object, malformed: readonly FieldProblem[]) {
  const { order, problems } = readChargedOrder(fields, { customerUid: uid, ...how }, malformed);
  const charge = order && {
    order,
    charge: {
      customerUid: uid,
      productType: fields.product_type ?? null,
      cardQuota: fields.card_quota ?? null,
    },
    replaces: fields.replaces ?? null,
  };
  return { charge, problems };
}

/** The order of a charge; null, and why, when an amount has decimals or anything else is malformed. */
export function readChargedOrder(
  { idempotency_key: _, ...fields }: Charged,
  how: object,
  malformed: readonly FieldProblem[],
): { readonly order: ChargedOrder | null; readonly problems: readonly FieldProblem[] } {
  const problems = [...malformed];
  const { merchant_uid, name } = fields;
  const total = fields.amount === undefined ? null : readWon("/amount", fields.amount, problems);
  const taxFree = fields.tax_free === undefined ? null : readWon("/tax_free", fields.tax_free, problems);
  const isSound = problems.length === 0 && total !== null && taxFree !== null;
  if (!isSound || merchant_uid === undefined || name === undefined) return { order: null, problems };
  const asNumbers = { ...fields, amount: Number(fields.amount), tax_free: Number(fields.tax_free) };
  return {
    order: {
      merchantUid: merchant_uid,
      amount: total,
      taxFree,
      currency: "KRW",
      name,
      buyerName: fields.buyer_name ?? "",
      customData: fields.custom_data ?? null,
      bodyHash: hashOf({ ...asNumbers, ...how }),
    },
    problems,
  };
}

/** What the rules look at of a charge; each caller adds what it makes PortOne do. */
export const factsOf = (fields: Charged): Omit<ChargeFacts, "calls"> => ({
  card: null,
  productType: fields.product_type ?? null,
  buyerName: fields.buyer_name ?? null,
  amount: parseMoney(fields.amount, "KRW"),
  taxFree: parseMoney(fields.tax_free, "KRW"),
  currency: fields.currency ?? "KRW",
  cardQuota: fields.card_quota ?? null,
  dueAtMs: null,
  asksBillingKey: false,
});

export const accountBody = z.strictObject({
  merchant_uid: merchantUid,
  vbank_code: requiredText(8),
  vbank_due_at: instant,
  product_type: productType,
});

/** What POST /orders/{merchant_uid}/virtual-account asks for. */
export interface AccountRequest {
  readonly merchantUid: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
  readonly productType: ProductType | null;
  readonly facts: ChargeFacts;
}

export function readAccount(fields: Fields): ChargeReading<AccountRequest> {
  const { value, sound, problems } = readFields(accountBody, fields);
  const dueAtMs = sound.vbank_due_at === undefined ? null : Date.parse(sound.vbank_due_at);
  const asked = sound.product_type ?? null;
  const facts: ChargeFacts = {
    ...nothingCharged,
    calls: ["virtual_account"],
    productType: asked,
    dueAtMs,
  };
  const request = value && {
    merchantUid: value.merchant_uid,
    bankCode: value.vbank_code,
    dueAtMs: Date.parse(value.vbank_due_at),
    productType: asked,
    facts,
  };
  return { request, facts, problems };
}
