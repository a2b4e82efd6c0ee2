// What is shown where a page cannot be.
import { ProblemError, UnknownOutcomeError } from "../../../lib/client/index.ts";
import { LocalError } from "../api/ask-local.ts";
import { html, type Part } from "../html.ts";
import type { Words } from "../words/words.ts";
import type { View } from "./page.ts";
import { problemFacts } from "./problem.ts";

export type FailureName = keyof Words["failures"];

export function failurePage(name: FailureName, status: number, words: Words, more: Part = null): View {
  const { title, text } = words.failures[name];
  const main = html`<div class="stack narrow">
    <h1>${title}</h1>
    <p>${text}</p>
    ${more}
  </div>`;
  return { title, main, status };
}

/** Null where it is nobody's answer but a mistake of the console's own. */
export function failureOf(error: unknown, words: Words): View | null {
  if (error instanceof UnknownOutcomeError || error instanceof LocalError)
    return failurePage("noAnswer", 502, words);
  if (!(error instanceof ProblemError)) return null;
  if (error.code === "audit_not_found") return failurePage("noAudit", 404, words);
  if (error.code === "order_not_found") return failurePage("noOrder", 404, words);
  if (error.status >= 300 && error.status < 400) return failurePage("redirected", 502, words);
  return failurePage("refused", 502, words, problemFacts(error, words));
}
