// A refusal in words. Its detail is Korean wherever it is shown; its title is English.
import type { ProblemError } from "../../../lib/client/index.ts";
import { html, type Markup } from "../html.ts";
import type { Words } from "../words/words.ts";
import { facts } from "./parts/facts.ts";

export function problemFacts(problem: ProblemError, { language, outcome }: Words): Markup {
  const { code, detail, message, errors, rule, requestId, providerMessage } = problem;
  const title = message.replace(/^\w+: /, "");
  return html`<div>
    <p>${language === "ko" ? detail : title}</p>
    ${
      errors.length > 0 &&
      html`<ul>
        ${errors.map((error) => html`<li><code>${error.pointer}</code> ${error.detail}</li>`)}
      </ul>`
    }
    ${facts([
      [outcome.code, code],
      [outcome.rule, rule],
      [outcome.provider, providerMessage],
      [outcome.request, requestId && html`<code>${requestId}</code>`],
    ])}
  </div>`;
}
