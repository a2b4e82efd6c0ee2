// Billing keys: the card a key is issued for, and the customer a key belongs to.
import * as z from "zod/mini";
import { CardSecret } from "../../domain/card-secret.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { Fields } from "../body.ts";
import { customerUid, parseFields, readFields, text } from "../fields.ts";
import type { FieldProblem } from "../problem-error.ts";

export const cardFields = {
  card_number: text(30),
  expiry: text(10),
  birth: z.optional(text(12)),
  pwd_2digit: z.optional(text(4)),
};

interface CardBody {
  readonly card_number?: string | undefined;
  readonly expiry?: string | undefined;
  readonly birth?: string | undefined;
  readonly pwd_2digit?: string | undefined;
}

/** What is missing is empty, which no rule takes for a card. */
export const cardOf = ({ card_number = "", expiry = "", birth, pwd_2digit }: CardBody): CardSecret =>
  new CardSecret({ cardNumber: card_number, expiry, birth: birth ?? null, pwd2Digit: pwd_2digit ?? null });

export const keyBody = z.strictObject({
  ...cardFields,
  customer_uid: customerUid,
  customer_name: z.optional(text(20)),
  customer_tel: z.optional(text(20)),
  customer_email: z.optional(text(200)),
});

/** What POST /customers/{customer_uid}/billing-key asks for. */
export interface BillingKeyRequest {
  readonly customerUid: string;
  readonly card: CardSecret;
  readonly holder: {
    readonly name: string | null;
    readonly tel: string | null;
    readonly email: string | null;
  };
  readonly facts: ChargeFacts;
}

export interface BillingKeyReading {
  readonly request: BillingKeyRequest | null;
  readonly facts: ChargeFacts;
  readonly problems: readonly FieldProblem[];
}

export function readBillingKey(fields: Fields): BillingKeyReading {
  const { value, sound, problems } = readFields(keyBody, fields);
  const card = cardOf(sound);
  const facts = { ...nothingCharged, calls: ["billing_key"] as const, card };
  const holder = {
    name: sound.customer_name ?? null,
    tel: sound.customer_tel ?? null,
    email: sound.customer_email ?? null,
  };
  return { request: value && { customerUid: value.customer_uid, card, holder, facts }, facts, problems };
}

/** What the rules look at of a call that charges nothing. */
export const nothingCharged = {
  card: null,
  productType: null,
  buyerName: null,
  amount: null,
  taxFree: null,
  currency: "KRW",
  cardQuota: null,
  dueAtMs: null,
  asksBillingKey: false,
};

export const customerNamed = z.strictObject({ customer_uid: customerUid });

/** Throws invalid_field. */
export const parseCustomer = (fields: Fields): string => parseFields(customerNamed, fields).customer_uid;

export const keyDeletion = z.strictObject({ customer_uid: customerUid, reason: z.optional(text(200)) });

/** Throws invalid_field. */
export function parseKeyDeletion(fields: Fields) {
  const { customer_uid, reason = null } = parseFields(keyDeletion, fields);
  return { customerUid: customer_uid, reason };
}
