// Merchants create, read, list, void and sync orders here, over HTTP or by direct invocation.
import * as z from "zod/mini";
import { isKstDay } from "../lib/domain/kst.ts";
import type { Answer } from "../lib/http/answer.ts";
import { decodeCursor, encodeCursor } from "../lib/http/cursor.ts";
import { invalidField, merchantUid, parseFields } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { type ProblemCode, ProblemError, problemAnswer } from "../lib/http/problem.ts";
import { parseOrderBody } from "../lib/http/requests/order.ts";
import { viewAudit } from "../lib/http/views/audit.ts";
import { viewOrder, viewOrderLine } from "../lib/http/views/order.ts";
import { type CreateOrderResult, createOrder } from "../lib/usecases/orders/create-order.ts";
import { liftGiveBackBrake } from "../lib/usecases/orders/lift-brake.ts";
import { type ReviewResult, resolveReview } from "../lib/usecases/orders/resolve-review.ts";
import { voidOrder } from "../lib/usecases/orders/void-order.ts";
import { type SyncResult, syncOrder } from "../lib/usecases/syncing/sync.ts";
import { wire, wireAudits, wireDayList, wireRegistry, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("orders");
const { config, clock, store } = wiring;
const syncing = { ...wiring, ...wireSyncing(wiring) };
const dayList = wireDayList(wiring);
const registry = wireRegistry(wiring);
const audits = wireAudits(wiring);
const sdk = { script: config.sdkUrl, init: config.impCode };

const orderNamed = z.strictObject({ merchant_uid: merchantUid });
const kstDay = z.string().check(z.refine(isKstDay, "YYYY-MM-DD 형식의 날짜여야 합니다."));
const page = z.strictObject({
  day: kstDay,
  limit: z._default(
    z.union([z.string(), z.number()]).check(z.refine(isPageSize, "1에서 100 사이의 정수여야 합니다.")),
    50,
  ),
  cursor: z.optional(z.string()),
});

function isPageSize(limit: string | number): boolean {
  return /^[1-9]\d{0,2}$/.test(String(limit)) && Number(limit) <= 100;
}

const create: MerchantRoute = {
  route: "POST /orders",
  action: "order.create",
  scope: "orders",
  answer: async (fields, { requestId }) => {
    const body = parseOrderBody(fields, clock.nowMs());
    const ports = { ...wiring, registry, contracts: config.contracts, channel: config.channel };
    const answer = answerCreation(await createOrder(body, ports), requestId);
    return { ...answer, merchantUid: body.window.merchantUid };
  },
};

function answerCreation(result: CreateOrderResult, requestId: string): Answer {
  if (result.outcome === "refused")
    return problemAnswer("request_pay_refused", requestId, { errors: result.broken });
  if (result.outcome === "exists") return problemAnswer("order_exists", requestId);
  if (result.outcome === "expires_in_the_past") {
    const errors = [invalidField("/expires_at", "지금 이후 7일 이내의 시각이어야 합니다.")];
    return problemAnswer("invalid_field", requestId, { errors });
  }
  const { order, requestPay } = result;
  const status = result.outcome === "created" ? 201 : 200;
  return { status, body: { order: viewOrder(order), request_pay: requestPay, sdk }, outcome: result.outcome };
}

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}",
  action: "order.get",
  scope: "orders",
  answer: async (fields, { requestId }) => {
    const named = parseFields(orderNamed, fields);
    const order = await store.read(named.merchant_uid);
    if (!order) return problem("order_not_found", requestId, named.merchant_uid);
    return { status: 200, body: viewOrder(order), merchantUid: order.merchantUid };
  },
};

const list: MerchantRoute = {
  route: "GET /orders",
  action: "order.list",
  scope: "orders",
  query: ["day", "limit", "cursor"],
  answer: async (fields) => {
    const { day, limit, cursor = "" } = parseFields(page, fields);
    const after = cursor === "" ? null : decodeCursor(config.urlKeys, day, cursor);
    if (cursor !== "" && after === null)
      throw new ProblemError("invalid_field", [invalidField("/cursor", "발급한 적이 없는 cursor입니다.")]);
    const { orders, next } = await dayList.listDay(day, Number(limit), after);
    const nextCursor = next && encodeCursor(config.urlKeys, day, next);
    return { status: 200, body: { orders: orders.map(viewOrderLine), cursor: nextCursor } };
  },
};

const voiding: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/void",
  action: "order.void",
  scope: "orders",
  answer: async (fields, { requestId }) => {
    const named = parseFields(orderNamed, fields);
    const result = await voidOrder(named.merchant_uid, syncing);
    if (result.outcome === "unavailable")
      return problem("provider_unavailable", requestId, named.merchant_uid);
    if (result.outcome !== "voided") return problem(result.outcome, requestId, named.merchant_uid);
    return { status: 200, body: viewOrder(result.order), outcome: "voided", merchantUid: named.merchant_uid };
  },
};

const syncProblems: Record<
  Exclude<SyncResult["outcome"], "synced" | "unchanged" | "deferred">,
  ProblemCode
> = {
  order_not_found: "order_not_found",
  not_this_orders_payment: "order_not_found",
  contended: "storage_unavailable",
  unavailable: "provider_unavailable",
};

const sync: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/sync",
  action: "order.sync",
  scope: "orders",
  answer: async (fields, call) => {
    const named = parseFields(orderNamed, fields);
    const result = await syncOrder(
      { merchantUid: named.merchant_uid, impUid: null, by: "merchant", ...call },
      syncing,
    );
    const { requestId } = call;
    if (result.outcome !== "synced" && result.outcome !== "unchanged" && result.outcome !== "deferred")
      return problem(syncProblems[result.outcome], requestId, named.merchant_uid);
    return {
      status: 200,
      body: viewOrder(result.order),
      outcome: result.outcome,
      merchantUid: named.merchant_uid,
    };
  },
};

const decision = z.strictObject({
  merchant_uid: merchantUid,
  action: z.enum(["sync", "give_back", "clear"]),
  note: z._default(z.string().check(z.maxLength(200)), ""),
});

const resolveProblems: Record<Exclude<ReviewResult["outcome"], "resolved">, ProblemCode> = {
  order_not_found: "order_not_found",
  order_not_in_review: "order_not_in_review",
  order_not_paid: "order_not_paid",
  contended: "storage_unavailable",
  unavailable: "provider_unavailable",
};

const resolve: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/resolve",
  action: "order.resolve",
  // In a direct invocation `action` already names what is called.
  directNames: { decision: "action" },
  scope: "admin",
  answer: async (fields, call) => {
    const { merchant_uid, action, note } = parseFields(decision, fields);
    const result = await resolveReview({ merchantUid: merchant_uid, action, note, ...call }, syncing);
    if (result.outcome !== "resolved")
      return problem(resolveProblems[result.outcome], call.requestId, merchant_uid);
    return { status: 200, body: viewOrder(result.order), outcome: action, merchantUid: merchant_uid };
  },
};

const liftBrake: MerchantRoute = {
  route: "POST /give-back-brake",
  action: "give_back_brake.lift",
  scope: "admin",
  answer: async (fields, { requestId }) => {
    parseFields(z.strictObject({ lifted: z.literal(true) }), fields);
    const waiting = await liftGiveBackBrake(syncing);
    if (waiting === null) return problemAnswer("storage_unavailable", requestId);
    return { status: 200, body: { lifted: true, waiting }, outcome: "lifted" };
  },
};

const getAudit: MerchantRoute = {
  route: "GET /audits/{day}",
  action: "audit.get",
  scope: "admin",
  answer: async (fields, { requestId }) => {
    const { day } = parseFields(z.strictObject({ day: kstDay }), fields);
    const stored = await audits.readAudit(day);
    if (!stored) return problemAnswer("audit_not_found", requestId);
    return { status: 200, body: viewAudit(stored.report) };
  },
};

const problem = (code: ProblemCode, requestId: string, merchantUid: string): Answer => ({
  ...problemAnswer(code, requestId),
  merchantUid,
});

export const { prime } = wiring;
export const handler = merchantEndpoint({ ...wiring, merchantKeys: config.merchantKeys }, [
  create,
  get,
  list,
  voiding,
  sync,
  resolve,
  liftBrake,
  getAudit,
]);
