// A shop and its buyer, as flow tests play them: real requests to the gateway and to the simulator, and
// waiting for what the shop's own server would see.
import { expect } from "vitest";
import { checkDescribed, describedParts } from "./description.ts";

export interface Addresses {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly merchantKey: string;
}

export type Json = Record<string, unknown>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface OrderView extends Json {
  readonly merchant_uid: string;
  readonly state: string;
  readonly amount: number;
  readonly imp_uid: string | null;
  readonly review_reason: string | null;
  readonly history: readonly { readonly from: string | null; readonly to: string; readonly by: string }[];
  readonly attempts: readonly { readonly imp_uid: string; readonly state: string }[];
  readonly version: number;
}

export type RequestPay = Json & { readonly merchant_uid: string; readonly amount: number };

export interface Paid {
  readonly imp_uid: string;
  readonly payment: {
    readonly status: string;
    readonly fail_reason: string | null;
    readonly imp_uid: string;
  };
  readonly callback: Json | null;
  readonly redirect: string | null;
  readonly confirm: { readonly status: number; readonly reason: string | null; readonly ms: number } | null;
  readonly refused: { readonly error_code: string; readonly error_msg: string } | null;
}

export const orderBody = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  tax_free: 3_000,
  pay_method: "card",
  buyer_name: "홍길동",
  buyer_email: "buyer@example.com",
  buyer_tel: "010-1234-5678",
  ...more,
});

export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export class Shop {
  readonly #at: Addresses;

  constructor(addresses: Addresses) {
    this.#at = addresses;
  }

  /** A merchant's call. */
  merchant(method: string, path: string, body?: unknown, key = this.#at.merchantKey): Promise<Reply> {
    return this.anybody(method, path, body, { authorization: `Bearer ${key}` });
  }

  /** A call anybody on the internet could make. */
  async anybody(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const reply = await send(`${this.#at.gatewayUrl}${path}`, method, body, headers);
    checkDescribed(method, path, describedParts(reply));
    return reply;
  }

  async control<Answer = Json>(method: string, path: string, body?: unknown): Promise<Answer> {
    const reply = await send(`${this.#at.simulatorUrl}/_control${path}`, method, body);
    if (reply.status !== 200) throw new Error(`${method} /_control${path}: ${reply.status} ${reply.text}`);
    return reply.json as Answer;
  }

  async local<Answer = Json>(method: string, path: string, body?: unknown): Promise<Answer> {
    const reply = await send(`${this.#at.gatewayUrl}/_local${path}`, method, body);
    if (reply.status !== 200) throw new Error(`${method} /_local${path}: ${reply.status} ${reply.text}`);
    return reply.json as Answer;
  }

  async createOrder(merchantUid: string, more: Json = {}): Promise<RequestPay> {
    const reply = await this.merchant("POST", "/orders", orderBody(merchantUid, more));
    expect(reply.status, reply.text).toBe(201);
    return reply.json["request_pay"] as RequestPay;
  }

  async order(merchantUid: string): Promise<OrderView> {
    const reply = await this.merchant("GET", `/orders/${merchantUid}`);
    expect(reply.status, reply.text).toBe(200);
    return reply.json as OrderView;
  }

  async sync(merchantUid: string): Promise<OrderView> {
    const reply = await this.merchant("POST", `/orders/${merchantUid}/sync`, {});
    expect(reply.status, reply.text).toBe(200);
    return reply.json as OrderView;
  }

  /** A refund under the shop's own key. */
  refund(merchantUid: string, key: string, body: Json): Promise<Reply> {
    return this.anybody("POST", `/orders/${merchantUid}/refunds`, body, {
      authorization: `Bearer ${this.#at.merchantKey}`,
      "idempotency-key": key,
    });
  }

  /** The buyer opens the window and pays. */
  pay(requestPay: Json, more: Json = {}): Promise<Paid> {
    return this.control<Paid>("POST", "/pay", { request_pay: requestPay, ...more });
  }

  async decline(requestPay: Json, reason = "한도초과"): Promise<Paid> {
    const opened = await this.control<{ window: string }>("POST", "/window", { request_pay: requestPay });
    return this.control<Paid>("POST", `/window/${opened.window}/decline`, { reason });
  }

  /** Moves the clock of the functions and of PortOne. */
  advance(ms: number): Promise<Json> {
    return this.local("POST", "/clock", { advance_ms: ms });
  }

  /** One run of the sweep, as the clock makes it. */
  async sweep(): Promise<Json> {
    const reply = await this.anybody("POST", "/2015-03-31/functions/reconcile/invocations", {});
    expect(reply.headers.get("x-amz-function-error"), reply.text).toBeNull();
    return reply.json;
  }

  fault(name: string, call: string, more: Json = {}): Promise<Json> {
    return this.control("POST", "/faults", { name, call, ...more });
  }

  /** The cancels PortOne made of an order's payments, oldest attempt first. */
  async cancels(merchantUid: string): Promise<readonly Json[]> {
    const { payments } = await this.control<{ payments: readonly Json[] }>("GET", "/state");
    return payments
      .filter((payment) => payment["merchant_uid"] === merchantUid)
      .flatMap((payment) => (payment["cancel_history"] ?? []) as readonly Json[]);
  }

  complete(merchantUid: string, impUid: string | null): Promise<Reply> {
    return this.anybody("POST", "/payments/complete", { merchant_uid: merchantUid, imp_uid: impUid });
  }

  /** The notices PortOne sent for this order and what the shop answered, once `count` are delivered. */
  async notices(merchantUid: string, count: number): Promise<readonly Json[]> {
    for (let looks = 0; looks < 400; looks += 1) {
      const { deliveries } = await this.control<{ deliveries: readonly Json[] }>("GET", "/deliveries");
      const answered = deliveries.filter(
        (delivery) =>
          delivery["kind"] === "notice" &&
          delivery["merchant_uid"] === merchantUid &&
          (delivery["status"] !== null || delivery["error"] !== null),
      );
      if (answered.length >= count) return answered;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${count} notices for ${merchantUid} were not delivered`);
  }
}
