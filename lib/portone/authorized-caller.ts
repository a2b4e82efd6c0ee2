// Calls with PortOne's token. A refused token is renewed once and the call made once more: PortOne did
// nothing with a call it did not let in. That is the only repeat in here.
import type { Clock } from "../ports/environment.ts";
import type { Login } from "../ports/portone.ts";
import { type Unwrapped, unwrap } from "./envelope.ts";
import { exchange } from "./exchange.ts";
import { TokenSource } from "./token.ts";

export interface PortOneSettings {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

export interface AuthorizedCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object;
  readonly limitMs: number;
  readonly signal?: AbortSignal;
  readonly onFreshConnection?: boolean;
}

export class AuthorizedCaller {
  readonly #url: string;
  readonly #tokens: TokenSource;

  constructor(settings: PortOneSettings, clock: Clock) {
    this.#url = settings.url;
    this.#tokens = new TokenSource(settings.url, settings.key, settings.secret, clock);
  }

  /** A token is at hand, or why not. */
  async login(): Promise<Login> {
    const login = await this.#tokens.get();
    return login.outcome === "token" ? { outcome: "ready" } : login;
  }

  async call(call: AuthorizedCall): Promise<Unwrapped> {
    const first = await this.#callOnce(call);
    if (first.answer.outcome !== "unauthorized" || first.token === null) return first.answer;
    // The token ended between fetch and use, or its secret was replaced: one renewal, one more try.
    this.#tokens.forget(first.token);
    return (await this.#callOnce(call)).answer;
  }

  async #callOnce(call: AuthorizedCall): Promise<{ answer: Unwrapped; token: string | null }> {
    const limit = AbortSignal.timeout(call.limitMs);
    const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
    const login = await beforeAbort(this.#tokens.get(), signal);
    if (login === null) return { answer: { outcome: "no_answer", why: "timeout" }, token: null };
    if (login.outcome !== "token") return { answer: { outcome: "broken", why: login.why }, token: null };
    const answer = await exchange({
      method: call.method,
      url: `${this.#url}${call.path}`,
      headers: { authorization: `Bearer ${login.token}` },
      ...(call.body && { body: JSON.stringify(call.body) }),
      signal,
      onFreshConnection: call.onFreshConnection === true,
    });
    return { answer: unwrap(answer), token: login.token };
  }
}

/** The promise's value, or null if the signal fires first; the shared login itself goes on for others. */
function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(null);
    signal.addEventListener("abort", giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
