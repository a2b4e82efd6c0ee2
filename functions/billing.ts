// Merchants charge cards and billing keys here, reserve charges, and open virtual accounts: payments
// without a window.
import { parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { malformed, ProblemError } from "../lib/http/problem-error.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parseCustomer, parseKeyDeletion, readBillingKey } from "../lib/http/requests/billing-key.ts";
import { readAccount, readKeyCharge, readOneTimeCharge } from "../lib/http/requests/charge.ts";
import {
  parseReschedule,
  parseScheduleName,
  parseScheduleWindow,
  parseUnschedule,
  readSchedules,
} from "../lib/http/requests/schedule.ts";
import { answerCharge, answerSchedules, viewBillingKey, viewSchedules } from "../lib/http/views/charge.ts";
import { answerOrder, answerUnreadable } from "../lib/http/views/order.ts";
import { chargeNewKey } from "../lib/usecases/charges/charge-new-key.ts";
import { askChargeRules, chargeOrder } from "../lib/usecases/charges/charge-order.ts";
import { deleteBillingKey } from "../lib/usecases/charges/delete-billing-key.ts";
import { issueAccount } from "../lib/usecases/charges/issue-account.ts";
import { issueBillingKey } from "../lib/usecases/charges/issue-billing-key.ts";
import { rescheduleCharge } from "../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../lib/usecases/charges/retry-schedule.ts";
import { askScheduleRules, scheduleCharges } from "../lib/usecases/charges/schedule-charges.ts";
import { unscheduleCharges } from "../lib/usecases/charges/unschedule-charges.ts";
import { closeAccount } from "../lib/usecases/orders/void-order.ts";
import { wire, wireBillingKeys, wireInstructing, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("billing");
const { clock } = wiring;
const ports = {
  ...wiring,
  ...wireSyncing(wiring),
  ...wireInstructing(wiring),
  ...wireBillingKeys(wiring),
};

type Answering = MerchantRoute["answer"];
const billing = (route: string, action: string, answer: Answering, query: readonly string[] = []) =>
  ({ route, action: `billing.${action}`, scope: "billing", query, answer }) as const;

const chargeKey: Answering = async (fields, call) => {
  const { request, facts, problems } = readKeyCharge(fields);
  if (!request) throw malformed(problems, askChargeRules(facts, ports));
  return answerCharge(await chargeOrder(request, call, ports), call.requestId);
};

const chargeOnce: Answering = async (fields, call) => {
  const { request, facts, problems } = readOneTimeCharge(fields);
  if (!request) throw malformed(problems, askChargeRules(facts, ports));
  if (request.issuesKeyFor === null)
    return answerCharge(await chargeOrder(request, call, ports), call.requestId);
  const made = await chargeNewKey({ ...request, customerUid: request.issuesKeyFor }, call, ports);
  return answerCharge(made.charge, call.requestId, { billing_key: made.key && viewBillingKey(made.key) });
};

const issueKey: Answering = async (fields, { requestId }) => {
  const { request, facts, problems } = readBillingKey(fields);
  if (!request) throw malformed(problems, askChargeRules(facts, ports));
  const result = await issueBillingKey(request, ports);
  if (result.outcome !== "issued") return refuse(result, requestId);
  const { key, replaced, outcome } = result;
  return { status: 201, body: { ...viewBillingKey(key), replaced }, outcome };
};

const getKey: Answering = async (fields, { requestId }) => {
  const known = await ports.keys.fetchKey(parseCustomer(fields));
  if (known.outcome === "unavailable") return refuse(known, requestId);
  if (!known.record) throw new ProblemError("billing_key_not_found");
  return { status: 200, body: viewBillingKey(known.record) };
};

const deleteKey: Answering = async (fields, call) => {
  const asked = parseKeyDeletion(fields);
  const result = await deleteBillingKey(asked, call, ports);
  if (!("unscheduled" in result)) return refuse(result, call.requestId);
  const { unscheduled, outcome } = result;
  const deleted = outcome === "deleted";
  const body = { customer_uid: asked.customerUid, deleted, unscheduled };
  return { status: deleted ? 200 : 202, body, outcome };
};

const schedule: Answering = async (fields, call) => {
  const { request, facts, problems } = readSchedules(fields, clock.nowMs());
  if (!request) throw malformed(problems, askScheduleRules(facts, ports));
  return answerSchedules(await scheduleCharges(request, call, ports), call.requestId, 201);
};

const listSchedules: Answering = async (fields, { requestId }) => {
  const { customerUid, window } = parseScheduleWindow(fields, clock.nowMs());
  const listed = await ports.schedules.listSchedules(customerUid, window);
  if (listed.outcome === "unavailable") return refuse(listed, requestId);
  return { status: 200, body: viewSchedules(listed.records) };
};

const reschedule: Answering = async (fields, call) =>
  answerSchedules(await rescheduleCharge(parseReschedule(fields), call, ports), call.requestId);

const retry: Answering = async (fields, call) =>
  answerCharge(await retrySchedule(parseScheduleName(fields), call, ports), call.requestId);

const unschedule: Answering = async (fields, call) =>
  answerSchedules(await unscheduleCharges(parseUnschedule(fields), call, ports), call.requestId);

const openAccount: Answering = async (fields, call) => {
  const { request, facts, problems } = readAccount(fields);
  if (!request) throw malformed(problems, askChargeRules(facts, ports));
  const result = await issueAccount(request, call, ports);
  return result.outcome === "claim_unreadable"
    ? answerUnreadable(result.merchantUid, { merchant_uid: result.merchantUid })
    : answerOrder(result, call.requestId, 201);
};

const revokeAccount: Answering = async (fields, call) =>
  answerOrder(await closeAccount(parseMerchantUid(fields), call, ports), call.requestId);

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, [
  billing("POST /customers/{customer_uid}/payments", "charge", chargeKey),
  billing("POST /payments/onetime", "onetime", chargeOnce),
  billing("POST /customers/{customer_uid}/billing-key", "issue_key", issueKey),
  billing("GET /customers/{customer_uid}/billing-key", "get_key", getKey),
  billing("DELETE /customers/{customer_uid}/billing-key", "delete_key", deleteKey, ["reason"]),
  billing("POST /customers/{customer_uid}/schedules", "schedule", schedule),
  billing("GET /customers/{customer_uid}/schedules", "schedules", listSchedules, ["from", "to"]),
  billing("PUT /customers/{customer_uid}/schedules/{merchant_uid}", "reschedule", reschedule),
  billing("POST /customers/{customer_uid}/schedules/{merchant_uid}/retry", "retry", retry),
  billing("DELETE /customers/{customer_uid}/schedules", "unschedule", unschedule, ["merchant_uid"]),
  billing("POST /orders/{merchant_uid}/virtual-account", "issue_vbank", openAccount),
  billing("DELETE /orders/{merchant_uid}/virtual-account", "revoke_vbank", revokeAccount),
]);
