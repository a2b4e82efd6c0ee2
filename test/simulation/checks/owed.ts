// What an order owes, each with the latest time at which somebody must look, told from the order's data alone and
// without the product's own idea of it. An order that owes something is due no later than the earliest of them.
import {
  hasEnded,
  holdsMoney,
  type Order,
  remainingOf,
  remainingOfAttempt,
} from "../../../lib/domain/order.ts";
import type { Findings } from "../findings.ts";
import { instructionOf } from "./instruction.ts";
import { forgetsByMs, mustFollow, restsUntilMs } from "./receipt-owed.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const slackMs = 5_000;

/**
 * What was looked for in vain waits for the order's own ladder, which other things may have climbed: hours, and only
 * what is hours old itself waits for days.
 */
const longestWaitMs = 2 * hourMs;
const oldMs = 100 * minuteMs;

/** At its time; and when that is past, soon again. */
const atItsTime = (atMs: number, nowMs: number): number =>
  nowMs < atMs ? atMs : nowMs + (nowMs - atMs < oldMs ? longestWaitMs : dayMs);

/** A wish is wished now. */
const atOnce = (sinceMs: number, nowMs: number): number =>
  nowMs === sinceMs ? nowMs + minuteMs : atItsTime(sinceMs, nowMs);

export interface Owed {
  readonly what: string;
  readonly byMs: number;
}

const depositGraceMs = hourMs;
const firstLookAfterSendMs = minuteMs;
const firstLookAfterRunMs = 2 * minuteMs;
const stoppedLookMs = 10 * minuteMs;
const windowsTogetherMs = 5 * minuteMs;

/** `since` remembers when each thing was first owed, where the order itself does not tell. */
export function owedBy(order: Order, nowMs: number, since: (what: string) => number): readonly Owed[] {
  const owed: Owed[] = [];
  const owes = (what: string, byMs: number) => owed.push({ what, byMs });
  const afterSend = ({ sentAtMs }: { readonly sentAtMs: number }): number =>
    atItsTime(sentAtMs + firstLookAfterSendMs, nowMs);
  const { cancel, charge, receiptOperation, owedReads } = order;
  if (cancel) {
    const waitsUntilMs = cancel.scheduledAtMs ?? 0;
    // What may not go out, or out again, at night waits for the morning at most.
    const byMs = cancel.state === "scheduled" ? 0 : afterSend(cancel);
    const waits = nowMs < waitsUntilMs || cancel.state === "scheduled";
    owes(
      `cancel ${cancel.id} ${cancel.sends}`,
      waits ? Math.max(byMs, atItsTime(waitsUntilMs, nowMs)) : byMs,
    );
  }
  if (charge && charge.state !== "scheduled") owes("charge", afterSend(charge));
  if (charge?.state === "scheduled" && charge.scheduledAtMs !== null)
    owes("its run", atItsTime(charge.scheduledAtMs + firstLookAfterRunMs, nowMs));
  const instruction = instructionOf(order);
  const mustGoOut = instruction?.state === "resend";
  if (instruction)
    owes("instruction", mustGoOut ? atOnce(since("to instruct"), nowMs) : afterSend(instruction));
  if (receiptOperation) owes("receipt", afterSend(receiptOperation));
  if (mustFollow(order)) {
    const wishedMs = atOnce(since(`to follow ${remainingOf(order)}`), nowMs);
    const restsMs = restsUntilMs(order);
    owes("receipt", restsMs === null ? wishedMs : Math.max(wishedMs, atItsTime(restsMs, nowMs)));
  }
  const { readAtMs = null } = order.receipt ?? {};
  if (readAtMs !== null) owes("receipt's second read", atItsTime(readAtMs, nowMs));
  const forgetMs = forgetsByMs(order);
  if (forgetMs !== null) owes("forgetting for whom", atItsTime(forgetMs, nowMs));
  for (const { atMs } of owedReads) owes("owed read", atItsTime(atMs, nowMs));
  const isStopped = order.reviewReason === "give_back_stopped";
  for (const attempt of order.attempts) {
    const { impUid, state, account } = attempt;
    const wants = attempt.giveBack === "wanted" && !cancel && remainingOfAttempt(attempt) > 0;
    if (wants) {
      const lookMs = atOnce(since(`give back ${impUid}`), nowMs);
      owes(`give back ${impUid}`, isStopped ? Math.max(lookMs, nowMs + stoppedLookMs) : lookMs);
    }
    if (attempt.isRevoking) owes(`close ${impUid}`, atOnce(since(`close ${impUid}`), nowMs));
    if (state === "ready" && account && !attempt.isRevoking)
      owes(`deposit ${impUid}`, atItsTime(account.dueAtMs + depositGraceMs, nowMs));
    if (state === "approved" && order.holdUntilMs !== null)
      owes(`hold ${impUid}`, atItsTime(order.holdUntilMs, nowMs));
  }
  // A window that was opened with it may be paid in a little longer, and one look sees both ends.
  const windowsMs = order.openWindows.length > 0 ? (order.openUntilMs ?? 0) : 0;
  const endMs = Math.max(order.expiresAtMs, Math.min(windowsMs, order.expiresAtMs + windowsTogetherMs));
  if (isUndecided(order) && !charge) owes("its own end", atItsTime(endMs, nowMs));
  return owed;
}

/** Nothing has come of it yet, and its own time has not been looked at. */
const isUndecided = (order: Order): boolean =>
  order.impUid === null &&
  order.voidedAtMs === null &&
  !order.isExpired &&
  order.attempts.every((attempt) => hasEnded(attempt) || holdsMoney(attempt));

export class OwedCheck {
  readonly #since = new Map<string, number>();
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  readonly #firstLookMs: number;

  constructor(findings: Findings, nowMs: () => number, firstLookMs: number) {
    this.#findings = findings;
    this.#nowMs = nowMs;
    this.#firstLookMs = firstLookMs;
  }

  wrote(before: Order | null, after: Order): void {
    const nowMs = this.#nowMs();
    for (const { what, byMs } of this.owed(after)) this.#mustBeDue(after, what, byMs);
    const isNew = ({ impUid }: { readonly impUid: string }) =>
      !before?.attempts.some((known) => known.impUid === impUid);
    const isApproved = after.attempts.some((attempt) => attempt.state === "approved" && isNew(attempt));
    if (isApproved) this.#mustBeDue(after, "first look after approval", nowMs + this.#firstLookMs);
    // Of what PortOne runs by itself there is nothing to see before its time.
    if (before === null && after.charge?.state !== "scheduled")
      this.#mustBeDue(after, "first look", nowMs + this.#firstLookMs);
  }

  owed(order: Order): readonly Owed[] {
    const nowMs = this.#nowMs();
    const seen = new Set<string>();
    const owed = owedBy(order, nowMs, (what) => {
      const name = `${order.merchantUid} ${what}`;
      seen.add(name);
      const known = this.#since.get(name);
      if (known === undefined) this.#since.set(name, nowMs);
      return known ?? nowMs;
    });
    for (const name of this.#since.keys())
      if (name.startsWith(`${order.merchantUid} `) && !seen.has(name)) this.#since.delete(name);
    return owed;
  }

  #mustBeDue({ merchantUid, dueAtMs }: Order, what: string, byMs: number): void {
    if (dueAtMs !== null && dueAtMs <= byMs + slackMs) return;
    const late = dueAtMs === null ? "never" : `${Math.round((dueAtMs - byMs) / minuteMs)} min too late`;
    this.#findings.add("not_in_time", `${merchantUid} ${kindOf(what)}`, `${what} is looked at ${late}`);
  }
}

const kindOf = (what: string): string => what.replace(/ imp_\d+$| rf_.*$/, "");
