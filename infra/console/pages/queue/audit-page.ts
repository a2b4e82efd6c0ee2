// A day's audit against PortOne: what was compared, and what differed.
import type { Audit } from "../../api/told.ts";
import { html, type Markup } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { failurePage } from "../failure.ts";
import type { Page } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { facts } from "../parts/facts.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { isDay, time } from "../parts/time.ts";
import { completeBadge } from "./queue-page.ts";

export const auditPage: Page = {
  path: "/audits/:day",
  isLive: false,
  show: async ({ params: { day = "" }, words, backend: { reading } }) => {
    if (!isDay(day)) return failurePage("notFound", 404, words);
    const { data } = await reading.doors.GET("/audits/{day}", { params: { path: { day } } });
    const main = html`<div class="stack">
      <div>
        <p class="crumb"><a href="/queue">${words.queue.title}</a></p>
        <h1>${words.audit.title(day)}</h1>
      </div>
      ${summary(data as Audit, words)} ${differencesSection(data as Audit, words)}
    </div>`;
    return { title: words.audit.title(day), main, place: "queue" };
  },
};

function summary({ window, checked, complete, unreadable, behind }: Audit, words: Words): Markup {
  const { audit: told, queue } = words;
  return html`<div class="panel">
    ${facts([
      [told.window, html`<span>${time(window.from)} – ${time(window.to)}</span>`],
      [told.payments, queue.count(checked.payments)],
      [told.orders, queue.count(checked.orders)],
      [queue.complete, completeBadge(complete, words)],
      [queue.unreadable, queue.count(unreadable)],
      [queue.behind, behind.join(", ")],
    ])}
  </div>`;
}

type Side = Audit["differences"][number]["ours"];

const sideText = (side: Side): string =>
  Object.entries(side)
    .map(([name, value]) => `${name} ${value ?? "–"}`)
    .join(", ");

function differencesSection({ differences }: Audit, words: Words): Markup {
  const { audit: told, orders, queue } = words;
  const columns = [
    { label: orders.number },
    { label: queue.kind },
    { label: told.ours },
    { label: told.theirs },
    { label: told.synced },
  ] as const;
  const rows = differences.map(({ merchant_uid, imp_uid, kind, ours, theirs, synced }) => ({
    id: `difference-${merchant_uid}-${imp_uid ?? ""}`,
    cells: [
      kind === "payment_without_order"
        ? merchant_uid
        : html`<a class="number-link" href="/orders/${merchant_uid}">${merchant_uid}</a>`,
      told.kinds[kind],
      html`<code>${sideText(ours)}</code>`,
      html`<code>${sideText(theirs)}</code>`,
      badge(synced ? "good" : "attention", synced ? told.isSynced : told.isNotSynced),
    ],
  }));
  return section(
    "differences",
    queue.differences,
    rows.length === 0 ? nothing(told.none) : table(queue.differences, columns, rows),
  );
}
