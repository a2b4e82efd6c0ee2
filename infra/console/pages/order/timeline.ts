// Everything that happened to an order, from wherever it is told, in one column: the oldest first.
import type { ShopEvent } from "../../api/host.ts";
import type { Call, Signal } from "../../api/simulator.ts";
import type { Attempt, Delivery, HistoryEntry, Order, Receipt, Refund } from "../../api/told.ts";
import { type Words, wordFor } from "../../words/words.ts";
import { eventAnswer } from "../parts/event-answer.ts";
import { moneyText } from "../parts/money.ts";
import { notedReason } from "../parts/reason.ts";
import { kstText } from "../parts/time.ts";

export interface Happening {
  readonly at: string;
  readonly kind: keyof Words["timeline"]["kinds"];
  readonly title: string;
  /** What else is known of it, one a line. */
  readonly more: readonly string[];
  readonly isBad?: true;
  /** Where it stands, if not at its own time. */
  readonly placedAt?: string;
}

export interface Sources {
  readonly order: Order;
  readonly refunds: readonly Refund[];
  readonly delivery: Delivery | null;
  readonly signals: readonly Signal[];
  readonly calls: readonly Call[];
  readonly events: readonly ShopEvent[];
}

/** At the same moment the cause comes before what it did. */
export function happeningsOf(sources: Sources, words: Words): readonly Happening[] {
  const { order, refunds, delivery, signals, calls, events } = sources;
  const all = [
    ...signals.map((signal) => ofSignal(signal, words)),
    ...calls.map((call) => ofCall(call, words)),
    ...order.attempts.map((attempt) => ofAttempt(attempt, order, words)),
    ...order.history.map((entry) => ofHistory(entry, words)),
    ...refunds.flatMap((refund) => ofRefund(refund, order, words)),
    ...(order.receipt ? ofReceipt(order.receipt, order, words) : []),
    ...(delivery ? ofDelivery(delivery, words) : []),
    ...events.map((event) => ofEvent(event, words)),
  ];
  return all.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const placeOf = ({ at, placedAt }: Happening): number => Date.parse(placedAt ?? at);

/** PortOne tells whole seconds: what began and ended within one would seem to end first. */
const endOfSecond = (at: string): string => at.replace(/\.000Z$/, ".999Z");

/** A payment stands before the move it made. */
function placeOfPayment(at: string, { history }: Order): string {
  const last = endOfSecond(at);
  const move = history.find(
    (entry) => entry.from !== entry.to && entry.to === "paid" && entry.at >= at && entry.at <= last,
  );
  return move?.at ?? last;
}

const known = (...lines: readonly (string | null | undefined | false)[]): readonly string[] =>
  lines.filter((line) => typeof line === "string" && line !== "") as readonly string[];

function ofHistory({ at, by, key, from, to, reason }: HistoryEntry, words: Words): Happening {
  const { states, timeline, actors } = words;
  const title =
    from === null
      ? timeline.created
      : from === to
        ? timeline.stayed
        : timeline.moved(states[from], states[to]);
  const who = timeline.by(key === undefined ? actors[by] : `${actors[by]} (${key})`);
  return { at, kind: "state", title, more: known(who, reason !== null && notedReason(reason, words)) };
}

function ofAttempt({ at, state, imp_uid, amount }: Attempt, order: Order, words: Words): Happening {
  const title = words.timeline.attempt(words.attemptStates[state]);
  const isBad = state === "failed" && ({ isBad: true } as const);
  return {
    at,
    kind: "payment",
    title,
    more: known(moneyText(amount, order.currency, words), imp_uid),
    placedAt: placeOfPayment(at, order),
    ...isBad,
  };
}

function ofRefund(refund: Refund, { currency }: Order, words: Words): readonly Happening[] {
  const { timeline, origins } = words;
  const amount = moneyText(refund.amount, currency, words);
  const asked: Happening = {
    at: refund.requested_at,
    kind: "refund",
    title: timeline.refundAsked,
    more: known(
      amount,
      origins[refund.origin],
      refund.reason,
      refund.scheduled_at !== null &&
        `${timeline.refundScheduled}: ${kstText(Date.parse(refund.scheduled_at))}`,
    ),
  };
  if (refund.completed_at === null) return [asked];
  const isRefused = refund.state === "refused";
  const ended: Happening = {
    at: refund.completed_at,
    kind: "refund",
    title: isRefused
      ? timeline.refundRefused
      : refund.state === "withdrawn"
        ? words.refundStates.withdrawn
        : timeline.refunded,
    more: known(amount, refund.provider_message),
    ...(isRefused && { isBad: true }),
  };
  // What was done in the console was never asked for here.
  return refund.origin === "console" ? [{ ...ended, more: known(amount, origins.console) }] : [asked, ended];
}

function ofReceipt(receipt: Receipt, { currency }: Order, words: Words): readonly Happening[] {
  const more = known(moneyText(receipt.amount, currency, words), words.origins[receipt.origin]);
  const told = (at: string | null, title: string): readonly Happening[] =>
    at === null ? [] : [{ at, kind: "receipt", title, more, placedAt: endOfSecond(at) }];
  return [
    ...told(receipt.applied_at, words.timeline.receiptIssued),
    ...told(receipt.cancelled_at, words.timeline.receiptCancelled),
  ];
}

const ofDelivery = ({ applied_at, company, invoice }: Delivery, words: Words): readonly Happening[] =>
  applied_at === null
    ? []
    : [
        {
          at: applied_at,
          kind: "delivery",
          title: words.timeline.delivered,
          more: known(`${company} ${invoice}`),
        },
      ];

function ofSignal({ at, kind, attempt, status, error, ms }: Signal, { timeline }: Words): Happening {
  const isBad = (status === null || status >= 400) && ({ isBad: true } as const);
  const answer = status === null ? (error ?? timeline.unanswered) : timeline.answered(status);
  const took = ms === null ? answer : `${answer} · ${timeline.milliseconds(ms)}`;
  const more = known(took, attempt > 1 && timeline.resent(attempt));
  return { at, kind: "signal", title: timeline[kind], more, ...isBad };
}

function ofCall({ at, method, path, status, ms, fault }: Call, words: Words): Happening {
  const { timeline } = words;
  const answer = status === null ? timeline.unanswered : timeline.answered(status);
  const took = ms === null ? answer : `${answer} · ${timeline.milliseconds(ms)}`;
  const isBad = (status === null || status >= 400) && ({ isBad: true } as const);
  return {
    at,
    kind: "call",
    title: timeline.asked,
    more: known(`${method} ${path}`, took, fault),
    ...isBad,
  };
}

function ofEvent(event: ShopEvent, words: Words): Happening {
  const { occurred_at: at, late: isLate } = event.detail;
  const { text, isGood } = eventAnswer(event, words);
  return {
    at,
    kind: "event",
    title: words.timeline.told(wordFor(words.events, event.detail_type)),
    more: known(event.detail_type, isLate && words.timeline.late, text),
    placedAt: endOfSecond(at),
    ...(!isGood && { isBad: true }),
  };
}
