// What the shop was told, or would be, and what it answered: the newest first.
import type { ShopEvent } from "../../api/host.ts";
import { html, type Markup } from "../../html.ts";
import { type Words, wordFor } from "../../words/words.ts";
import { badge } from "../parts/badge.ts";
import { eventAnswer } from "../parts/event-answer.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { time } from "../parts/time.ts";

const eventsShown = 20;

export function eventsSection(events: readonly ShopEvent[], words: Words): Markup {
  const { levers: told, orders, order } = words;
  const columns = [
    { label: orders.number },
    { label: told.what },
    { label: told.answer },
    { label: order.at, isNumber: true },
  ] as const;
  const newest = events.slice(-eventsShown).toReversed();
  const rows = newest.map((event) => {
    const { detail_type: type, detail } = event;
    const { text, isGood } = eventAnswer(event, words);
    return {
      id: `event-${detail.event_id}`,
      cells: [
        html`<a class="number-link" href="/orders/${detail.merchant_uid}">${detail.merchant_uid}</a>`,
        html`<span>${wordFor(words.events, type)} <code>${type}</code></span>`,
        event.delivered === null ? text : badge(isGood ? "good" : "bad", text),
        time(detail.occurred_at),
      ],
    };
  });
  return section("events", told.events, [
    html`<p class="aside">${told.eventsNote}</p>`,
    rows.length === 0 ? nothing(told.noEvents) : table(told.events, columns, rows),
  ]);
}
