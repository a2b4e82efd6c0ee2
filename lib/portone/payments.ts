// Reading PortOne's records. A question is repeated once when PortOne did not answer properly, because
// reading changes nothing.
import type { FetchOptions, FetchResult, FindResult, PaymentGateway, Unavailable } from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import type { Unwrapped } from "./envelope.ts";
import { callLimitMs, mostPages, pageSize, questionLimitMs } from "./policy.ts";
import { readPage, toPaymentRecord } from "./translate.ts";

export class PortOneClient implements PaymentGateway {
  readonly #caller: AuthorizedCaller;
  readonly #acceptsSandbox: boolean;

  constructor(caller: AuthorizedCaller, acceptsSandbox: boolean) {
    this.#caller = caller;
    this.#acceptsSandbox = acceptsSandbox;
  }

  async fetchPayment(impUid: string, options: FetchOptions = {}): Promise<FetchResult> {
    // Without the parameter PortOne hides test-channel payments here, which is what production wants.
    const query = this.#acceptsSandbox ? "?include_sandbox=true" : "";
    const answer = await ask(this.#caller, `/payments/${encodeURIComponent(impUid)}${query}`, options);
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
      const query = `page=${page}&limit=${pageSize}&sorting=started`;
      const answer = await ask(this.#caller, `${path}?${query}`, { signal });
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
}

/** One question, repeated once where that may help. */
export async function ask(
  caller: AuthorizedCaller,
  path: string,
  options: FetchOptions = {},
): Promise<Unwrapped> {
  const limit = AbortSignal.timeout(questionLimitMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const question = { method: "GET" as const, path, limitMs: callLimitMs, signal };
  const first = await caller.call(question);
  const mayHelp = first.outcome === "no_answer" || first.outcome === "broken" || isServersFault(first);
  return mayHelp && !options.triesOnce && !signal.aborted ? caller.call(question) : first;
}

const isServersFault = (answer: Unwrapped): boolean => answer.outcome === "refused" && answer.status >= 500;

export function unavailable(answer: Exclude<Unwrapped, { outcome: "success" | "not_found" }>): Unavailable {
  return { outcome: "unavailable", why: "why" in answer ? answer.why : answer.outcome };
}
