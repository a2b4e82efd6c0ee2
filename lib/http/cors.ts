// Cross-origin answers for the one door that shop pages call with fetch. Only configured origins are named.
import type { Answer } from "./answer.ts";

/** `http://localhost:*` stands for that host on any port, or on none named. */
export const isOriginAllowed = (origin: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) =>
    entry.endsWith(":*") ? origin.replace(/:\d+$/, "") === entry.slice(0, -2) : origin === entry,
  );

/** Lets the page of this origin read the answer; null when there is none that may. */
export function withCors(answer: Answer, origin: string | null): Answer {
  if (origin === null) return answer;
  return { ...answer, headers: { ...answer.headers, "access-control-allow-origin": origin, vary: "origin" } };
}

/** The browser's question before a JSON POST. */
export function answerPreflight(origin: string | null): Answer {
  if (origin === null) return { status: 204 };
  const headers = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "600",
  };
  return withCors({ status: 204, headers }, origin);
}
