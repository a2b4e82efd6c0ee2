// What one answer says about the request that got it.
import type { Seen } from "./errors.ts";

export type Verdict =
  /** It is told what became of the request. */
  | "final"
  /** Taken, and not decided yet: the same request tells later. */
  | "pending"
  /** It may have been done or not. */
  | "unknown"
  /** Nothing was started: it may be sent again. */
  | "not_started"
  /** Not even looked at. */
  | "turned_away";

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;

/** `seen` is null where no whole answer came. */
export function judge(seen: Pick<Seen, "status" | "body"> | null): Verdict {
  if (seen === null) return "unknown";
  const { status, body } = seen;
  const code = fieldOf(body, "code");
  // What waits for its hour is decided.
  if (status === 202) return fieldOf(body, "state") === "scheduled" ? "final" : "pending";
  // Without a code it is API Gateway's own, which knows nothing of what the function did.
  if (status >= 500) return code === undefined || code === "internal" ? "unknown" : "not_started";
  if (status === 429 || code === "operation_in_flight") return "not_started";
  if (status >= 400 && (code === undefined || status === 401 || status === 403)) return "turned_away";
  return "final";
}

/** Seconds, or a date. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
