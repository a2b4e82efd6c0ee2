// The levers under `/_control` as functions, for whoever started a simulator in his own process.
import type { Control } from "./public-types.ts";

type Json = Readonly<Record<string, unknown>>;

/** A lever that was refused; the message names the call and what was said. */
export class ControlCallError extends Error {
  override readonly name = "ControlCallError";
  readonly status: number;

  constructor(call: string, status: number, text: string) {
    super(`${call}: ${status} ${text}`);
    this.status = status;
  }
}

export function createControl(url: string): Control {
  async function call(method: string, path: string, body?: Json): Promise<Json> {
    const response = await fetch(`${url}/_control${path}`, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ControlCallError(`${method} ${path}`, response.status, text);
    return JSON.parse(text) as Json;
  }

  return {
    call,
    pay: (requestPay, choice = {}) => call("POST", "/pay", { request_pay: requestPay, ...choice }),
    addFault: (fault) => call("POST", "/faults", fault),
    changeSettings: (settings) => call("PUT", "/settings", settings),
    advance: (ms) => call("POST", "/clock", { advance_ms: ms }),
    deliveries: async () => (await call("GET", "/deliveries"))["deliveries"] as readonly Json[],
    state: () => call("GET", "/state"),
  };
}
