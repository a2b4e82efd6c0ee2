// Merchants register the parcels of escrow orders here.
import type { Answer } from "../lib/http/answer.ts";
import type { Fields } from "../lib/http/body.ts";
import { parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parseDelivery } from "../lib/http/requests/delivery.ts";
import { viewDelivery } from "../lib/http/views/delivery.ts";
import { findDelivery } from "../lib/usecases/deliveries/find-delivery.ts";
import { registerDelivery } from "../lib/usecases/deliveries/register-delivery.ts";
import { wire, wireDeliveries } from "../lib/wiring.ts";

const wiring = wire("delivery");
const ports = { ...wiring, ...wireDeliveries(wiring) };

async function register(fields: Fields, isChange: boolean, requestId: string): Promise<Answer> {
  const request = parseDelivery(fields, isChange);
  const result = await registerDelivery(request, ports);
  const { outcome } = result;
  if (outcome === "registered")
    return { status: 200, body: viewDelivery(request.merchantUid, result.record, outcome), outcome };
  if (outcome === "scheduled")
    return { status: 202, body: viewDelivery(request.merchantUid, result.request, outcome), outcome };
  return refuse(result, requestId);
}

const create: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/delivery",
  action: "delivery.register",
  scope: "delivery",
  answer: (fields, { requestId }) => register(fields, false, requestId),
};

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/delivery",
  action: "delivery.get",
  scope: "delivery",
  answer: async (fields, { requestId }) => {
    const merchantUid = parseMerchantUid(fields);
    const result = await findDelivery(merchantUid, ports);
    if (result.outcome !== "registered" && result.outcome !== "scheduled") return refuse(result, requestId);
    const parcel = result.outcome === "registered" ? result.record : result.request;
    return { status: 200, body: viewDelivery(merchantUid, parcel, result.outcome, result.reviewReason) };
  },
};

const update: MerchantRoute = {
  route: "PUT /orders/{merchant_uid}/delivery",
  action: "delivery.update",
  scope: "delivery",
  answer: (fields, { requestId }) => register(fields, true, requestId),
};

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, [create, get, update]);
