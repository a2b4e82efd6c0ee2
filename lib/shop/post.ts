// One POST to the shop's own server: over node:https, because fetch would load undici into every cold start. A redirect
// is an answer like any other and leads nowhere: what was signed for one address is told to no other.
import http from "node:http";
import https from "node:https";

export interface ShopRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly limitMs: number;
}

/** What the shop said; why there was no answer, never with the address, which may carry a secret of the shop's. */
export type ShopAnswer =
  | { readonly outcome: "answered"; readonly status: number }
  | { readonly outcome: "no_answer"; readonly why: string };

/** Never throws and never outlives its limit. The answer's body is of no interest and is not read. */
export function postToShop({ url, headers, body, limitMs }: ShopRequest): Promise<ShopAnswer> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) =>
      resolve({
        outcome: "no_answer",
        why: error.name === "AbortError" ? "timeout" : (error.code ?? error.name),
      });
    const payload = Buffer.from(body, "utf8");
    const isTls = url.startsWith("https:");
    const request = (isTls ? https : http).request(url, {
      method: "POST",
      // A socket that froze with its Lambda would fail the next delivery.
      agent: false,
      signal: AbortSignal.timeout(limitMs),
      headers: { ...headers, "content-type": "application/json", "content-length": payload.length },
      ...(isTls && { minVersion: "TLSv1.2" as const }),
    });
    request.on("error", fail);
    request.on("response", (response) => {
      resolve({ outcome: "answered", status: response.statusCode ?? 0 });
      response.destroy();
    });
    request.end(payload);
  });
}
