// Cross-origin answers for the one door that shop pages call with fetch. Only configured origins are named.
import type { Answer } from "./answer.ts";

export function withCors(answer: Answer, origin: string | undefined, allowed: readonly string[]): Answer {
  if (origin === undefined || !allowed.includes(origin)) return answer;
  return { ...answer, headers: { ...answer.headers, "access-control-allow-origin": origin, vary: "origin" } };
}

/** The browser's question before a JSON POST. */
export function answerPreflight(origin: string | undefined, allowed: readonly string[]): Answer {
  const answer: Answer = {
    status: 204,
    headers: {
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "600",
    },
  };
  return origin !== undefined && allowed.includes(origin)
    ? withCors(answer, origin, allowed)
    : { status: 204 };
}
