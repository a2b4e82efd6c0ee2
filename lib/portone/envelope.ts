// PortOne wraps every answer as `{code, message, response}`. Unwrapped here, once, so that nobody reads a
// field off the envelope; HTTP 200 with `code` other than 0 is a failure.
import { tidy } from "../domain/text.ts";
import type { Exchange } from "./exchange.ts";
import { sentenceBytes } from "./words.ts";

export type Unwrapped =
  | { readonly outcome: "success"; readonly response: unknown }
  | { readonly outcome: "unauthorized" }
  | { readonly outcome: "not_found" }
  /** PortOne or KSNET said no; `message` is theirs, in Korean, never to be decided by. */
  | { readonly outcome: "refused"; readonly status: number; readonly message: string | null }
  /** The answer is known to be broken: a proxy's 5xx, 429, or not PortOne's. */
  | { readonly outcome: "broken"; readonly why: string }
  | { readonly outcome: "no_answer"; readonly why: string };

export function unwrap(exchanged: Exchange): Unwrapped {
  if (exchanged.kind === "no_answer") return { outcome: "no_answer", why: exchanged.why };
  const { status } = exchanged;
  if (status === 401) return { outcome: "unauthorized" };
  if (status === 429 || status > 501) return { outcome: "broken", why: `http ${status}` };
  if (exchanged.kind === "broken_answer") return { outcome: "broken", why: exchanged.why };
  const { body } = exchanged;
  if (typeof body !== "object" || body === null || !("code" in body))
    return { outcome: "broken", why: "no envelope" };
  if (status === 404) return { outcome: "not_found" };
  const message =
    "message" in body && typeof body.message === "string" ? tidy(body.message, sentenceBytes) : null;
  if (body.code !== 0 || status >= 300) return { outcome: "refused", status, message };
  return { outcome: "success", response: "response" in body ? body.response : null };
}
