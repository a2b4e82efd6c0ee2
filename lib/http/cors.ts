// Cross-origin answers for the one door that shop pages call with fetch. Only configured origins are named.
import type { Answer } from "./answer.ts";

/** `http://localhost:*` stands for that host on any port, or on none named. */
export const isOriginAllowed = (origin: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) =>
    entry.endsWith(":*") ? origin.replace(/:\d+$/, "") === entry.slice(0, -2) : origin === entry,
  );

/** A cache that kept one page's answer for another's would let the wrong one read it, or keep the right one from it. */
export const byOrigin = { vary: "origin" };

/** Lets the page of this origin read the answer; null when there is none that may. */
export function withCors(answer: Answer, origin: string | null): Answer {
  const allowed = origin === null ? {} : { "access-control-allow-origin": origin };
  return { ...answer, headers: { ...answer.headers, ...allowed, ...byOrigin } };
}

/** The browser's question before a JSON POST. */
export function answerPreflight(origin: string | null): Answer {
  if (origin === null) return withCors({ status: 204 }, null);
  const headers = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "600",
  };
  return withCors({ status: 204, headers }, origin);
}
