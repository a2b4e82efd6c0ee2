// One order: where it stands, its money, what happened, and what can be done.
import type { Order } from "../../api/told.ts";
import { html, type Markup, type Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { orderActions, reviewChoices } from "../actions/actions.ts";
import type { Page } from "../page.ts";
import { badge, toneOf } from "../parts/badge.ts";
import { reasonText, remedyOf } from "../parts/reason.ts";
import { time } from "../parts/time.ts";
import { readOrder } from "./read-order.ts";
import {
  accountSection,
  attemptsSection,
  deliverySection,
  detailsSection,
  moneySummary,
  paymentSection,
  receiptSection,
  refundsSection,
} from "./sections.ts";
import { simulatorSection } from "./simulator-section.ts";
import { type Happening, happeningsOf } from "./timeline.ts";

export const orderPage: Page = {
  path: "/orders/:merchantUid",
  isLive: true,
  show: async (visit) => {
    const { words } = visit;
    const merchantUid = visit.params["merchantUid"] ?? "";
    const [sources, levers] = await Promise.all([
      readOrder(visit, merchantUid),
      simulatorSection(visit, merchantUid),
    ]);
    const { order, refunds, delivery } = sources;
    const main = html`<div class="stack">
      ${heading(order, words)} ${reviewBox(order, words)} ${operationBox(order, words)}
      ${moneySummary(order, words)}
      <div class="columns">
        ${timelineSection(happeningsOf(sources, words), order, words)}
        <div class="stack">
          ${accountSection(order, words)} ${detailsSection(order, words)} ${paymentSection(order, words)}
          ${refundsSection(refunds, order, words)} ${receiptSection(order, words)}
          ${deliverySection(delivery, order, words)} ${attemptsSection(order, words)} ${levers}
        </div>
      </div>
    </div>`;
    return { title: words.order.title(order.merchant_uid), main, place: "orders" };
  },
};

const heading = (order: Order, words: Words): Markup =>
  html`<div class="heading">
    <div>
      <p class="crumb"><a href="/orders">${words.orders.title}</a></p>
      <h1 class="number-title">${order.merchant_uid}</h1>
      <p class="badges" aria-live="polite">
        ${badge(toneOf(order.state), words.states[order.state], "state")}
        ${order.review_reason !== null && badge("attention", words.orders.inReview, "in-review")}
      </p>
    </div>
    <nav class="actions" aria-label=${words.order.actions}>
      ${orderActions
        .filter((action) => action.isOffered(order))
        .map(
          (action) =>
            html`<a
              id=${`do-${action.name}`}
              class=${action.name === "refund" ? "button primary" : "button"}
              href="/orders/${order.merchant_uid}/${action.name}"
              >${action.label(words)}</a
            >`,
        )}
    </nav>
  </div>`;

function reviewBox(order: Order, words: Words): Part {
  const reason = order.review_reason;
  if (reason === null) return null;
  return html`<section id="review-box" class="box attention" aria-labelledby="review">
    <h2 id="review">${words.order.review}</h2>
    <p>
      <strong>${reasonText(reason, words)}</strong> <code>${reason}</code>
    </p>
    <p>${remedyOf(reason, words)} ${words.order.noShipping}</p>
    <nav class="actions" aria-label=${words.order.choices}>
      ${reviewChoices
        .filter((choice) => choice.isOffered(order))
        .map(
          (choice) =>
            html`<a
              id=${`do-${choice.name}`}
              class="button"
              href="/orders/${order.merchant_uid}/${choice.name}"
              >${choice.label(words)} <code>${choice.code}</code></a
            >`,
        )}
    </nav>
  </section>`;
}

function operationBox({ operation }: Order, words: Words): Part {
  if (operation === null) return null;
  const { kind, state, id, since } = operation;
  return html`<section id="operation-box" class="box waiting" aria-labelledby="operation">
    <h2 id="operation">${words.order.inFlight}</h2>
    <p>
      <strong>${words.operations[kind]}</strong> · ${words.operationStates[state]} · ${words.order.since}
      ${" "}${time(since)} <code>${id}</code>
    </p>
  </section>`;
}

const timelineSection = (happenings: readonly Happening[], { history }: Order, words: Words): Markup =>
  html`<section id="timeline-panel" class="panel" aria-labelledby="timeline">
    <h2 id="timeline">${words.order.timeline}</h2>
    <p class="aside">${words.order.timelineNote}</p>
    ${
      // An order keeps its latest entries.
      history.every(({ from }) => from !== null) &&
      html`<p class="aside">${words.order.timelineBeginsLate}</p>`
    }
    <ol class="timeline" role="list">
      ${happenings.map((happening) => happeningItem(happening, words))}
    </ol>
  </section>`;

const happeningItem = ({ at, kind, title, more, isBad }: Happening, { timeline }: Words): Markup =>
  html`<li class=${`happening ${kind}${isBad ? " bad" : ""}`}>
    <p class="when">${time(at)} <span class="kind">${timeline.kinds[kind]}</span></p>
    <p class="what">${title}</p>
    ${more.map((line) => html`<p class="aside">${line}</p>`)}
  </li>`;
