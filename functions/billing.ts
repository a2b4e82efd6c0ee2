// Merchants charge cards and billing keys here, reserve charges, and open virtual accounts: payments
// without a window.
import * as z from "zod/mini";
import type { Answer } from "../lib/http/answer.ts";
import type { Fields } from "../lib/http/body.ts";
import type { Call } from "../lib/http/endpoint.ts";
import { customerUid, instant, merchantUid, parseFields, requiredText, text } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { type ProblemCode, ProblemError, problemAnswer } from "../lib/http/problem.ts";
import {
  type ChargeBody,
  parseBillingKeyBody,
  parseKeyChargeBody,
  parseOneTimeBody,
  parseScheduleBody,
} from "../lib/http/requests/charge.ts";
import { viewBillingKey, viewCharge, viewSchedule } from "../lib/http/views/charge.ts";
import { viewOrder } from "../lib/http/views/order.ts";
import { deleteBillingKey, issueBillingKey } from "../lib/usecases/charges/billing-keys.ts";
import { type ChargeOutcome, chargeOrder } from "../lib/usecases/charges/charge-order.ts";
import { issueAccount } from "../lib/usecases/charges/issue-account.ts";
import { retrySchedule } from "../lib/usecases/charges/retry-schedule.ts";
import { rescheduleCharge, scheduleCharges, unscheduleOrders } from "../lib/usecases/charges/schedules.ts";
import { voidOrder } from "../lib/usecases/orders/void-order.ts";
import { wire, wireCharges, wireCustomers, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("billing");
const { config, clock } = wiring;
const customers = wireCustomers(wiring);
const ports = {
  ...wiring,
  ...wireSyncing(wiring),
  ...wireCharges(wiring),
  customers,
  pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};
const context = () => ({ nowMs: clock.nowMs(), contracts: config.contracts });

/** Everything that ends a call without what was asked for. */
function refuse(
  result: { readonly outcome: string; readonly message?: string | null },
  requestId: string,
): Answer {
  switch (result.outcome) {
    case "exists":
      return problemAnswer("order_exists", requestId);
    case "not_replaceable":
      return problemAnswer("order_not_payable", requestId);
    case "too_early_to_replace": {
      const detail = "앞선 결제의 결과를 확인하는 중입니다. 10분 뒤에 다시 시도해 주세요.";
      return problemAnswer("order_not_payable", requestId, { detail });
    }
    case "provider_refused":
      return problemAnswer("provider_refused", requestId, { provider_message: result.message ?? null });
    case "unavailable":
      return problemAnswer("provider_unavailable", requestId);
    case "contended":
      return problemAnswer("storage_unavailable", requestId);
    default:
      return problemAnswer(result.outcome as ProblemCode, requestId);
  }
}

function answerCharge(
  result: ChargeOutcome | { readonly outcome: "schedule_not_open" },
  more: object,
  requestId: string,
): Answer {
  if (!("order" in result)) return refuse(result, requestId);
  const { order } = result;
  const named = { outcome: result.outcome, merchantUid: order.merchantUid, impUid: order.impUid };
  if (result.outcome === "pending") return { status: 202, body: { ...viewCharge(order), ...more }, ...named };
  if (order.chargeResult?.status === "paid")
    return { status: 201, body: { ...viewCharge(order), ...more }, ...named };
  const declined = problemAnswer("card_declined", requestId, {
    provider_message: order.chargeResult?.failReason ?? null,
  });
  return { ...declined, ...named };
}

async function charge(body: ChargeBody, call: Call): Promise<Answer> {
  const { requestId } = call;
  if (!body.issuesKey || !body.card || body.charge.customerUid === null)
    return answerCharge(await chargeOrder({ ...body, ...call }, ports), {}, requestId);
  // Two safe steps instead of the one KSNET does not have (R-KS-19). A repeat of an order that exists asks
  // what became of it and issues nothing.
  const { customerUid: uid } = body.charge;
  const exists = (await ports.store.read(body.order.merchantUid)) !== null;
  if (!exists) {
    const holder = { name: body.order.buyerName, tel: null, email: null };
    const issued = await issueBillingKey(uid, body.card, holder, ports);
    if (issued.outcome !== "issued") return refuse(issued, requestId);
  }
  const result = await chargeOrder({ ...body, ...call, card: null }, ports);
  const known = await customers.fetchKey(uid);
  const key = known.outcome === "found" ? known.record : null;
  return answerCharge(result, { billing_key: key && viewBillingKey(key) }, requestId);
}

const chargeKey: MerchantRoute = {
  route: "POST /customers/{customer_uid}/payments",
  action: "billing.charge",
  scope: "billing",
  answer: (fields, call) => charge(parseKeyChargeBody(fields, context()), call),
};

const chargeOnce: MerchantRoute = {
  route: "POST /payments/onetime",
  action: "billing.onetime",
  scope: "billing",
  answer: (fields, call) => charge(parseOneTimeBody(fields, context()), call),
};

const issueKey: MerchantRoute = {
  route: "POST /customers/{customer_uid}/billing-key",
  action: "billing.issue_key",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const { customerUid: uid, card, holder } = parseBillingKeyBody(fields, context());
    const result = await issueBillingKey(uid, card, holder, ports);
    if (result.outcome !== "issued") return refuse(result, requestId);
    return {
      status: 201,
      body: { ...viewBillingKey(result.key), replaced: result.replaced },
      outcome: "issued",
    };
  },
};

const customerNamed = z.strictObject({ customer_uid: customerUid });

const getKey: MerchantRoute = {
  route: "GET /customers/{customer_uid}/billing-key",
  action: "billing.get_key",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const known = await customers.fetchKey(parseFields(customerNamed, fields).customer_uid);
    if (known.outcome === "unavailable") return refuse(known, requestId);
    if (!known.record) throw new ProblemError("billing_key_not_found");
    return { status: 200, body: viewBillingKey(known.record) };
  },
};

const deleteKey: MerchantRoute = {
  route: "DELETE /customers/{customer_uid}/billing-key",
  action: "billing.delete_key",
  scope: "billing",
  query: ["reason"],
  answer: async (fields, { requestId }) => {
    const named = z.strictObject({ customer_uid: customerUid, reason: z.optional(text(200)) });
    const { customer_uid, reason = null } = parseFields(named, fields);
    const result = await deleteBillingKey(customer_uid, reason, ports);
    if (result.outcome !== "deleted") return refuse(result, requestId);
    return { status: 200, body: { customer_uid, deleted: true, unscheduled: result.unscheduled } };
  },
};

const schedule: MerchantRoute = {
  route: "POST /customers/{customer_uid}/schedules",
  action: "billing.schedule",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const { customerUid: uid, charges } = parseScheduleBody(fields, context());
    const result = await scheduleCharges(uid, charges, ports);
    if (result.outcome !== "scheduled") return refuse(result, requestId);
    return { status: 201, body: { schedules: result.schedules.map(viewSchedule) }, outcome: result.outcome };
  },
};

const dayMs = 24 * 3_600_000;

const listSchedules: MerchantRoute = {
  route: "GET /customers/{customer_uid}/schedules",
  action: "billing.schedules",
  scope: "billing",
  query: ["from", "to"],
  answer: async (fields, { requestId }) => {
    const window = z.strictObject({
      customer_uid: customerUid,
      from: z.optional(instant),
      to: z.optional(instant),
    });
    const { customer_uid, from, to } = parseFields(window, fields);
    const fromMs = from === undefined ? clock.nowMs() - 30 * dayMs : Date.parse(from);
    const toMs = to === undefined ? fromMs + 89 * dayMs : Date.parse(to);
    const listed = await customers.listSchedules(customer_uid, { fromMs, toMs });
    if (listed.outcome === "unavailable") return refuse(listed, requestId);
    return { status: 200, body: { schedules: listed.records.map(viewSchedule) } };
  },
};

const scheduleNamed = z.strictObject({ customer_uid: customerUid, merchant_uid: merchantUid });

const reschedule: MerchantRoute = {
  route: "PUT /customers/{customer_uid}/schedules/{merchant_uid}",
  action: "billing.reschedule",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const moved = z.strictObject({
      customer_uid: customerUid,
      merchant_uid: merchantUid,
      schedule_at: instant,
    });
    const { customer_uid, merchant_uid, schedule_at } = parseFields(moved, fields);
    const result = await rescheduleCharge(customer_uid, merchant_uid, Date.parse(schedule_at), ports);
    if (result.outcome !== "rescheduled") return refuse(result, requestId);
    return { status: 200, body: viewSchedule(result.schedule), outcome: result.outcome };
  },
};

const retry: MerchantRoute = {
  route: "POST /customers/{customer_uid}/schedules/{merchant_uid}/retry",
  action: "billing.retry",
  scope: "billing",
  answer: async (fields, { requestId, timeLeftMs }) => {
    const { customer_uid, merchant_uid } = parseFields(scheduleNamed, fields);
    return answerCharge(await retrySchedule(customer_uid, merchant_uid, timeLeftMs, ports), {}, requestId);
  },
};

/** Named more than once in a query, values come joined by commas, which no number contains. */
const namesOf = (named: string | readonly string[] | undefined): readonly string[] | null =>
  named === undefined ? null : typeof named === "string" ? named.split(",") : named;

const unschedule: MerchantRoute = {
  route: "DELETE /customers/{customer_uid}/schedules",
  action: "billing.unschedule",
  scope: "billing",
  query: ["merchant_uid"],
  answer: async (fields: Fields, { requestId }) => {
    const names = z.strictObject({
      customer_uid: customerUid,
      merchant_uid: z.optional(z.union([z.string(), z.array(z.string())])),
    });
    const { customer_uid, merchant_uid } = parseFields(names, fields);
    const result = await unscheduleOrders(customer_uid, namesOf(merchant_uid), ports);
    if (result.outcome !== "unscheduled") return refuse(result, requestId);
    return { status: 200, body: { schedules: result.schedules.map(viewSchedule) }, outcome: result.outcome };
  },
};

const account = z.strictObject({
  merchant_uid: merchantUid,
  vbank_code: requiredText(8),
  vbank_due_at: instant,
  product_type: z.optional(z.enum(["real", "digital"], "real 또는 digital이어야 합니다.")),
});

const openAccount: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/virtual-account",
  action: "billing.issue_vbank",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const { merchant_uid, vbank_code, vbank_due_at, product_type } = parseFields(account, fields);
    if (!config.contracts.has("vbank")) throw new ProblemError("contract_missing");
    if (product_type === undefined) throw new ProblemError("product_type_required");
    const dueAtMs = Date.parse(vbank_due_at);
    if (dueAtMs <= clock.nowMs()) throw new ProblemError("vbank_due_past");
    const asked = { merchantUid: merchant_uid, bankCode: vbank_code, dueAtMs, productType: product_type };
    const result = await issueAccount({ ...asked, requestId }, ports);
    if (result.outcome !== "awaiting") return refuse(result, requestId);
    return { status: 201, body: viewOrder(result.order), outcome: result.outcome, merchantUid: merchant_uid };
  },
};

const closeAccount: MerchantRoute = {
  route: "DELETE /orders/{merchant_uid}/virtual-account",
  action: "billing.revoke_vbank",
  scope: "billing",
  answer: async (fields, { requestId }) => {
    const { merchant_uid } = parseFields(z.strictObject({ merchant_uid: merchantUid }), fields);
    const result = await voidOrder(merchant_uid, ports);
    if (result.outcome !== "voided") return refuse(result, requestId);
    return { status: 200, body: viewOrder(result.order), outcome: result.outcome, merchantUid: merchant_uid };
  },
};

export const { prime } = wiring;
export const handler = merchantEndpoint({ ...wiring, merchantKeys: config.merchantKeys }, [
  chargeKey,
  chargeOnce,
  issueKey,
  getKey,
  deleteKey,
  schedule,
  listSchedules,
  reschedule,
  retry,
  unschedule,
  openAccount,
  closeAccount,
]);
