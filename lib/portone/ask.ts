// One question to PortOne, repeated once where that may help, because reading changes nothing.
import { limited } from "../limited.ts";
import type { FetchOptions, Unavailable } from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import type { Unwrapped } from "./envelope.ts";
import type { ApiPath } from "./path.ts";
import { callLimitMs, questionLimitMs } from "./policy.ts";

/** Answers within the question's limit; `triesOnce` for a caller with no time for a second try. */
export const ask = (
  caller: AuthorizedCaller,
  path: ApiPath,
  options: FetchOptions = {},
): Promise<Unwrapped> =>
  limited(questionLimitMs, options.signal, async (signal) => {
    const question = { method: "GET" as const, path, limitMs: callLimitMs, signal };
    const first = await caller.call(question);
    const mayHelp = first.outcome === "no_answer" || first.outcome === "broken" || isServersFault(first);
    return mayHelp && !options.triesOnce && !signal.aborted ? caller.call(question) : first;
  });

const isServersFault = (answer: Unwrapped): boolean => answer.outcome === "refused" && answer.status >= 500;

/**
 * PortOne refuses a page beyond the last, and a list may have grown shorter since its pages were counted. A server
 * error, a rate limit or a refused first page is no end: what half a list leaves out would be lost.
 */
export const isBeyondLastPage = (answer: Unwrapped, page: number): boolean =>
  page > 1 && answer.outcome === "refused" && answer.status < 500;

export function unavailable(answer: Exclude<Unwrapped, { outcome: "success" | "not_found" }>): Unavailable {
  if (answer.outcome === "refused" && !isServersFault(answer)) return unreadable(answer.outcome);
  return { outcome: "unavailable", why: "why" in answer ? answer.why : answer.outcome };
}

/** PortOne answered, and it is of no use. */
export const unreadable = (why: string): Unavailable => ({ outcome: "unavailable", why, isAnswered: true });

/** One record that may be absent: null when PortOne knows none. */
export async function askForOne<Record>(
  caller: AuthorizedCaller,
  path: ApiPath,
  read: (response: unknown) => Record | null,
): Promise<{ readonly outcome: "found"; readonly record: Record | null } | Unavailable> {
  const answer = await ask(caller, path);
  if (answer.outcome === "not_found") return { outcome: "found", record: null };
  if (answer.outcome !== "success") return unavailable(answer);
  const record = read(answer.response);
  return record ? { outcome: "found", record } : unreadable("unreadable record");
}
