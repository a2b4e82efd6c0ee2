// Merchants create, read, list, void and sync orders here, over HTTP or by direct invocation; a desk sees what waits.
import { decodeCursor, encodeCursor } from "../lib/http/cursor.ts";
import { parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { problemAnswer } from "../lib/http/problem.ts";
import { malformed } from "../lib/http/problem-error.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parseDay, parsePage, reviewList } from "../lib/http/requests/day.ts";
import { readOrder } from "../lib/http/requests/order.ts";
import { parseDecision, parseLift } from "../lib/http/requests/review.ts";
import { viewAudit } from "../lib/http/views/audit.ts";
import { answerCreation } from "../lib/http/views/creation.ts";
import { answerOrder, viewOrder, viewOrderLine, viewReviewLine } from "../lib/http/views/order.ts";
import { viewBrake, viewQueue } from "../lib/http/views/queue.ts";
import { askWindowRules, createOrder } from "../lib/usecases/orders/create-order.ts";
import { liftGiveBackBrake } from "../lib/usecases/orders/lift-brake.ts";
import { resolveReview } from "../lib/usecases/orders/resolve-review.ts";
import { voidOrder } from "../lib/usecases/orders/void-order.ts";
import { readQueue } from "../lib/usecases/sweeps/read-queue.ts";
import { syncOrder } from "../lib/usecases/syncing/sync.ts";
import { wire, wireDesk, wireInstructing, wireRegistry, wireSending } from "../lib/wiring.ts";

const wiring = wire("orders");
const { config, clock, secrets, store } = wiring;
const ports = { ...wiring, ...wireSending(wiring), ...wireInstructing(wiring) };
const creating = { ...wiring, registry: wireRegistry(wiring), channel: config.channel };
const desk = { ...ports, ...wireDesk(wiring) };
const page = { sdk: { script: config.sdkUrl, init: config.impCode }, tokenOf: wiring.tokenOf };

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
    return answerCreation(await createOrder(request, call, creating), call.requestId, page);
  },
};

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
  query: ["day", "review", "limit", "cursor"],
  answer: async (fields) => {
    const { list, limit, cursor } = parsePage(fields, clock.nowMs());
    const { urlKeys } = secrets.current();
    const after = decodeCursor(urlKeys, list, cursor);
    const isReview = list === reviewList;
    const { orders, next } = isReview
      ? await desk.watch.listReviews(limit, after)
      : await desk.days.listDay(list, limit, after);
    const lines = orders.map(isReview ? viewReviewLine : viewOrderLine);
    return { status: 200, body: { orders: lines, cursor: next && encodeCursor(urlKeys, list, next) } };
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

const getBrake: MerchantRoute = {
  route: "GET /give-back-brake",
  scope: "admin",
  answer: async () => {
    const { brake } = await ports.brake.readBrake();
    return { status: 200, body: viewBrake(brake, clock.nowMs(), ports.mostGiveBacksPerHour) };
  },
};

const getQueue: MerchantRoute = {
  route: "GET /queue",
  scope: "admin",
  answer: async () => ({ status: 200, body: viewQueue(await readQueue(desk), ports.mostGiveBacksPerHour) }),
};

const getAudit: MerchantRoute = {
  route: "GET /audits/{day}",
  action: "audit.get",
  scope: "admin",
  answer: async (fields, { requestId }) => {
    const stored = await desk.audits.readAudit(parseDay(fields));
    if (!stored) return problemAnswer("audit_not_found", requestId);
    return { status: 200, body: viewAudit(stored.report) };
  },
};

const routes = [create, get, list, voiding, sync, resolve, liftBrake, getBrake, getQueue, getAudit];

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, routes);
