// One HTTP exchange with PortOne over node:https (global fetch would load undici into every cold start).
// It tells "no answer" apart from "an answer that is not one": only the caller knows what each means.
import http from "node:http";
import https from "node:https";

export interface ExchangeRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** For calls that change something: a kept-alive socket that froze with its Lambda makes false unknowns. */
  readonly onFreshConnection?: boolean;
}

export type Exchange =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown }
  /** Something came back that is no JSON. */
  | { readonly kind: "broken_answer"; readonly status: number; readonly why: string }
  /** Refused, reset or out of time before the whole answer was here; it may still have taken effect. */
  | { readonly kind: "no_answer"; readonly why: string };

/** An answer larger than any page of records is no answer of PortOne's. */
const largestAnswerBytes = 8 * 1024 * 1024;

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true, minVersion: "TLSv1.2" }),
};

/** Never throws and never outlives its signal. */
export function exchange({
  method,
  url,
  headers,
  body,
  signal,
  onFreshConnection,
}: ExchangeRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const fail = (error: Error) =>
      resolve({ kind: "no_answer", why: error.name === "AbortError" ? "timeout" : error.message });
    const isTls = url.startsWith("https:");
    const payload = body === undefined ? null : Buffer.from(body, "utf8");
    const request = (isTls ? https : http).request(url, {
      method,
      agent: onFreshConnection ? false : agents[isTls ? "https:" : "http:"],
      signal,
      headers: {
        accept: "application/json",
        ...headers,
        ...(payload && { "content-type": "application/json", "content-length": String(payload.length) }),
      },
    });
    request.on("error", fail);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let receivedBytes = 0;
      response.on("data", (chunk: Buffer) => {
        receivedBytes += chunk.length;
        if (receivedBytes > largestAnswerBytes) response.destroy(new Error("answer too large"));
        else chunks.push(chunk);
      });
      response.on("error", fail);
      response.on("end", () => resolve(readAnswer(response.statusCode ?? 0, Buffer.concat(chunks))));
    });
    request.end(payload ?? undefined);
  });
}

function readAnswer(status: number, bytes: Buffer): Exchange {
  try {
    return { kind: "answer", status, body: parseWellFormed(bytes.toString("utf8").replace(/^\ufeff/, "")) };
  } catch {
    // A proxy's HTML page, usually; its text could carry anything, so only its size is told.
    return { kind: "broken_answer", status, why: `no JSON in ${bytes.length} bytes` };
  }
}

/** Half of a surrogate pair, which only an escape can write, could be neither stored nor shown. */
function parseWellFormed(text: string): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value) => (typeof value === "string" ? value.toWellFormed() : value));
}
