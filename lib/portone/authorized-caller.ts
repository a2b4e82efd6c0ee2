// Calls with PortOne's token. A refused token is renewed once and the call made once more: PortOne did
// nothing with a call it did not let in. That is the only repeat in here.
import { limited } from "../limited.ts";
import type { Clock, Tally } from "../ports/environment.ts";
import type { Login } from "../ports/portone.ts";
import { type Unwrapped, unwrap } from "./envelope.ts";
import { exchange } from "./exchange.ts";
import type { ApiPath } from "./path.ts";
import type { AnswerPulse } from "./pulse.ts";
import { type LoginKeys, TokenSource } from "./token.ts";

export interface PortOneSettings {
  readonly url: string;
  readonly keys: LoginKeys;
}

export interface AuthorizedCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: ApiPath;
  readonly body?: object;
  /** For everything: the login, the call, and its repeat with another token. */
  readonly limitMs: number;
  /** Not begun any later than this after it was asked for, whatever a login or a refused token took. */
  readonly sendWithinMs?: number;
  readonly signal?: AbortSignal;
  readonly onFreshConnection?: boolean;
}

/** Of the calls, and of those that nobody answered well: one whose login failed is among these. */
type CallTally = Pick<Tally<"portone_calls" | "portone_failures">, "count">;

export class AuthorizedCaller {
  readonly #url: string;
  readonly #tokens: TokenSource;
  readonly #clock: Clock;
  readonly #tally: CallTally | null;
  /** Set where somebody wants to know how PortOne is. */
  pulse: AnswerPulse | null = null;

  constructor(settings: PortOneSettings, clock: Clock, tally: CallTally | null = null) {
    this.#url = settings.url;
    this.#clock = clock;
    this.#tally = tally;
    this.#tokens = new TokenSource(settings.url, settings.keys, clock);
  }

  /** A token is at hand, or why not. */
  async login(): Promise<Login> {
    const login = await this.#tokens.get();
    return login.outcome === "token" ? { outcome: "ready" } : login;
  }

  async call(call: AuthorizedCall): Promise<Unwrapped> {
    const answer = await this.#callLetIn(call);
    this.#tally?.count("portone_calls");
    if (answer.outcome === "broken" || answer.outcome === "no_answer") this.#tally?.count("portone_failures");
    return answer;
  }

  #callLetIn(call: AuthorizedCall): Promise<Unwrapped> {
    const untilMs = this.#clock.nowMs() + (call.sendWithinMs ?? Number.POSITIVE_INFINITY);
    return limited(call.limitMs, call.signal, async (signal) => {
      const first = await this.#callOnce(call, signal, untilMs);
      if (first.answer.outcome !== "unauthorized" || first.token === null) return first.answer;
      // The token ended between fetch and use, or its secret was replaced: one renewal, one more try.
      this.#tokens.forget(first.token);
      return (await this.#callOnce(call, signal, untilMs)).answer;
    });
  }

  async #callOnce(
    call: AuthorizedCall,
    signal: AbortSignal,
    untilMs: number,
  ): Promise<{ answer: Unwrapped; token: string | null }> {
    const login = await beforeAbort(this.#tokens.get(), signal);
    if (login === null) return { answer: { outcome: "no_answer", why: "timeout" }, token: null };
    if (login.outcome !== "token") return { answer: { outcome: "broken", why: login.why }, token: null };
    if (this.#clock.nowMs() > untilMs)
      return { answer: { outcome: "no_answer", why: "too late to send" }, token: null };
    const exchanged = exchange({
      method: call.method,
      url: `${this.#url}${call.path}`,
      headers: { authorization: `Bearer ${login.token}` },
      ...(call.body && { body: JSON.stringify(call.body) }),
      signal,
      onFreshConnection: call.onFreshConnection === true,
    });
    const answer = this.pulse ? this.pulse.follow(exchanged) : exchanged;
    return { answer: unwrap(await answer), token: login.token };
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
