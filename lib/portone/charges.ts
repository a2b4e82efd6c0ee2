// Charges without a window. The answer to a charge is a payment record, and only the record says whether
// the card paid: `code` 0 with `status` failed is a decline (PortOne's billing pages).
import { type CardSecret, groupedNumber } from "../domain/card-secret.ts";
import { toWire } from "../domain/money.ts";
import type { ChargeGateway, ChargeRequest, VirtualAccountRequest } from "../ports/billing.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, withoutNull } from "./change-call.ts";
import { type ApiPath, pathTo } from "./path.ts";
import { toPaymentRecord } from "./translate.ts";

export const createCharges = (caller: AuthorizedCaller, channelKey: string | null): ChargeGateway => {
  const send = (path: ApiPath, body?: object) =>
    change(caller, { method: "POST", path, ...(body && { body }) }, toPaymentRecord);

  return {
    login: () => caller.login(),
    chargeOnce: (request, card) =>
      send(pathTo`/subscribe/payments/onetime`, { ...chargeFields(request), ...cardFields(card) }),
    chargeKey: (request, customerUid) =>
      send(pathTo`/subscribe/payments/again`, { ...chargeFields(request), customer_uid: customerUid }),
    retrySchedule: (merchantUid) => send(pathTo`/subscribe/payments/schedule/${merchantUid}/retry`),
    issueAccount: (request) =>
      send(pathTo`/vbanks`, withoutNull({ ...accountFields(request), channel_key: channelKey })),
  };
};

const chargeFields = (request: ChargeRequest): object =>
  withoutNull({
    merchant_uid: request.merchantUid,
    name: request.name,
    amount: toWire(request.amount, request.currency),
    tax_free: toWire(request.taxFree, request.currency),
    currency: request.currency,
    buyer_name: request.buyerName,
    product_type: request.productType,
    card_quota: request.cardQuota,
    custom_data: customDataText(request.customData),
    notice_url: request.noticeUrl,
  });

/** PortOne takes a text here, where a window takes an object as well. */
const customDataText = (data: ChargeRequest["customData"]): string | null =>
  data === null || typeof data === "string" ? data : JSON.stringify(data);

function cardFields(secret: CardSecret): object {
  const { cardNumber, expiry, birth, pwd2Digit } = secret.reveal();
  return withoutNull({ card_number: groupedNumber(cardNumber), expiry, birth, pwd_2digit: pwd2Digit });
}

const accountFields = (request: VirtualAccountRequest) => ({
  merchant_uid: request.merchantUid,
  name: request.name,
  amount: toWire(request.amount, request.currency),
  buyer_name: request.buyerName,
  product_type: request.productType,
  vbank_code: request.bankCode,
  vbank_due: Math.floor(request.dueAtMs / 1000),
});
