// The levers of a run on this laptop: everything that buyers, banks, PortOne and time would do.
import type { Counts } from "../../api/host.ts";
import { html, type Markup, type Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { failurePage } from "../failure.ts";
import type { Local, Page } from "../page.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { time } from "../parts/time.ts";
import { leverButton } from "./button.ts";
import { eventsSection } from "./events-section.ts";
import { faultsSection } from "./faults-section.ts";
import { nextLevers, paymentCards, windowCards } from "./of-payments.ts";
import { moves } from "./run-levers.ts";
import { signalsSection } from "./signals-section.ts";

const back = "/levers";
const windowsShown = 10;
const paymentsShown = 10;
const signalsShown = 20;

export const leversPage: Page = {
  path: "/levers",
  isLive: true,
  show: async ({ local, words, nowMs }) => {
    if (local === null) return failurePage("notFound", 404, words);
    const seen = await read(local);
    const place = { words, back, namesOrder: true };
    const { levers: told } = words;
    const main = html`<div class="stack">
      <div class="heading">
        <div>
          <h1>${told.title}</h1>
          <p class="aside">${told.note}</p>
        </div>
      </div>
      ${clockSection(nowMs, seen.nextDueAt, words)}
      ${section(
        "windows",
        told.windows,
        seen.windows.length === 0 ? nothing(told.noWindows) : windowCards(seen.windows, place),
      )}
      ${section("next", told.next, nextLevers(null, back, words))}
      ${section(
        "payments",
        told.payments,
        seen.payments.length === 0 ? nothing(told.noPayments) : paymentCards(seen.payments, place),
      )}
      ${faultsSection(seen.portoneFaults, seen.functionFaults, words)} ${signalsSection(seen.signals, words)}
      ${callsSection(seen.calls, words)} ${eventsSection(seen.events, words)}
    </div>`;
    return { title: told.title, main, place: "levers" };
  },
};

async function read({ simulator, host }: Local) {
  const [windows, payments, signals, portoneFaults, functionFaults, calls, nextDueAt, events] =
    await Promise.all([
      simulator.windows(),
      simulator.latestPayments(paymentsShown),
      simulator.latestSignals(signalsShown),
      simulator.faults(),
      host.faults(),
      host.calls(),
      host.nextDueAt(),
      host.events(),
    ]);
  // A window that is open has its own levers.
  const waiting = windows.map(({ imp_uid }) => imp_uid);
  const others = payments.filter(({ imp_uid }) => !waiting.includes(imp_uid));
  const newest = windows.toReversed().slice(0, windowsShown);
  return {
    windows: newest,
    payments: others,
    signals,
    portoneFaults,
    functionFaults,
    calls,
    nextDueAt,
    events,
  };
}

/** To the minute: seconds would make the open page anew each second, and tell nothing. */
const toMinute = (atMs: number): string => new Date(Math.floor(atMs / 60_000) * 60_000).toISOString();

function clockSection(nowMs: number, nextDueAt: string | null, words: Words): Markup {
  const { levers: told } = words;
  const move = (name: keyof typeof moves) =>
    leverButton("clock", name, told[name], { back, fields: { ms: String(moves[name]) } });
  return section("clock", told.clock, [
    html`<dl class="facts">
      <div><dt>${told.now}</dt><dd>${time(toMinute(nowMs))}</dd></div>
      <div><dt>${told.nextDue}</dt><dd>${nextDueAt === null ? told.nothingDue : time(nextDueAt)}</dd></div>
    </dl>`,
    html`<div class="levers">
      ${move("tenMinutes")} ${move("hour")} ${move("day")}
      ${leverButton("next-due", "next", told.toNextDue, { back })}
      ${leverButton("sweep", "run", told.sweep, { back })} ${leverButton("audit", "run", told.audit, { back })}
    </div>`,
    html`<p class="aside">${told.clockNote}</p>`,
  ]);
}

const countsText = (counts: Counts[string] | undefined): string =>
  Object.entries(counts ?? {})
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "–";

function callsSection(calls: Awaited<ReturnType<Local["host"]["calls"]>>, words: Words): Markup {
  const { levers: told } = words;
  const { dynamodb, portone } = calls;
  const functions = [...new Set([...Object.keys(dynamodb.by_function), ...Object.keys(portone.by_function)])];
  const columns = [{ label: told.function }, { label: told.table }, { label: told.portone }] as const;
  const rows = functions.toSorted().map((name) => ({
    id: `calls-${name}`,
    cells: [
      name,
      html`<code>${countsText(dynamodb.by_function[name])}</code>`,
      html`<code>${countsText(portone.by_function[name])}</code>`,
    ],
  }));
  const { read_units, write_units, index_write_units } = dynamodb;
  const units: Part = html`<p>
    ${told.units}: ${told.unitsOf(read_units, write_units, index_write_units)}
  </p>`;
  return section("calls", told.calls, [
    html`<p class="aside">${told.callsNote}</p>`,
    rows.length > 0 && units,
    html`<div class="levers">${leverButton("forget-calls", "all", told.forgetCalls, { back })}</div>`,
    rows.length === 0 ? nothing(told.noCalls) : table(told.calls, columns, rows),
  ]);
}
