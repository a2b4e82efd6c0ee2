// How a soak speaks to everybody: the shop's doors as merchant, buyer or PortOne, the levers of the local
// host and of the simulator. It counts what it sends to the doors whose use a soak has to tell.

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  /** 0 when no answer came. */
  readonly status: number;
  readonly text: string;
  readonly json: Json;
}

export interface Addresses {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly merchantKey: string;
}

export type Door = "complete" | "sync";

export class Doors {
  readonly #at: Addresses;
  readonly #used: Record<Door, number> = { complete: 0, sync: 0 };

  constructor(at: Addresses) {
    this.#at = at;
  }

  get used(): Readonly<Record<Door, number>> {
    return { ...this.#used };
  }

  merchant(method: string, path: string, body?: Json, headers: Record<string, string> = {}): Promise<Reply> {
    if (path.endsWith("/sync")) this.#used.sync += 1;
    const authorization = `Bearer ${this.#at.merchantKey}`;
    return send(`${this.#at.gatewayUrl}${path}`, method, body, { ...headers, authorization });
  }

  /** A call anybody on the internet could make: browsers, PortOne, strangers. */
  anybody(method: string, path: string, body?: Json): Promise<Reply> {
    if (path.startsWith("/payments/")) this.#used.complete += 1;
    return send(`${this.#at.gatewayUrl}${path}`, method, body);
  }

  /** Lambda's Invoke, as the clock uses it. */
  invoke(functionName: string): Promise<Reply> {
    return send(`${this.#at.gatewayUrl}/2015-03-31/functions/${functionName}/invocations`, "POST", {});
  }

  /** A lever of the simulator. Throws for any other answer than 200. */
  control<Answer = Json>(method: string, path: string, body?: Json): Promise<Answer> {
    return pull(`${this.#at.simulatorUrl}/_control${path}`, method, body);
  }

  /** A lever of the simulator that may be refused, because the world has moved on. */
  tryControl(method: string, path: string, body?: Json): Promise<Reply> {
    return send(`${this.#at.simulatorUrl}/_control${path}`, method, body);
  }

  /** A lever of the local host. Throws for any other answer than 200. */
  local<Answer = Json>(method: string, path: string, body?: Json): Promise<Answer> {
    return pull(`${this.#at.gatewayUrl}/_local${path}`, method, body);
  }
}

async function pull<Answer>(url: string, method: string, body?: Json): Promise<Answer> {
  const reply = await send(url, method, body);
  if (reply.status !== 200) throw new Error(`${method} ${url}: ${reply.status} ${reply.text}`);
  return reply.json as Answer;
}

async function send(
  url: string,
  method: string,
  body?: Json,
  headers: Record<string, string> = {},
): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: parse(text) };
  } catch (error) {
    // A cut connection is an answer that did not come, as for any client.
    return { status: 0, text: String(error), json: {} };
  }
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : {};
  } catch {
    // Pages and empty bodies hold no fields.
    return {};
  }
}
