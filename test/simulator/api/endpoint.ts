// What an operation of PortOne's API is to the simulator: a path, and a synchronous function from the
// request to the answer. The envelope `{code, message, response}` is made here and nowhere else; codes are
// those seen live (0 success, 1 PortOne's refusal, -1 errors).
import type { Simulator } from "../simulator.ts";
import type { PaymentView } from "./payment-view.ts";

export interface ApiInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiCall extends ApiInput {
  readonly simulator: Simulator;
  /** Reads go through this, so that a fault can answer from the past. */
  readonly payments: PaymentView;
  /** The moment reads show things as of; null is now. */
  readonly asOfMs: number | null;
  /** Runs once everything the operation changed is stored. */
  readonly afterwards: (run: () => void) => void;
}

export interface Answer {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string | null; readonly response: unknown };
}

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As in the API description: `/payments/{imp_uid}`. */
  readonly path: string;
  /** Needs no token. */
  readonly isOpen?: boolean;
  /** Checks made on arrival, before the work; an answer ends the call. */
  readonly admit?: (call: ApiCall) => Answer | null;
  readonly handle: (call: ApiCall) => Answer;
}

export const operationOf = (endpoint: Endpoint): string => `${endpoint.method} ${endpoint.path}`;

export const success = (response: unknown, status = 200): Answer => ({
  status,
  body: { code: 0, message: null, response },
});

/** A business refusal: HTTP 200, and only `code` tells. */
export const refusal = (message: string, code = 1): Answer => ({
  status: 200,
  body: { code, message, response: null },
});

export const failure = (status: number, message: string): Answer => ({
  status,
  body: { code: -1, message, response: null },
});

export const unauthorized: Answer = failure(401, "Unauthorized");
export const noSuchPayment: Answer = failure(404, "존재하지 않는 결제정보입니다.");
