// PortOne's API over HTTP: every call is logged, held against the API description, given to the fault whose
// turn it is, and answered in PortOne's envelope.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { checkRequest } from "../../contract/openapi-validator.ts";
import { changeAmount, otherAmount } from "../amount-fault.ts";
import { type FaultTarget, takeFault } from "../faults.ts";
import type { Simulator } from "../simulator.ts";
import { type Outcome, runUnder, type Turn } from "./api-faults.ts";
import { type Answer, type ApiInput, type Endpoint, operationOf, unauthorized } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { joinIndexed, nestForm, numberField, textField } from "./fields.ts";
import { planLateEffect } from "./late-effects.ts";
import { admit, perform } from "./perform.ts";
import { patchAnswer } from "./record-patches.ts";
import { sendOutcome } from "./send-outcome.ts";
import { isAuthorized } from "./token-endpoint.ts";

export function serveApi(app: FastifyInstance, simulator: Simulator): void {
  for (const endpoint of endpoints)
    app.route({
      method: endpoint.method,
      url: endpoint.path.replace(/\{(\w+)\}/g, ":$1"),
      handler: (request, reply) => answerCall(simulator, endpoint, request, reply),
    });
}

async function answerCall(
  simulator: Simulator,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const startedMs = performance.now();
  const { clock, settings } = simulator;
  const operation = operationOf(endpoint);
  const isForm = request.headers["content-type"]?.includes("x-www-form-urlencoded") ?? false;
  const input = readInput(request, isForm);
  const path = request.url.split("?")[0] ?? "";
  const target = targetOf(simulator, operation, input);
  const logged = simulator.calls.start({
    method: endpoint.method,
    path,
    operation,
    merchantUid: target.merchantUid,
    socket: request.raw.socket,
  });
  simulator.violations.add(checkRequest(endpoint.method, endpoint.path, { ...input, isForm }), clock.nowMs());
  const strike = takeFault(simulator, target);
  logged.fault = strike?.name ?? null;
  const latencyMs = settings.latency_ms[operation] ?? settings.latency_ms["default"] ?? 0;
  if (latencyMs > 0) await clock.sleep(latencyMs);
  const isAllowed = endpoint.isOpen === true || isAuthorized(simulator, request.headers.authorization);
  const turn = newTurn(simulator, endpoint, input, isAllowed, target.impUid);
  const unpatched = await runUnder(strike, turn);
  const outcome = patchOutcome(simulator, target, unpatched);
  if (outcome !== unpatched) logged.fault ??= "record_patched";
  logged.ms = Math.round(performance.now() - startedMs);
  [logged.status, logged.code] = seenBy(outcome);
  return sendOutcome(outcome, request, reply);
}

/** The same outcome when no patch was due. */
function patchOutcome(simulator: Simulator, target: FaultTarget, outcome: Outcome): Outcome {
  if (!("answer" in outcome)) return outcome;
  const answer = patchAnswer(simulator, target, outcome.answer);
  return answer === outcome.answer ? outcome : { ...outcome, answer };
}

/** Status and envelope code as the caller sees them. */
function seenBy(outcome: Outcome): [number | null, number | null] {
  if (outcome.kind === "answer") return [outcome.answer.status, outcome.answer.body.code];
  return [outcome.kind === "html" ? outcome.status : null, null];
}

function readInput(request: FastifyRequest, isForm: boolean): ApiInput {
  const body = asRecord(request.body);
  return {
    path: asRecord(request.params) as Record<string, string>,
    query: joinIndexed(asRecord(request.query)),
    body: isForm ? nestForm(body) : body,
  };
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const makesPayment = ({ method, path }: Endpoint): boolean =>
  method === "POST" && (path === "/vbanks" || path.startsWith("/subscribe/payments"));

/** Which payment a call is about, as far as it says so. */
function targetOf(simulator: Simulator, call: string, { path, query, body }: ApiInput): FaultTarget {
  const named = { ...query, ...body, ...path };
  const impUid = textField(named, "imp_uid");
  const merchantUid = textField(named, "merchant_uid");
  const { store } = simulator;
  return {
    call,
    impUid: impUid ?? (merchantUid === null ? null : (store.paymentsOf(merchantUid).at(-1)?.impUid ?? null)),
    merchantUid:
      merchantUid ?? (impUid === null ? null : (store.get("payments", impUid)?.merchantUid ?? null)),
  };
}

function newTurn(
  simulator: Simulator,
  endpoint: Endpoint,
  input: ApiInput,
  isAllowed: boolean,
  impUid: string | null,
): Turn {
  const { clock } = simulator;
  const ifAllowed = (run: () => Answer): Answer => (isAllowed ? run() : unauthorized);
  return {
    handle: () => ifAllowed(() => perform(simulator, endpoint, input)),
    handleAsOf: (agoMs) => {
      const asOfMs = clock.nowMs() - agoMs;
      return ifAllowed(() => perform(simulator, endpoint, input, { asOfMs }));
    },
    handleWithoutReason: () => {
      const { reason: _dropped, ...body } = input.body;
      return ifAllowed(() => perform(simulator, endpoint, { ...input, body }));
    },
    handleLater: (delayMs) => {
      if (!isAllowed || admit(simulator, endpoint, input)) return;
      planLateEffect(simulator, endpoint, input, delayMs);
    },
    handleWithOtherAmount: () => {
      if (makesPayment(endpoint)) {
        const body = { ...input.body, amount: otherAmount(numberField(input.body, "amount") ?? 0) };
        return ifAllowed(() => perform(simulator, endpoint, { ...input, body }));
      }
      if (impUid !== null) changeAmount(simulator, impUid);
      return ifAllowed(() => perform(simulator, endpoint, input));
    },
    sleep: (ms) => clock.sleep(ms),
  };
}
