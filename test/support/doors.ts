// Requests of any shape to the built functions: over the gateway, or handed to one of them by Lambda's
// Invoke, as an event of API Gateway's or directly.

import { checked, checkProblemBody } from "./answers.ts";
import { checkDirectDescribed } from "./description.ts";
import type { LocalStack } from "./local-stack.ts";
import { type Json, type Reply, Shop, send } from "./shop.ts";

export interface Sent {
  /** An object goes as JSON; a text or bytes as they are. */
  readonly body?: unknown;
  /** Null leaves the header out. */
  readonly type?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a direct invocation gives: the HTTP body with its status. */
export interface Direct {
  readonly status: number;
  readonly json: Json;
}

export class Doors {
  readonly shop: Shop;
  readonly #stack: LocalStack;
  #isBroken = false;

  constructor(stack: LocalStack) {
    this.#stack = stack;
    this.shop = new Shop(stack);
  }

  /** Anybody's request. */
  async knock(method: string, path: string, sent: Sent = {}): Promise<Reply> {
    const { body, type = "application/json", headers } = sent;
    const response = await fetch(`${this.#stack.gatewayUrl}${path}`, {
      method,
      redirect: "manual",
      headers: { ...(body !== undefined && type !== null && { "content-type": type }), ...headers },
      // Bytes, because fetch gives a text a content type of its own.
      ...(body !== undefined && { body: toBytes(body) }),
    });
    const text = await response.text();
    return checked(method, path, {
      status: response.status,
      headers: response.headers,
      text,
      json: text === "" ? {} : (JSON.parse(text) as Json),
    });
  }

  /** The merchant's request. */
  merchant(method: string, path: string, sent: Sent = {}): Promise<Reply> {
    const headers = { authorization: `Bearer ${this.#stack.merchantKey}`, ...sent.headers };
    return this.knock(method, path, { ...sent, headers });
  }

  /** Lambda's Invoke; `error` is its failure, null for a function that answered. */
  async invoke(functionName: string, event: unknown): Promise<{ readonly error: Json | null; json: Json }> {
    const url = `${this.#stack.gatewayUrl}/2015-03-31/functions/${functionName}/invocations`;
    const { headers, json } = await send(url, "POST", JSON.stringify(event));
    return { error: headers.has("x-amz-function-error") ? json : null, json };
  }

  /** A direct invocation, which never fails. */
  async direct(functionName: string, event: Json): Promise<Direct> {
    const { error, json } = await this.invoke(functionName, event);
    const { status, body } = json as { status: number; body: Json };
    if (error || typeof status !== "number") throw new Error(`${functionName}: ${JSON.stringify(json)}`);
    if (status >= 400) checkProblemBody(status, body);
    checkDirectDescribed(functionName, event["action"], { status, body });
    return { status, json: body };
  }

  /** PortOne answers with errors until `mend`. */
  async breakPortOne(call = "*"): Promise<void> {
    this.#isBroken = true;
    await this.shop.fault("server_error_then_ok", call, { count: 99 });
  }

  /** The table answers this function with errors until `mend`. */
  async breakTable(functionName: string): Promise<void> {
    this.#isBroken = true;
    await this.shop.local("POST", "/faults", { name: "dynamodb_down", function: functionName, count: 99 });
  }

  /** Nothing is asked where nothing is broken: it stands after each of hundreds of tests. */
  async mend(): Promise<void> {
    if (!this.#isBroken) return;
    this.#isBroken = false;
    await this.shop.control("DELETE", "/faults");
    await this.shop.local("DELETE", "/faults");
  }

  get merchantKey(): string {
    return this.#stack.merchantKey;
  }

  /** Every line the functions have written so far. */
  logLines(): readonly string[] {
    return this.#stack.logLines();
  }

  /** An API Gateway event handed to a function, and the HTTP answer made of its result. */
  async invokeWithEvent(functionName: string, event: Json): Promise<Reply> {
    const { error, json } = await this.invoke(functionName, event);
    if (error) throw new Error(`${functionName}: ${JSON.stringify(error)}`);
    const {
      statusCode,
      headers,
      body = "",
    } = json as {
      statusCode: number;
      headers: Record<string, string>;
      body?: string;
    };
    const [method = ""] = String(event["routeKey"]).split(" ");
    return checked(method, String(event["rawPath"]), {
      status: statusCode,
      headers: new Headers(headers),
      text: body,
      json: body === "" ? {} : (JSON.parse(body) as Json),
    });
  }
}

const toBytes = (body: unknown): Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array
    ? Uint8Array.from(body)
    : new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));

export interface EventParts {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** The gateway's own word for where the call came from; one of PortOne's addresses unless given. */
  readonly sourceIp?: string;
}

const portoneIp = "52.78.100.19";

/** As API Gateway's HTTP API sends it, payload format 2.0. Source: AWS, "Lambda proxy integrations". */
export function gatewayEvent(asked: EventParts): Json {
  const { routeKey, rawPath, headers = {}, sourceIp = portoneIp, ...parts } = asked;
  const [method] = routeKey.split(" ");
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: "",
    headers: {
      accept: "*/*",
      "content-length": String((parts.body ?? "").length),
      host: "pay.shop.example",
      "user-agent": "Apache-HttpClient/4.5.13 (Java/1.8.0_252)",
      "x-amzn-trace-id": "Root=1-66b09f3c-4f1d2f1e6a2f3c4d5e6f7a8b",
      "x-forwarded-for": sourceIp,
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...headers,
    },
    requestContext: {
      accountId: "123456789012",
      apiId: "a1b2c3d4e5",
      domainName: "pay.shop.example",
      domainPrefix: "pay",
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp,
        userAgent: "Apache-HttpClient/4.5.13 (Java/1.8.0_252)",
      },
      requestId: "c2FtcGxlLXJlcXVlc3Q=",
      routeKey,
      stage: "$default",
      time: "05/Aug/2026:03:00:00 +0000",
      timeEpoch: 1_785_898_800_000,
    },
    isBase64Encoded: false,
    ...parts,
  };
}

export const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

export const asForm = (fields: Json): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

/** In the one of the two ways that PortOne can be set to send. */
export const writeAs = (type: string, fields: Json): string =>
  /json/i.test(type) ? JSON.stringify(fields) : asForm(fields);
