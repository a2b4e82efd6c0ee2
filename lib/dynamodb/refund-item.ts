// A finished refund as its own item, put once and kept as long as its order: a key moves money only once.
import { cancelRefusals } from "../domain/operation.ts";
import { type Refund, refundOrigins, refundStates } from "../domain/refund.ts";
import {
  type Item,
  number,
  present,
  readMoney,
  readNumber,
  readOneOf,
  readOptionalNumber,
  readOptionalOneOf,
  readOptionalText,
  readText,
  schema,
  text,
  when,
} from "./item.ts";
import { refundKey } from "./keys.ts";

export const encodeRefund = (refund: Refund): Item => ({
  pk: text(refundKey(refund.merchantUid, refund.refundId)),
  ...schema,
  version: number(1),
  refund_id: text(refund.refundId),
  merchant_uid: text(refund.merchantUid),
  imp_uid: text(refund.impUid),
  state: text(refund.state),
  amount: number(refund.amount),
  tax_free: number(refund.taxFree),
  currency: text(refund.currency),
  tag: text(refund.tag),
  body_hash: text(refund.bodyHash),
  requested_at: number(refund.requestedAtMs),
  completed_at: number(refund.completedAtMs),
  remaining: number(refund.remaining),
  remaining_tax_free: number(refund.remainingTaxFree),
  request_id: text(refund.requestId),
  ...when(refund.origin === "automatic", { origin: text(refund.origin) }),
  ...present(refund.refusal, (refusal) => ({ refusal: text(refusal) })),
  ...present(refund.reason, (reason) => ({ reason: text(reason) })),
  ...present(refund.cancellationId, (id) => ({ cancellation_id: text(id) })),
  ...present(refund.cancelledAtMs, (atMs) => ({ cancelled_at: number(atMs) })),
  ...present(refund.providerMessage, (message) => ({ provider_message: text(message) })),
});

export const decodeRefund = (item: Item): Refund => ({
  refundId: readText(item, "refund_id"),
  merchantUid: readText(item, "merchant_uid"),
  impUid: readText(item, "imp_uid"),
  state: readOneOf(item, "state", refundStates),
  origin: readOptionalOneOf(item, "origin", refundOrigins) ?? "merchant",
  refusal: readOptionalOneOf(item, "refusal", cancelRefusals),
  amount: readMoney(item, "amount"),
  taxFree: readMoney(item, "tax_free"),
  currency: readCurrency(item),
  reason: readOptionalText(item, "reason"),
  tag: readText(item, "tag"),
  cancellationId: readOptionalText(item, "cancellation_id"),
  cancelledAtMs: readOptionalNumber(item, "cancelled_at"),
  bodyHash: readText(item, "body_hash"),
  requestedAtMs: readNumber(item, "requested_at"),
  completedAtMs: readNumber(item, "completed_at"),
  remaining: readMoney(item, "remaining"),
  remainingTaxFree: readMoney(item, "remaining_tax_free"),
  providerMessage: readOptionalText(item, "provider_message"),
  requestId: readText(item, "request_id"),
});

/** Any currency's code, because what is given back may be in one that no order has. Throws by name on what is none. */
function readCurrency(item: Item): string {
  const code = readText(item, "currency");
  if (!/^[A-Z]{3}$/.test(code)) throw new Error(`stored currency is ${code}, which is no code`);
  return code;
}
