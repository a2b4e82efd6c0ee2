// Sends one request until it is told what became of it: always the same bytes, so that its order number and its
// idempotency key stay what they are and money moves at most once.
import { ProblemError, type Seen, UnknownOutcomeError } from "./errors.ts";
import type { ClientPorts } from "./ports.ts";
import { judge, readRetryAfter } from "./verdict.ts";

export interface Limits {
  /** Of one send. API Gateway itself gives up after 30 s. */
  readonly sendMs: number;
  /** Of all sends and pauses; none is begun after it. */
  readonly totalMs: number;
}

/** Between sends where the answer asks for no longer; the last one repeats. */
const pausesMs = [500, 1_000, 2_000, 4_000, 8_000] as const;

interface Sent {
  readonly seen: Seen | null;
  readonly response: Response | null;
  /** Why there is no answer. */
  readonly cause: unknown;
}

/** The answer to what was done. Throws a ProblemError, an UnknownOutcomeError, or why the caller's signal aborted. */
export async function sendUntilFinal(
  request: Request,
  limits: Limits,
  ports: ClientPorts,
): Promise<Response> {
  const body = request.body === null ? null : await request.text();
  const endMs = ports.nowMs() + limits.totalMs;
  let isInDoubt = false;
  for (let sends = 1; ; sends += 1) {
    const { seen, response, cause } = await sendOnce(request, body, limits, ports);
    const verdict = judge(seen);
    const isFinal = verdict === "final" || (verdict === "turned_away" && !isInDoubt);
    if (isFinal && response?.ok) return response;
    if (isFinal && seen) throw new ProblemError(seen, sends);
    isInDoubt ||= verdict === "unknown" || verdict === "pending";
    const pauseMs = Math.max(seen?.retryAfterMs ?? 0, pausesMs[sends - 1] ?? pausesMs[4]);
    if (verdict === "turned_away" || ports.nowMs() + pauseMs >= endMs) {
      if (seen && !isInDoubt) throw new ProblemError(seen, sends);
      const { pathname } = new URL(request.url);
      throw new UnknownOutcomeError(`${request.method} ${pathname}`, { sends, last: seen, cause });
    }
    await ports.pause(pauseMs, request.signal);
  }
}

async function sendOnce(
  request: Request,
  body: string | null,
  { sendMs }: Limits,
  ports: ClientPorts,
): Promise<Sent> {
  request.signal.throwIfAborted();
  const ended = new AbortController();
  const signal = AbortSignal.any([request.signal, ended.signal]);
  const { method, headers, url } = request;
  const { fetch: ask } = ports;
  const late = ports.pause(sendMs, signal).then(() => {
    throw new Error(`no answer within ${sendMs} ms`);
  });
  const answered = ask(new Request(url, { method, headers, body, signal })).then((response) =>
    read(response, ports.nowMs()),
  );
  try {
    return await Promise.race([answered, late]);
  } catch (cause) {
    return { seen: null, response: null, cause };
  } finally {
    ended.abort();
    // Whichever lost the race is of no interest any more.
    for (const loser of [answered, late]) loser.catch(() => undefined);
  }
}

async function read(response: Response, nowMs: number): Promise<Sent> {
  const text = await response.text();
  const { status, statusText, headers } = response;
  const seen = { status, body: parse(text), retryAfterMs: readRetryAfter(headers.get("retry-after"), nowMs) };
  return { seen, response: new Response(text, { status, statusText, headers }), cause: undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
