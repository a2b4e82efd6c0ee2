// PortOne's REST API as the port the use cases know. Reads only so far: repeated once when PortOne did
// not answer properly, because reading changes nothing. A refused token is renewed once and tried once.
import type { Clock, FetchOptions, FetchResult, FindResult, PaymentGateway, Unavailable } from "../ports.ts";
import { type Unwrapped, unwrap } from "./envelope.ts";
import { exchange } from "./exchange.ts";
import { callLimitMs, mostPages, pageSize, questionLimitMs } from "./policy.ts";
import { TokenSource } from "./token.ts";
import { readPage, toPaymentRecord } from "./translate.ts";

export interface PortOneSettings {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly acceptsSandbox: boolean;
}

export class PortOneClient implements PaymentGateway {
  readonly #settings: PortOneSettings;
  readonly #tokens: TokenSource;

  constructor(settings: PortOneSettings, clock: Clock) {
    this.#settings = settings;
    this.#tokens = new TokenSource(settings.url, settings.key, settings.secret, clock);
  }

  async fetchPayment(impUid: string, options: FetchOptions = {}): Promise<FetchResult> {
    // Without the parameter PortOne hides test-channel payments here, which is what production wants.
    const query = this.#settings.acceptsSandbox ? "?include_sandbox=true" : "";
    const answer = await this.#read(`/payments/${encodeURIComponent(impUid)}${query}`, options);
    if (answer.outcome === "not_found") return { outcome: "absent" };
    if (answer.outcome !== "success") return unavailable(answer);
    const record = toPaymentRecord(answer.response);
    return record ? { outcome: "found", record } : { outcome: "unavailable", why: "unreadable record" };
  }

  async findPayments(merchantUid: string): Promise<FindResult> {
    const signal = AbortSignal.timeout(questionLimitMs);
    const records = [];
    const path = `/payments/findAll/${encodeURIComponent(merchantUid)}`;
    for (let page = 1, pages = 0; page > 0; pages += 1) {
      if (pages >= mostPages) return { outcome: "unavailable", why: "too many attempts" };
      const answer = await this.#read(`${path}?page=${page}&limit=${pageSize}&sorting=started`, { signal });
      if (answer.outcome === "not_found") break;
      if (answer.outcome !== "success") return unavailable(answer);
      const read = readPage(answer.response);
      const translated = read?.list.map(toPaymentRecord);
      if (!read || !translated?.every((record) => record !== null))
        return { outcome: "unavailable", why: "unreadable record" };
      records.push(...translated);
      page = read.next;
    }
    return { outcome: "found", records };
  }

  async #read(path: string, options: FetchOptions): Promise<Unwrapped> {
    const limit = AbortSignal.timeout(questionLimitMs);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    const first = await this.#get(path, signal);
    const mayHelp = first.outcome === "no_answer" || first.outcome === "broken";
    return mayHelp && !options.triesOnce && !signal.aborted ? this.#get(path, signal) : first;
  }

  async #get(path: string, signal: AbortSignal): Promise<Unwrapped> {
    const first = await this.#getWithToken(path, signal);
    if (first.answer.outcome !== "unauthorized" || first.token === null) return first.answer;
    // The token ended between fetch and use, or its secret was replaced: one renewal, one more try.
    this.#tokens.forget(first.token);
    return (await this.#getWithToken(path, signal)).answer;
  }

  async #getWithToken(
    path: string,
    signal: AbortSignal,
  ): Promise<{ answer: Unwrapped; token: string | null }> {
    const login = await beforeAbort(this.#tokens.get(), signal);
    if (login === null) return { answer: { outcome: "no_answer", why: "timeout" }, token: null };
    if (login.outcome !== "token") return { answer: { outcome: "broken", why: login.why }, token: null };
    const answer = await exchange({
      method: "GET",
      url: `${this.#settings.url}${path}`,
      headers: { authorization: `Bearer ${login.token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(callLimitMs)]),
    });
    return { answer: unwrap(answer), token: login.token };
  }
}

function unavailable(answer: Exclude<Unwrapped, { outcome: "success" | "not_found" }>): Unavailable {
  const why = "why" in answer ? answer.why : answer.outcome;
  return { outcome: "unavailable", why };
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
