// The list of orders: those of a day, or those in review, and one by its number.
import type { OrderLine, ReviewLine } from "../api/told.ts";
import { isMerchantUid } from "../api/told.ts";
import { html, type Markup, type Part } from "../html.ts";
import type { Words } from "../words/words.ts";
import type { Page, Visit } from "./page.ts";
import { badge, toneOf } from "./parts/badge.ts";
import { money } from "./parts/money.ts";
import { reasonText } from "./parts/reason.ts";
import { type Column, table } from "./parts/table.ts";
import { dayBeside, isDay, kstDay, time } from "./parts/time.ts";

const linesAPage = 50;

export const ordersPage: Page = {
  path: "/orders",
  isLive: true,
  show: async (visit) => {
    const { query, words, nowMs } = visit;
    const number = query["number"]?.trim();
    if (number !== undefined && isMerchantUid(number)) return { redirect: `/orders/${number}` };
    const isReview = query["review"] === "true";
    const day = query["day"] !== undefined && isDay(query["day"]) ? query["day"] : kstDay(nowMs);
    const { orders, cursor } = await list(visit, isReview ? null : day);
    const main = html`<div class="stack">
      <div class="heading"><h1>${words.orders.title}</h1>${tabs(isReview, words)}</div>
      <div class="panel filters">
        ${!isReview && dayForm(day, words)} ${searchForm(number ?? "", words)}
      </div>
      ${orders.length === 0 ? nothing(isReview, day, visit) : linesOf(orders, isReview, words)}
      ${pagesOf(visit, cursor)}
    </div>`;
    return { title: words.orders.title, main, place: "orders" };
  },
};

type Line = OrderLine | ReviewLine;

/** `day` is null for those in review. */
async function list(
  { backend, query }: Visit,
  day: string | null,
): Promise<{ readonly orders: readonly Line[]; readonly cursor: string | null }> {
  const page = { limit: linesAPage, ...(query["cursor"] ? { cursor: query["cursor"] } : {}) };
  const asked = day === null ? { review: true as const, ...page } : { day, ...page };
  const { data } = await backend.reading.doors.GET("/orders", { params: { query: asked } });
  return data ?? { orders: [], cursor: null };
}

const tabs = (isReview: boolean, { orders }: Words): Markup =>
  html`<nav class="tabs" aria-label=${orders.title}>
    <a href="/orders" aria-current=${isReview ? undefined : "true"}>${orders.byDay}</a>
    <a href="/orders?review=true" aria-current=${isReview ? "true" : undefined}>${orders.inReview}</a>
  </nav>`;

const dayForm = (day: string, { orders }: Words): Markup =>
  html`<form method="get" action="/orders" class="inline">
    <label for="day">${orders.day}</label>
    <div class="joined">
      <a class="button" href="/orders?day=${dayBeside(day, -1)}">${orders.dayBefore}</a>
      <input id="day" type="date" name="day" value=${day} />
      <button>${orders.show}</button>
      <a class="button" href="/orders?day=${dayBeside(day, 1)}">${orders.dayAfter}</a>
    </div>
  </form>`;

const searchForm = (number: string, { orders }: Words): Markup => {
  const isWrong = number !== "";
  return html`<form method="get" action="/orders" class="inline" role="search" aria-label=${orders.searchTitle}>
    <label for="number">${orders.number}</label>
    <div class="joined">
      <input
        id="number"
        name="number"
        value=${number}
        required
        autocomplete="off"
        spellcheck="false"
        aria-invalid=${isWrong ? "true" : undefined}
        aria-describedby=${isWrong ? "number-wrong" : undefined}
      />
      <button>${orders.search}</button>
    </div>
    ${isWrong && html`<p id="number-wrong" class="wrong">${orders.notNumber}</p>`}
  </form>`;
};

function linesOf(lines: readonly Line[], isReview: boolean, words: Words): Markup {
  const { orders, states } = words;
  const columns: readonly Column[] = [
    { label: orders.number },
    { label: orders.state },
    ...(isReview ? [{ label: orders.reason }] : []),
    { label: orders.amount, isNumber: true },
    { label: orders.remaining, isNumber: true },
    { label: orders.createdAt, isNumber: true },
  ];
  const rows = lines.map((line) => ({
    id: `line-${line.merchant_uid}`,
    cells: [
      html`<a class="number-link" href="/orders/${line.merchant_uid}">${line.merchant_uid}</a>`,
      badge(toneOf(line.state), states[line.state]),
      ...(isReview ? [reasonOf(line, words)] : []),
      money(line.amount, line.currency, words),
      money(line.remaining, line.currency, words),
      time(line.created_at),
    ],
  }));
  return table(isReview ? orders.longestFirst : orders.oldestFirst, columns, rows);
}

const reasonOf = (line: Line, words: Words): Part =>
  "review_reason" in line && line.review_reason !== null && reasonText(line.review_reason, words);

function nothing(isReview: boolean, day: string, { query, words: { orders } }: Visit): Markup {
  const none = isReview ? orders.noneInReview : orders.noneOn(day);
  return html`<p class="empty">${query["cursor"] ? orders.noMore : none}</p>`;
}

/** The doors offer the way on; the way back is the browser's own, or the beginning. */
function pagesOf({ query, words: { orders } }: Visit, cursor: string | null): Part {
  const { cursor: from, ...others } = query;
  if (cursor === null && !from) return null;
  const link = (more: Readonly<Record<string, string>>) =>
    `/orders?${new URLSearchParams({ ...others, ...more })}`;
  return html`<p class="pages">
    ${from && html`<a class="button" href=${link({})}>${orders.first}</a>`}
    ${cursor !== null && html`<a class="button" href=${link({ cursor })} rel="next">${orders.next}</a>`}
  </p>`;
}
