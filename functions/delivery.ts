// Merchants register the parcels of escrow orders here.
import * as z from "zod/mini";
import type { Answer } from "../lib/http/answer.ts";
import type { Fields } from "../lib/http/body.ts";
import type { Call } from "../lib/http/endpoint.ts";
import { instant, merchantUid, parseFields, requiredText, text } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { type ProblemCode, problemAnswer } from "../lib/http/problem.ts";
import { iso } from "../lib/http/views/time.ts";
import { registerDelivery, viewDelivery } from "../lib/usecases/deliveries/register-delivery.ts";
import { wire, wireDeliveries } from "../lib/wiring.ts";

const wiring = wire("delivery");
const { config } = wiring;
const ports = { ...wiring, ...wireDeliveries(wiring) };

/** PortOne's courier codes; a company that is not among them is ETC. */
const couriers = [
  "HYUNDAI",
  "HANARO",
  "SAGAWA",
  "KGB",
  "YELLOWCAP",
  "DONGBU",
  "EPOST",
  "CJGLS",
  "HANJIN",
  "DAESIN",
  "ETC",
];
const person = {
  name: requiredText(20),
  tel: requiredText(20),
  addr: requiredText(200),
  postcode: requiredText(8),
};
const parcel = z.strictObject({
  merchant_uid: merchantUid,
  sender: z.strictObject({ ...person, relationship: z.optional(text(20)) }),
  receiver: z.strictObject(person),
  logis: z.strictObject({
    company: z.enum(couriers, `택배사 코드(${couriers.join(", ")})여야 합니다.`),
    invoice: requiredText(30),
    sent_at: instant,
  }),
});

const problems: Readonly<Record<string, ProblemCode>> = {
  not_escrow: "escrow_method_unsupported",
  contended: "storage_unavailable",
  unavailable: "provider_unavailable",
};

async function register(fields: Fields, isChange: boolean, { requestId }: Call): Promise<Answer> {
  const { merchant_uid, sender, receiver, logis } = parseFields(parcel, fields);
  const { company, invoice, sent_at } = logis;
  const told = withoutUndefined(sender);
  const request = { isChange, sender: told, receiver, company, invoice, sentAtMs: Date.parse(sent_at) };
  const result = await registerDelivery(merchant_uid, request, ports);
  const named = { outcome: result.outcome, merchantUid: merchant_uid };
  switch (result.outcome) {
    case "registered":
      return { status: 200, body: view(merchant_uid, result.record, "registered"), ...named };
    case "scheduled":
      return { status: 202, body: view(merchant_uid, result.request, "scheduled"), ...named };
    case "provider_refused":
      return problemAnswer("provider_refused", requestId, { provider_message: result.message });
    default:
      return problemAnswer(problems[result.outcome] ?? (result.outcome as ProblemCode), requestId);
  }
}

interface Parcel {
  readonly company: string;
  readonly invoice: string;
  readonly sentAtMs: number;
  readonly appliedAtMs?: number;
}

const view = (merchant_uid: string, { company, invoice, sentAtMs, appliedAtMs }: Parcel, state: string) => ({
  merchant_uid,
  company,
  invoice,
  sent_at: iso(sentAtMs),
  applied_at: appliedAtMs === undefined ? null : iso(appliedAtMs),
  state,
});

const withoutUndefined = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const create: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/delivery",
  action: "delivery.register",
  scope: "delivery",
  answer: (fields, call) => register(fields, false, call),
};

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/delivery",
  action: "delivery.get",
  scope: "delivery",
  answer: async (fields, { requestId }) => {
    const { merchant_uid } = parseFields(z.strictObject({ merchant_uid: merchantUid }), fields);
    const result = await viewDelivery(merchant_uid, ports);
    if (result.outcome !== "registered")
      return problemAnswer(problems[result.outcome] ?? (result.outcome as ProblemCode), requestId);
    return { status: 200, body: view(merchant_uid, result.record, "registered"), merchantUid: merchant_uid };
  },
};

const update: MerchantRoute = {
  route: "PUT /orders/{merchant_uid}/delivery",
  action: "delivery.update",
  scope: "delivery",
  answer: (fields, call) => register(fields, true, call),
};

export const { prime } = wiring;
export const handler = merchantEndpoint({ ...wiring, merchantKeys: config.merchantKeys }, [
  create,
  get,
  update,
]);
