// The body of a cash receipt: of an order, or of a sale outside PortOne.
import * as z from "zod/mini";
import type { ReceiptFacts } from "../../domain/ksnet/receipt-rules.ts";
import type { Money } from "../../domain/money.ts";
import { type ProductType, type ReceiptType, receiptTypes } from "../../domain/operation.ts";
import {
  type IdentifierType,
  identifierTypes,
  readIdentifier,
  usualType,
} from "../../domain/receipt-identifier.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import {
  amount,
  invalidField,
  merchantUid,
  parseFields,
  positiveAmount,
  productType,
  readFields,
  readWon,
  requiredText,
  text,
} from "../fields.ts";
import type { FieldProblem } from "../problem-error.ts";

const receiptFields = {
  merchant_uid: merchantUid,
  identifier: z.string("큰따옴표로 감싼 문자열이어야 합니다."),
  identifier_type: z.optional(
    z.enum(identifierTypes, "person, business, phone, taxcard 중 하나여야 합니다."),
  ),
  type: z.optional(z.enum(receiptTypes, "person 또는 company여야 합니다.")),
  product_type: productType,
  buyer_name: z.optional(requiredText(16)),
  buyer_email: z.optional(text(64)),
  buyer_tel: z.optional(text(16)),
};

export const orderReceipt = z.strictObject(receiptFields);
const previewFlag = z.union([z.boolean(), z.enum(["true", "false"])], "true 또는 false여야 합니다.");
export const orderPreview = z.partial(z.strictObject({ ...receiptFields, preview: previewFlag }));
export const saleReceipt = z.strictObject({
  ...receiptFields,
  name: requiredText(40),
  amount: positiveAmount,
  tax_free: z._default(amount, 0),
  pg: z.optional(z.string()),
  channel_key: z.optional(z.string()),
});

/** What a door for receipts asks for. */
export interface ReceiptRequest {
  readonly address: { readonly of: "order" | "sale"; readonly merchantUid: string };
  readonly identifier: string;
  readonly identifierType: IdentifierType | null;
  readonly type: ReceiptType;
  readonly productType: ProductType | null;
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly bodyHash: string;
  readonly sale: { readonly name: string; readonly amount: Money; readonly taxFree: Money } | null;
}

export interface ReceiptReading {
  /** Null when its shape is wrong. */
  readonly request: ReceiptRequest | null;
  /** Of the well-formed fields. */
  readonly facts: ReceiptFacts;
  readonly problems: readonly FieldProblem[];
}

/**
 * The order's number when only a preview is asked for, null otherwise; whatever else is said is checked, and
 * nothing of it is needed. Throws invalid_field.
 */
export function parsePreview(fields: Fields): string | null {
  if (fields["preview"] === undefined) return null;
  const { preview, merchant_uid } = parseFields(orderPreview, fields);
  return String(preview) === "true" ? parseFields(merchantUid, merchant_uid) : null;
}

type Sound = Partial<z.infer<typeof orderReceipt>>;

export function readOrderReceipt({ preview: _, ...fields }: Fields): ReceiptReading {
  const { value, sound, problems } = readFields(orderReceipt, fields);
  return {
    request: value && toRequest(value, "order", null),
    facts: { ...factsOf(sound), sale: null },
    problems,
  };
}

/** What names this shop at the provider. */
export interface SaleChannel {
  readonly channelKey: string | null;
  readonly pgs: readonly string[];
}

/** What the window's configuration says of the channel may be repeated in the body, not contradicted. */
export function readSaleReceipt(fields: Fields, channel: SaleChannel): ReceiptReading {
  const { value, sound, problems: malformed } = readFields(saleReceipt, fields);
  const problems = [...malformed];
  if (sound.pg !== undefined && !channel.pgs.includes(sound.pg))
    problems.push(invalidField("/pg", "설정된 PG와 다릅니다. 빼고 보내 주세요."));
  if (sound.channel_key !== undefined && sound.channel_key !== channel.channelKey)
    problems.push(invalidField("/channel_key", "설정된 채널 키와 다릅니다. 빼고 보내 주세요."));
  const total = sound.amount === undefined ? null : readWon("/amount", sound.amount, problems);
  const taxFree = sound.tax_free === undefined ? null : readWon("/tax_free", sound.tax_free, problems);
  if (total !== null && taxFree !== null && taxFree > total)
    problems.push(invalidField("/tax_free", "금액보다 클 수 없습니다."));
  const isSound = value !== null && problems.length === 0 && total !== null && taxFree !== null;
  return {
    request: isSound ? toRequest(value, "sale", { name: value.name, amount: total, taxFree }) : null,
    facts: { ...factsOf(sound), sale: { buyerName: sound.buyer_name ?? null } },
    problems,
  };
}

const factsOf = (sound: Sound) => ({
  productType: sound.product_type ?? null,
  identifier: sound.identifier ?? null,
  identifierType: sound.identifier_type ?? null,
  type: sound.type ?? null,
});

/** Hyphens and blanks in the identifier make no other request, nor does saying the type that was meant anyway. */
function toRequest(
  body: z.infer<typeof orderReceipt>,
  of: "order" | "sale",
  sale: ReceiptRequest["sale"],
): ReceiptRequest {
  const identifierType = body.identifier_type ?? null;
  const identifier = readIdentifier(body.identifier, identifierType) ?? body.identifier;
  const type = body.type ?? usualType(identifier, identifierType);
  return {
    address: { of, merchantUid: body.merchant_uid },
    identifier,
    identifierType,
    type,
    productType: body.product_type ?? null,
    buyerName: body.buyer_name ?? null,
    buyerEmail: body.buyer_email ?? null,
    buyerTel: body.buyer_tel ?? null,
    bodyHash: hashOf({ ...body, identifier, type }),
    sale,
  };
}
