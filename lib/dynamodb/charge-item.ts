// A charge in flight, and what it came to, as maps inside their order's item.
import {
  type Charge,
  type ChargeResult,
  chargeStates,
  chargeStatuses,
  chargeWays,
  productTypes,
} from "../domain/operation.ts";
import {
  type Item,
  number,
  present,
  readNumber,
  readOneOf,
  readOptionalNumber,
  readOptionalText,
  readText,
  text,
} from "./item.ts";

export const encodeCharge = (charge: Charge): Item => ({
  via: text(charge.via),
  state: text(charge.state),
  product_type: text(charge.productType),
  claim: text(charge.claimToken),
  sends: number(charge.sends),
  sent_at: number(charge.sentAtMs),
  since: number(charge.sinceMs),
  ...present(charge.customerUid, (uid) => ({ customer_uid: text(uid) })),
  ...present(charge.cardQuota, (months) => ({ card_quota: number(months) })),
  ...present(charge.scheduledAtMs, (atMs) => ({ scheduled_at: number(atMs) })),
});

export const decodeCharge = (item: Item): Charge => ({
  via: readOneOf(item, "via", chargeWays),
  state: readOneOf(item, "state", chargeStates),
  customerUid: readOptionalText(item, "customer_uid"),
  productType: readOneOf(item, "product_type", productTypes),
  cardQuota: readOptionalNumber(item, "card_quota"),
  claimToken: readText(item, "claim"),
  sends: readNumber(item, "sends"),
  sentAtMs: readNumber(item, "sent_at"),
  sinceMs: readNumber(item, "since"),
  scheduledAtMs: readOptionalNumber(item, "scheduled_at"),
});

export const encodeChargeResult = (result: ChargeResult): Item => ({
  status: text(result.status),
  product_type: text(result.productType),
  sent_at: number(result.sentAtMs),
  ...present(result.impUid, (uid) => ({ imp_uid: text(uid) })),
  ...present(result.failReason, (reason) => ({ fail_reason: text(reason) })),
});

export const decodeChargeResult = (item: Item): ChargeResult => ({
  status: readOneOf(item, "status", chargeStatuses),
  impUid: readOptionalText(item, "imp_uid"),
  failReason: readOptionalText(item, "fail_reason"),
  productType: readOneOf(item, "product_type", productTypes),
  sentAtMs: readNumber(item, "sent_at"),
});
