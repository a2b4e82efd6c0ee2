// The pages of an action: what has to be filled in, the sentence to confirm, and what came of it.
import { ProblemError, type UnknownOutcomeError } from "../../../../lib/client/index.ts";
import type { Order } from "../../api/told.ts";
import { html, type Markup, type Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import type { MenuPlace, View } from "../page.ts";
import { problemFacts } from "../problem.ts";
import type { Action, Fields, Question } from "./action.ts";

/** Where an action stands: what it is called, where its forms go, and where one goes from it. */
export interface Site {
  readonly title: string;
  /** Of its pages, for a browser with many of them open. */
  readonly fullTitle: string;
  readonly path: string;
  readonly back: string;
  readonly toBack: string;
  readonly crumb: Part;
  /** What it is done with, said beside the sentence to confirm. */
  readonly of: string | null;
  readonly place: MenuPlace;
}

export function siteOf(action: Action, merchantUid: string, words: Words): Site {
  const title = action.title(words);
  const back = `/orders/${merchantUid}`;
  return {
    title,
    fullTitle: `${title} · ${merchantUid}`,
    path: `${back}/${action.name}`,
    back,
    toBack: words.outcome.toOrder,
    crumb: html`<span><a href="/orders">${words.orders.title}</a> / <a href=${back}>${merchantUid}</a></span>`,
    of: words.actions.of(merchantUid),
    place: "orders",
  };
}

const frame = ({ title, fullTitle, crumb, place }: Site, content: Part): View => ({
  title: fullTitle,
  place,
  main: html`<div class="stack narrow">
    <div>
      <p class="crumb">${crumb}</p>
      <h1>${title}</h1>
    </div>
    ${content}
  </div>`,
});

const backLink = ({ back }: Site, label: string): Markup => html`<a class="button" href=${back}>${label}</a>`;

export function formPage(
  action: Action,
  order: Order,
  { fields, wrong }: { readonly fields: Fields; readonly wrong: Part },
  words: Words,
): View {
  const site = siteOf(action, order.merchant_uid, words);
  const content = html`<form class="panel" method="post" action="${site.path}/confirm">
    ${wrong && html`<div class="box bad" role="alert">${wrong}</div>`}
    ${action.form?.(order, fields, words)}
    <div class="actions">
      <button class="primary">${words.actions.next}</button>
      ${backLink(site, words.actions.cancel)}
    </div>
  </form>`;
  return frame(site, content);
}

const hidden = (fields: Fields): readonly Markup[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`);

export function confirmPage(site: Site, question: Question, words: Words): View {
  const content = html`<form class="panel" method="post" action=${site.path}>
    <p class="sentence">${question.sentence}</p>
    ${site.of !== null && html`<p class="aside number-title">${site.of}</p>`}
    ${question.more.map((line) => html`<p>${line}</p>`)} ${hidden(question.fields)}
    <div class="actions">
      <button class="primary">${question.button}</button>
      ${backLink(site, words.actions.cancel)}
    </div>
  </form>`;
  return frame(site, content);
}

/** `why` is null where it is not offered now. */
export function refusedPage(site: Site, why: ProblemError | string | null, words: Words): View {
  const content = html`<div class="panel">
    <div class="box bad" role="alert">
      <p><strong>${words.outcome.refused}</strong></p>
      ${why instanceof ProblemError ? problemFacts(why, words) : html`<p>${why ?? words.actions.notOffered}</p>`}
    </div>
    <div class="actions">${backLink(site, site.toBack)}</div>
  </div>`;
  const status = why instanceof ProblemError && why.status >= 400 ? why.status : 409;
  return { ...frame(site, content), status };
}

/** The same fields again, the key among them: the same request. */
export function unknownPage(
  site: Site,
  { fields, error }: { readonly fields: Fields; readonly error: UnknownOutcomeError },
  words: Words,
): View {
  const seen = error.last && error.last.status >= 400 ? new ProblemError(error.last, error.sends) : null;
  const content = html`<form class="panel" method="post" action=${site.path}>
    <div class="box attention" role="alert">
      <p><strong>${words.outcome.unknown}</strong></p>
      <p>${words.outcome.unknownNote}</p>
      ${seen && problemFacts(seen, words)}
    </div>
    ${hidden(fields)}
    <div class="actions">
      <button class="primary">${words.outcome.again}</button>
      ${backLink(site, site.toBack)}
    </div>
  </form>`;
  return { ...frame(site, content), status: 202 };
}
