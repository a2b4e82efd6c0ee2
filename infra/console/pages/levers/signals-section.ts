// What PortOne sent to the shop and what was answered, the newest first.
import type { Signal } from "../../api/simulator.ts";
import { html, type Markup } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { badge } from "../parts/badge.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { time } from "../parts/time.ts";
import { leverButton } from "./button.ts";

export function signalsSection(signals: readonly Signal[], words: Words): Markup {
  const { levers: told, orders, timeline, order } = words;
  const columns = [
    { label: orders.number },
    { label: told.what },
    { label: told.answer },
    { label: order.at, isNumber: true },
    { label: told.resend },
  ] as const;
  const rows = signals.map((signal) => {
    const { kind, imp_uid, merchant_uid, attempt, at } = signal;
    return {
      id: `signal-${kind}-${imp_uid}-${attempt}-${at}`,
      cells: [
        html`<a class="number-link" href="/orders/${merchant_uid}">${merchant_uid}</a>`,
        attempt > 1 ? `${timeline[kind]} (${timeline.resent(attempt)})` : timeline[kind],
        answerBadge(signal, words),
        time(at),
        // What PortOne asks before an approval it asks once.
        kind === "confirm"
          ? "–"
          : leverButton("resend", `${imp_uid}-${attempt}-${at}`, told.resend, {
              back: "/levers",
              fields: { imp_uid },
            }),
      ],
    };
  });
  return section(
    "signals",
    told.deliveries,
    rows.length === 0 ? nothing(told.noDeliveries) : table(told.deliveries, columns, rows),
  );
}

function answerBadge({ status, error, ms }: Signal, { timeline }: Words): Markup {
  const isGood = status !== null && status < 400;
  const answer = status === null ? (error ?? timeline.unanswered) : timeline.answered(status);
  return html`<span>
    ${badge(isGood ? "good" : "bad", answer)} ${ms !== null && html`<span class="aside">${timeline.milliseconds(ms)}</span>`}
  </span>`;
}
