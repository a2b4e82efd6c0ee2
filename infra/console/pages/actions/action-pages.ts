// The pages of an action: what has to be filled in, the sentence to confirm, and what came of it.
import { ProblemError, type UnknownOutcomeError } from "../../../../lib/client/index.ts";
import type { Order } from "../../api/told.ts";
import { html, type Markup, type Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import type { View } from "../page.ts";
import { problemFacts } from "../problem.ts";
import type { Action, Fields, Question } from "./action.ts";

export const actionPath = (merchantUid: string, { name }: Action): string => `/orders/${merchantUid}/${name}`;

const frame = (merchantUid: string, title: string, words: Words, content: Part): View => ({
  title: `${title} · ${merchantUid}`,
  place: "orders",
  main: html`<div class="stack narrow">
    <div>
      <p class="crumb">
        <a href="/orders">${words.orders.title}</a> / <a href="/orders/${merchantUid}">${merchantUid}</a>
      </p>
      <h1>${title}</h1>
    </div>
    ${content}
  </div>`,
});

const backLink = (merchantUid: string, label: string): Markup =>
  html`<a class="button" href="/orders/${merchantUid}">${label}</a>`;

export function formPage(
  action: Action,
  order: Order,
  { fields, wrong }: { readonly fields: Fields; readonly wrong: Part },
  words: Words,
): View {
  const { merchant_uid } = order;
  const content = html`<form class="panel" method="post" action="${actionPath(merchant_uid, action)}/confirm">
    ${wrong && html`<div class="box bad" role="alert">${wrong}</div>`}
    ${action.form?.(order, fields, words)}
    <div class="actions">
      <button class="primary">${words.actions.next}</button>
      ${backLink(merchant_uid, words.actions.cancel)}
    </div>
  </form>`;
  return frame(merchant_uid, action.title(words), words, content);
}

const hidden = (fields: Fields): readonly Markup[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`);

export function confirmPage(action: Action, { merchant_uid }: Order, question: Question, words: Words): View {
  const content = html`<form class="panel" method="post" action=${actionPath(merchant_uid, action)}>
    <p class="sentence">${question.sentence}</p>
    <p class="aside number-title">${words.actions.of(merchant_uid)}</p>
    ${question.more.map((line) => html`<p>${line}</p>`)} ${hidden(question.fields)}
    <div class="actions">
      <button class="primary">${question.button}</button>
      ${backLink(merchant_uid, words.actions.cancel)}
    </div>
  </form>`;
  return frame(merchant_uid, action.title(words), words, content);
}

export function refusedPage(
  action: Action,
  merchantUid: string,
  problem: ProblemError | null,
  words: Words,
): View {
  const content = html`<div class="panel">
    <div class="box bad" role="alert">
      <p><strong>${words.outcome.refused}</strong></p>
      ${problem === null ? html`<p>${words.actions.notOffered}</p>` : problemFacts(problem, words)}
    </div>
    <div class="actions">${backLink(merchantUid, words.outcome.toOrder)}</div>
  </div>`;
  const status = problem === null || problem.status < 400 ? 409 : problem.status;
  return { ...frame(merchantUid, action.title(words), words, content), status };
}

/** The same fields again, the key among them: the same request. */
export function unknownPage(
  action: Action,
  merchantUid: string,
  { fields, error }: { readonly fields: Fields; readonly error: UnknownOutcomeError },
  words: Words,
): View {
  const seen = error.last && error.last.status >= 400 ? new ProblemError(error.last, error.sends) : null;
  const content = html`<form class="panel" method="post" action=${actionPath(merchantUid, action)}>
    <div class="box attention" role="alert">
      <p><strong>${words.outcome.unknown}</strong></p>
      <p>${words.outcome.unknownNote}</p>
      ${seen && problemFacts(seen, words)}
    </div>
    ${hidden(fields)}
    <div class="actions">
      <button class="primary">${words.outcome.again}</button>
      ${backLink(merchantUid, words.outcome.toOrder)}
    </div>
  </form>`;
  return { ...frame(merchantUid, action.title(words), words, content), status: 202 };
}
