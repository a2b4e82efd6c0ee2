// Merchants create, read, list, void and sync orders here, over HTTP or by direct invocation.
import type { Answer } from "../lib/http/answer.ts";
import { decodeCursor, encodeCursor } from "../lib/http/cursor.ts";
import { invalidField, parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { malformed, problemAnswer } from "../lib/http/problem.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parseDay, parsePage } from "../lib/http/requests/day.ts";
import { readOrder } from "../lib/http/requests/order.ts";
import { parseDecision, parseLift } from "../lib/http/requests/review.ts";
import { viewAudit } from "../lib/http/views/audit.ts";
import { answerOrder, viewOrder, viewOrderLine } from "../lib/http/views/order.ts";
import { askWindowRules, type CreateOrderResult, createOrder } from "../lib/usecases/orders/create-order.ts";
import { liftGiveBackBrake } from "../lib/usecases/orders/lift-brake.ts";
import { resolveReview } from "../lib/usecases/orders/resolve-review.ts";
import { voidOrder } from "../lib/usecases/orders/void-order.ts";
import { syncOrder } from "../lib/usecases/syncing/sync.ts";
import { wire, wireAudits, wireDayList, wireInstructing, wireRegistry, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("orders");
const { config, clock, secrets, store } = wiring;
const ports = { ...wiring, ...wireSyncing(wiring), ...wireInstructing(wiring) };
const creating = { ...wiring, registry: wireRegistry(wiring), channel: config.channel };
const dayList = wireDayList(wiring);
const audits = wireAudits(wiring);
const sdk = { script: config.sdkUrl, init: config.impCode };

const create: MerchantRoute = {
  route: "POST /orders",
  action: "order.create",
  scope: "orders",
  answer: async (fields, call) => {
    const { request, window, problems } = readOrder(fields, {
      nowMs: clock.nowMs(),
      mayReturnToLoopback: config.stage === "dev",
    });
    if (!request) throw malformed(problems, window ? askWindowRules(window, wiring) : []);
    return answerCreation(await createOrder(request, call, creating), call.requestId);
  },
};

function answerCreation(result: CreateOrderResult, requestId: string): Answer {
  switch (result.outcome) {
    case "refused":
      return problemAnswer("request_pay_refused", requestId, { errors: result.broken });
    case "expires_in_the_past": {
      const errors = [invalidField("/expires_at", "지금 이후 7일 이내의 시각이어야 합니다.")];
      return problemAnswer("invalid_field", requestId, { errors });
    }
    case "exists":
      return refuse(result, requestId);
    case "created":
    case "repeated": {
      const { order, requestPay, outcome } = result;
      const token = wiring.tokenOf(order.merchantUid);
      const body = { order: viewOrder(order), request_pay: requestPay, sdk, token };
      return { status: outcome === "created" ? 201 : 200, body, outcome };
    }
  }
}

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}",
  action: "order.get",
  scope: "orders",
  answer: async (fields, { requestId }) => {
    const order = await store.read(parseMerchantUid(fields));
    if (!order) return problemAnswer("order_not_found", requestId);
    return { status: 200, body: viewOrder(order) };
  },
};

const list: MerchantRoute = {
  route: "GET /orders",
  action: "order.list",
  scope: "orders",
  query: ["day", "limit", "cursor"],
  answer: async (fields) => {
    const { day, limit, cursor } = parsePage(fields);
    const after = cursor === "" ? null : decodeCursor(secrets.current().urlKeys, day, cursor);
    if (cursor !== "" && after === null)
      throw malformed([invalidField("/cursor", "발급한 적이 없는 cursor입니다.")]);
    const { orders, next } = await dayList.listDay(day, limit, after);
    const nextCursor = next && encodeCursor(secrets.current().urlKeys, day, next);
    return { status: 200, body: { orders: orders.map(viewOrderLine), cursor: nextCursor } };
  },
};

const voiding: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/void",
  action: "order.void",
  scope: "orders",
  answer: async (fields, call) =>
    answerOrder(await voidOrder(parseMerchantUid(fields), call, ports), call.requestId),
};

const sync: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/sync",
  action: "order.sync",
  scope: "orders",
  answer: async (fields, call) => {
    const asked = { merchantUid: parseMerchantUid(fields), impUid: null, by: "merchant" } as const;
    const result = await syncOrder({ ...asked, mayMoveMoney: true }, call, ports);
    if (result.outcome !== "synced" && result.outcome !== "unchanged") return refuse(result, call.requestId);
    return { status: 200, body: viewOrder(result.order), outcome: result.outcome };
  },
};

const resolve: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/resolve",
  action: "order.resolve",
  // In a direct invocation `action` already names what is called.
  directNames: { decision: "action" },
  scope: "admin",
  answer: async (fields, call) => {
    const decision = parseDecision(fields);
    const result = await resolveReview(decision, call, ports);
    if (result.outcome !== "resolved") return refuse(result, call.requestId);
    return { status: 200, body: viewOrder(result.order), outcome: decision.action };
  },
};

const liftBrake: MerchantRoute = {
  route: "POST /give-back-brake",
  action: "give_back_brake.lift",
  scope: "admin",
  answer: async (fields, call) => {
    parseLift(fields);
    const waiting = await liftGiveBackBrake(call, ports);
    if (waiting === null) return refuse({ outcome: "busy" }, call.requestId);
    return { status: 200, body: { lifted: true, waiting }, outcome: "lifted" };
  },
};

const getAudit: MerchantRoute = {
  route: "GET /audits/{day}",
  action: "audit.get",
  scope: "admin",
  answer: async (fields, { requestId }) => {
    const stored = await audits.readAudit(parseDay(fields));
    if (!stored) return problemAnswer("audit_not_found", requestId);
    return { status: 200, body: viewAudit(stored.report) };
  },
};

const routes = [create, get, list, voiding, sync, resolve, liftBrake, getAudit];

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, routes);
