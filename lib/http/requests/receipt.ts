// The body of a cash receipt: of an order, or of a sale outside PortOne.
import * as z from "zod/mini";
import { type Money, parseMoney } from "../../domain/money.ts";
import type { IdentifierType, ReceiptType } from "../../domain/receipt.ts";
import { maskIdentifier, readIdentifier } from "../../domain/receipt-identifier.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import { amount, invalidField, merchantUid, parseFields, requiredText, text } from "../fields.ts";
import { ProblemError } from "../problem.ts";

const identifierTypes = ["person", "business", "phone", "taxcard"] as const;

const receiptFields = {
  merchant_uid: merchantUid,
  identifier: z.string("문자열이어야 합니다."),
  identifier_type: z.optional(
    z.enum(identifierTypes, "person, business, phone, taxcard 중 하나여야 합니다."),
  ),
  type: z._default(z.enum(["person", "company"], "person 또는 company여야 합니다."), "person"),
  product_type: z.optional(z.enum(["real", "digital"], "real 또는 digital이어야 합니다.")),
  buyer_name: z.optional(requiredText(16)),
  buyer_email: z.optional(text(64)),
  buyer_tel: z.optional(text(16)),
};

const orderReceipt = z.strictObject(receiptFields);
const previewFlag = z.union([z.boolean(), z.enum(["true", "false"])], "true 또는 false여야 합니다.");
const orderPreview = z.partial(z.strictObject({ ...receiptFields, preview: previewFlag }));
const saleReceipt = z.strictObject({
  ...receiptFields,
  name: requiredText(40),
  amount: amount.check(z.refine((value) => Number(value) > 0, "0보다 커야 합니다.")),
  tax_free: z._default(amount, 0),
  pg: z.optional(z.string()),
  channel_key: z.optional(z.string()),
});

export interface ReceiptBody {
  readonly merchantUid: string;
  readonly identifier: string;
  readonly identifierMasked: string;
  readonly identifierType: IdentifierType | null;
  readonly type: ReceiptType;
  readonly productType: "real" | "digital";
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly bodyHash: string;
}

export interface SaleReceiptBody extends ReceiptBody {
  readonly name: string;
  readonly amount: Money;
  readonly taxFree: Money;
}

/**
 * The order's number when only a preview is asked for, null otherwise; whatever else is said is checked, and
 * nothing of it is needed.
 */
export function parsePreview(fields: Fields): string | null {
  if (fields["preview"] === undefined) return null;
  const { preview, merchant_uid } = parseFields(orderPreview, fields);
  return String(preview) === "true" ? parseFields(merchantUid, merchant_uid) : null;
}

/** Throws invalid_field, product_type_required or identifier_invalid. */
export function parseReceiptBody({ preview: _, ...fields }: Fields): ReceiptBody {
  return toReceiptBody(parseFields(orderReceipt, fields));
}

/** What names this shop at the provider. */
export interface SaleChannel {
  readonly channelKey: string | null;
  readonly pgs: readonly string[];
}

/** What the window's configuration says of the channel may be repeated in the body, not contradicted. */
export function parseSaleReceiptBody(fields: Fields, channel: SaleChannel): SaleReceiptBody {
  const body = parseFields(saleReceipt, fields);
  const money = (pointer: string, value: string | number): Money => {
    const parsed = parseMoney(value, "KRW");
    if (parsed === null)
      throw new ProblemError("invalid_field", [
        invalidField(pointer, "원화 금액은 소수점을 쓸 수 없습니다."),
      ]);
    return parsed;
  };
  if (body.pg !== undefined && !channel.pgs.includes(body.pg))
    throw new ProblemError("invalid_field", [invalidField("/pg", "설정된 PG와 다릅니다.")]);
  if (body.channel_key !== undefined && body.channel_key !== channel.channelKey)
    throw new ProblemError("invalid_field", [invalidField("/channel_key", "설정된 채널 키와 다릅니다.")]);
  if (body.buyer_name === undefined) throw new ProblemError("buyer_name_required");
  const saleAmount = money("/amount", body.amount);
  const taxFree = money("/tax_free", body.tax_free);
  if (taxFree > saleAmount)
    throw new ProblemError("invalid_field", [invalidField("/tax_free", "금액보다 클 수 없습니다.")]);
  return { ...toReceiptBody(body), name: body.name, amount: saleAmount, taxFree };
}

interface ParsedFields {
  readonly merchant_uid: string;
  readonly identifier: string;
  readonly identifier_type?: IdentifierType | undefined;
  readonly type: ReceiptType;
  readonly product_type?: "real" | "digital" | undefined;
  readonly buyer_name?: string | undefined;
  readonly buyer_email?: string | undefined;
  readonly buyer_tel?: string | undefined;
}

function toReceiptBody(body: ParsedFields): ReceiptBody {
  if (body.product_type === undefined) throw new ProblemError("product_type_required");
  const identifier = readIdentifier(body.identifier, body.identifier_type ?? null);
  if (identifier === null) throw new ProblemError("identifier_invalid");
  return {
    merchantUid: body.merchant_uid,
    identifier,
    identifierMasked: maskIdentifier(identifier),
    identifierType: body.identifier_type ?? null,
    type: body.type,
    productType: body.product_type,
    buyerName: body.buyer_name ?? null,
    buyerEmail: body.buyer_email ?? null,
    buyerTel: body.buyer_tel ?? null,
    bodyHash: hashOf({ ...body, identifier }),
  };
}
