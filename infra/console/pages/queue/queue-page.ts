// What waits: for a person, for an answer, and for the sweep.
import type { Brake, OrderLine, Queue, ReviewLine } from "../../api/told.ts";
import { html, type Markup, type Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import type { Page, Visit } from "../page.ts";
import { badge, toneOf } from "../parts/badge.ts";
import { facts } from "../parts/facts.ts";
import { money } from "../parts/money.ts";
import { reasonText } from "../parts/reason.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { time } from "../parts/time.ts";
import { durationText } from "./duration.ts";

const reviewsShown = 20;

type Line = OrderLine | ReviewLine;

export const queuePage: Page = {
  path: "/queue",
  isLive: true,
  show: async (visit) => {
    const { words } = visit;
    const { queue, reviews } = await read(visit);
    const main = html`<div class="stack">
      <div class="heading"><h1>${words.queue.title}</h1></div>
      ${brakeBox(queue.brake, words)} ${reviewsSection(reviews, queue, words)}
      ${operationsSection(queue, words)}
      <div class="columns even">${dueSection(queue, words)} ${auditSection(queue, words)}</div>
    </div>`;
    return { title: words.queue.title, main, place: "queue" };
  },
};

async function read({ backend: { reading } }: Visit) {
  const query = { review: true as const, limit: reviewsShown };
  const [queue, reviews] = await Promise.all([
    reading.doors.GET("/queue"),
    reading.doors.GET("/orders", { params: { query } }),
  ]);
  return { queue: queue.data as Queue, reviews: reviews.data?.orders ?? [] };
}

export function brakeBox(brake: Brake, words: Words): Markup {
  const told = words.brake;
  return html`<section class=${brake.on ? "box bad" : "box quiet"} aria-labelledby="brake">
    <h2 id="brake">${told.title}</h2>
    <p><strong>${brake.on ? told.on : told.off}</strong></p>
    ${brake.on && html`<p>${told.onNote(brake.waiting)}</p>`}
    ${facts([[told.lately, told.latelyOf(brake.last_hour, brake.most_per_hour)]])}
    ${brake.on && html`<p class="actions"><a class="button" href="/queue/lift-brake">${told.lift}</a></p>`}
  </section>`;
}

function reviewsSection(lines: readonly Line[], { reviews }: Queue, words: Words): Markup {
  const { queue: told, orders, states } = words;
  const columns = [
    { label: orders.number },
    { label: orders.state },
    { label: orders.reason },
    { label: orders.remaining, isNumber: true },
    { label: orders.createdAt, isNumber: true },
  ] as const;
  const rows = lines.map((line) => ({
    id: `review-${line.merchant_uid}`,
    cells: [
      orderLink(line.merchant_uid),
      badge(toneOf(line.state), states[line.state]),
      "review_reason" in line && line.review_reason !== null && reasonText(line.review_reason, words),
      money(line.remaining, line.currency, words),
      time(line.created_at),
    ],
  }));
  const more = reviews.count > lines.length || reviews.more;
  return section("reviews", told.reviews, [
    html`<p class="aside">${told.reviewsNote}</p>`,
    more &&
      html`<p class="pages"><a class="button" href="/orders?review=true">${told.allReviews(countText(reviews, words))}</a></p>`,
    rows.length === 0 ? nothing(told.noReviews) : table(told.reviews, columns, rows),
  ]);
}

const orderLink = (merchantUid: string): Markup =>
  html`<a class="number-link" href="/orders/${merchantUid}">${merchantUid}</a>`;

function operationsSection({ operations, more_operations }: Queue, words: Words): Markup {
  const { queue: told, orders } = words;
  const columns = [
    { label: orders.number },
    { label: told.kind },
    { label: told.of },
    { label: orders.state },
    { label: told.person },
    { label: told.since, isNumber: true },
  ] as const;
  const rows = operations.map((operation) => ({
    id: `operation-${operation.merchant_uid}-${operation.id}`,
    cells: [
      // What was sold outside PortOne has no order.
      operation.of === "external_sale" ? operation.merchant_uid : orderLink(operation.merchant_uid),
      words.operations[operation.kind],
      told.subjects[operation.of],
      words.operationStates[operation.state],
      operation.review_reason === null ? "–" : reasonText(operation.review_reason, words),
      time(operation.since),
    ],
  }));
  return section("operations", told.operations, [
    html`<p class="aside">${told.operationsNote}</p>`,
    more_operations && html`<p class="aside">${told.moreOperations}</p>`,
    rows.length === 0 ? nothing(told.noOperations) : table(told.operations, columns, rows),
  ]);
}

interface Counted {
  readonly count: number;
  readonly more: boolean;
}

const countText = ({ count, more }: Counted, { queue }: Words): string =>
  more ? queue.atLeast(count) : queue.count(count);

function dueSection({ due }: Queue, words: Words): Markup {
  const { queue: told } = words;
  return section(
    "due",
    told.due,
    facts([
      [told.dueCount, countText(due, words)],
      [told.oldest, due.count === 0 ? told.nothingDue : durationText(due.oldest_s, words)],
    ]),
  );
}

function auditSection({ audit }: Queue, words: Words): Markup {
  const { queue: told } = words;
  if (audit === null) return section("audit", told.audit, nothing(told.noAudit));
  const { day, complete, differences, unreadable, behind } = audit;
  return section("audit", told.audit, [
    facts([
      [told.day, day],
      [told.complete, completeBadge(complete, words)],
      [told.differences, countText({ count: differences, more: false }, words)],
      [told.unreadable, countText({ count: unreadable, more: false }, words)],
      [told.behind, behind.join(", ")],
    ]),
    html`<p class="actions"><a class="button" href="/audits/${day}">${told.openAudit}</a></p>`,
  ]);
}

export const completeBadge = (isComplete: boolean, { queue }: Words): Part =>
  badge(isComplete ? "good" : "attention", isComplete ? queue.isComplete : queue.isIncomplete);
