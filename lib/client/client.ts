// The client: the calls a shop makes every day by name, and every other door by its path.
import createDoors, { type Client as Doors } from "openapi-fetch";
import type { components, operations, paths } from "./doors.ts";
import { ProblemError } from "./errors.ts";
import { type ClientPorts, realPorts } from "./ports.ts";
import { type Limits, sendUntilFinal } from "./send.ts";

type Schemas = components["schemas"];
export type Order = Schemas["Order"];
export type CreatedOrder = Schemas["CreatedOrder"];
export type Refund = Schemas["Refund"];
export type Receipt = Schemas["Receipt"];
export type Charge = Schemas["Charge"];

/** What stands in the body of a request. */
export type BodyOf<Operation extends keyof operations> = operations[Operation] extends {
  requestBody?: { content: { "application/json": infer Body } };
}
  ? Body
  : never;

export interface ClientOptions extends Partial<Limits> {
  /** Where the backend is, without a path. */
  readonly url: string;
  /** A merchant key; never in a browser. */
  readonly key: string;
  readonly ports?: Partial<ClientPorts>;
}

export interface CallOptions {
  /** A call that moves money and is aborted has an unknown outcome. */
  readonly signal?: AbortSignal;
}

/**
 * Every call is sent again, byte for byte, until it is told what became of it or the time is over. It ends with what was
 * done, a ProblemError (refused), or an UnknownOutcomeError (call again later, under the same number or key).
 */
export interface Client {
  /** Every door by its path. What is not done throws here, too, so that there is always `data`. */
  readonly doors: Doors<paths>;
  createOrder(order: BodyOf<"orderCreate">, call?: CallOptions): Promise<CreatedOrder>;
  getOrder(merchantUid: string, call?: CallOptions): Promise<Order>;
  /** Looks at PortOne's record first. */
  syncOrder(merchantUid: string, call?: CallOptions): Promise<Order>;
  /** `idempotencyKey` is this refund's own name: store it before the first call, and use it for every later one. */
  refund(
    merchantUid: string,
    idempotencyKey: string,
    refund?: BodyOf<"refundCreate">,
    call?: CallOptions,
  ): Promise<Refund>;
  chargeCard(charge: BodyOf<"billingOnetime">, call?: CallOptions): Promise<Charge>;
  chargeKey(customerUid: string, charge: BodyOf<"billingCharge">, call?: CallOptions): Promise<Charge>;
  issueReceipt(merchantUid: string, receipt: BodyOf<"receiptIssue">, call?: CallOptions): Promise<Receipt>;
}

const usualLimits: Limits = { sendMs: 35_000, totalMs: 90_000 };

export function createClient({ url, key, ports: given, ...limits }: ClientOptions): Client {
  const ports = { ...realPorts, ...given };
  const doors = createDoors<paths>({
    baseUrl: url,
    headers: { authorization: `Bearer ${key}` },
    fetch: (request) => sendUntilFinal(request, { ...usualLimits, ...limits }, ports),
  });
  const named = (merchant_uid: string) => ({ path: { merchant_uid } });
  return {
    doors,
    createOrder: (body, call) => done(doors.POST("/orders", { body, ...call })),
    getOrder: (merchantUid, call) =>
      done(doors.GET("/orders/{merchant_uid}", { params: named(merchantUid), ...call })),
    syncOrder: (merchantUid, call) =>
      done(doors.POST("/orders/{merchant_uid}/sync", { params: named(merchantUid), ...call })),
    refund: (merchantUid, idempotencyKey, body = {}, call = {}) => {
      const params = { ...named(merchantUid), header: { "Idempotency-Key": idempotencyKey } };
      return done(doors.POST("/orders/{merchant_uid}/refunds", { params, body, ...call }));
    },
    chargeCard: (body, call) => done(doors.POST("/payments/onetime", { body, ...call })),
    chargeKey: (customer_uid, body, call) =>
      done(
        doors.POST("/customers/{customer_uid}/payments", {
          params: { path: { customer_uid } },
          body,
          ...call,
        }),
      ),
    issueReceipt: async (merchantUid, body, call) => {
      const params = named(merchantUid);
      try {
        return await done(doors.POST("/orders/{merchant_uid}/receipt", { params, body, ...call }));
      } catch (error) {
        // An earlier send of the same request has issued it.
        const isIssued = error instanceof ProblemError && error.code === "receipt_exists" && error.sends > 1;
        if (!isIssued) throw error;
        return done(doors.GET("/orders/{merchant_uid}/receipt", { params, ...call }));
      }
    },
  };
}

/** Whoever gets here has an answer, and one that tells all: what is pending or refused throws. */
async function done<Told, Whole extends Told>(
  answer: Promise<{ readonly data?: Told; readonly response: Response }>,
): Promise<Whole> {
  return (await answer).data as Whole;
}
