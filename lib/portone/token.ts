// PortOne's access token: kept until shortly before it ends, renewed once for everybody who waits.
// Concurrent functions with one key pair receive the same token, so no lock is needed between them.
import type { Clock } from "../ports/environment.ts";
import { unwrap } from "./envelope.ts";
import { exchange } from "./exchange.ts";
import { callLimitMs, tokenMarginMs } from "./policy.ts";

export type TokenResult =
  | { readonly outcome: "token"; readonly token: string }
  | { readonly outcome: "unavailable"; readonly why: string };

/** What logs in, as it is now. */
export interface LoginKeys {
  current(): { readonly portoneKey: string; readonly portoneSecret: string };
  /** PortOne refused them: are there others by now? */
  renew(): Promise<boolean>;
}

interface CachedToken {
  readonly token: string;
  readonly freshUntilMs: number;
}

const loginRefused = "login refused";

export class TokenSource {
  readonly #url: string;
  readonly #keys: LoginKeys;
  readonly #clock: Clock;
  #cached: CachedToken | null = null;
  #renewal: Promise<TokenResult> | null = null;

  constructor(portoneUrl: string, keys: LoginKeys, clock: Clock) {
    this.#url = `${portoneUrl}/users/getToken`;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** A token that will live long enough for a call, from memory or by one shared login. */
  get(): Promise<TokenResult> {
    if (this.#cached && this.#clock.nowMs() < this.#cached.freshUntilMs)
      return Promise.resolve({ outcome: "token", token: this.#cached.token });
    this.#renewal ??= this.#login().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** Forgets a token PortOne refused, unless somebody renewed it meanwhile. */
  forget(token: string): void {
    if (this.#cached?.token === token) this.#cached = null;
  }

  async #login(): Promise<TokenResult> {
    const result = await this.#loginOnce();
    const isRefused = result.outcome === "unavailable" && result.why === loginRefused;
    return isRefused && (await this.#keys.renew()) ? this.#loginOnce() : result;
  }

  async #loginOnce(): Promise<TokenResult> {
    const { portoneKey, portoneSecret } = this.#keys.current();
    const body = JSON.stringify({ imp_key: portoneKey, imp_secret: portoneSecret });
    const askedAtMs = this.#clock.nowMs();
    const signal = AbortSignal.timeout(callLimitMs);
    const answer = unwrap(await exchange({ method: "POST", url: this.#url, headers: {}, body, signal }));
    if (answer.outcome === "unauthorized" || answer.outcome === "refused")
      return { outcome: "unavailable", why: loginRefused };
    if (answer.outcome !== "success")
      return {
        outcome: "unavailable",
        why: answer.outcome === "not_found" ? "login not found" : `login ${answer.why}`,
      };
    const read = readToken(answer.response);
    if (!read) return { outcome: "unavailable", why: "login answered no token" };
    // The life comes from PortOne's own two times, because our clock may differ from theirs.
    this.#cached = { token: read.token, freshUntilMs: askedAtMs + read.lifeMs - tokenMarginMs };
    return { outcome: "token", token: read.token };
  }
}

function readToken(response: unknown): { token: string; lifeMs: number } | null {
  if (typeof response !== "object" || response === null) return null;
  const { access_token: token, now, expired_at: expiredAt } = response as Record<string, unknown>;
  if (typeof token !== "string" || typeof now !== "number" || typeof expiredAt !== "number") return null;
  return { token, lifeMs: (expiredAt - now) * 1000 };
}
