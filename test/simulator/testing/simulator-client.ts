// A simulator for one test file and the calls tests make to it: PortOne's API with a token, the control
// doors, and the window call most tests start from.
import { expect, onTestFinished } from "vitest";
import { type StartOptions, startSimulator } from "../start-simulator.ts";

export interface Json {
  readonly [key: string]: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly code: unknown;
  readonly message: unknown;
  readonly response: Json;
}

export class SimulatorClient {
  readonly url: string;
  readonly #credentials: { readonly imp_key: string; readonly imp_secret: string };
  #token: string | null = null;

  constructor(url: string, impKey: string, impSecret: string) {
    this.url = url;
    this.#credentials = { imp_key: impKey, imp_secret: impSecret };
  }

  async login(): Promise<Json> {
    const answer = await this.#send("POST", "/users/getToken", this.#credentials);
    const { response } = answer.body as { response: Json };
    this.#token = String(response["access_token"]);
    return response;
  }

  /** A call of PortOne's API with a token. */
  async api(method: string, path: string, body?: Json): Promise<ApiAnswer> {
    if (this.#token === null) await this.login();
    const { status, body: answer } = await this.#send(method, path, body, `Bearer ${this.#token}`);
    return { status, ...(answer as Omit<ApiAnswer, "status">) };
  }

  /** A control call that must succeed. */
  async control(method: string, path: string, body?: Json): Promise<Json> {
    const { status, body: answer } = await this.#send(method, `/_control${path}`, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer as Json;
  }

  /** A control call that may fail. */
  async tryControl(method: string, path: string, body?: Json): Promise<{ status: number; body: unknown }> {
    return this.#send(method, `/_control${path}`, body);
  }

  /** One call from window to approval; gives imp_uid. */
  async pay(change: Json = {}, choice: Json = {}): Promise<string> {
    const result = await this.control("POST", "/pay", { request_pay: requestPay(change), ...choice });
    if (result["refused"]) throw new Error(JSON.stringify(result["refused"]));
    return String(result["imp_uid"]);
  }

  async fault(fault: Json): Promise<void> {
    await this.control("POST", "/faults", fault);
  }

  async switches(switches: Json): Promise<void> {
    await this.control("PUT", "/settings", { switches });
  }

  async deliveries(): Promise<Json[]> {
    return (await this.control("GET", "/deliveries"))["deliveries"] as Json[];
  }

  /** The stored record of one payment, seen from outside PortOne's API. */
  async record(impUid: string): Promise<Json> {
    const payments = (await this.control("GET", "/state"))["payments"] as Json[];
    const found = payments.find((payment) => payment["imp_uid"] === impUid);
    if (!found) throw new Error(`no payment ${impUid}`);
    return found;
  }

  async #send(method: string, path: string, body?: Json, authorization?: string) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as unknown };
  }
}

/** A simulator that lives as long as the test that asked for it. Noon in Seoul on 5 August 2026. */
export async function simulatorForTest(options: StartOptions = {}): Promise<SimulatorClient> {
  const running = await startSimulator({ clock: "2026-08-05T12:00:00+09:00", seed: 7, ...options });
  const client = new SimulatorClient(running.url, running.impKey, running.impSecret);
  onTestFinished(async () => {
    const { violations } = await client.control("GET", "/violations");
    await running.close();
    // Requests may break the description on purpose; an answer of the simulator's never does.
    expect((violations as Json[]).filter(({ where }) => where === "answer")).toEqual([]);
  });
  return client;
}

export const requestPay = (change: Json = {}): Json => ({
  channelKey: "channel-key-00000000-0000-0000-0000-000000000000",
  pay_method: "card",
  merchant_uid: "ord-20260805-000142",
  name: "나이키 와플 트레이너 2 SD",
  amount: 109000,
  tax_free: 3000,
  currency: "KRW",
  buyer_name: "홍길동",
  buyer_email: "buyer@example.com",
  ...change,
});
