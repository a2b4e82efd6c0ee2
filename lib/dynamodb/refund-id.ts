// The id of a refund of ours where an order names many of them: the bytes it says, a third shorter than their text.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { readText, text } from "./item.ts";

const prefix = "rf_";
const idOf = (bytes: Uint8Array): string => `${prefix}${Buffer.from(bytes).toString("base64url")}`;

/** As it is written where it says no bytes. */
export function encodeRefundId(refundId: string): AttributeValue {
  const bytes = Buffer.from(refundId.slice(prefix.length), "base64url");
  return idOf(bytes) === refundId ? { B: bytes } : text(refundId);
}

/** Throws by name where there is none. */
export const decodeRefundId = (refund: AttributeValue | undefined): string =>
  refund?.B === undefined ? readText({ ...(refund && { refund }) }, "refund") : idOf(refund.B);
