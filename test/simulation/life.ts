// One life: a day of orders under bad weather, then fair weather until everything rests, checked all the way. Its seed
// decides everything.
import type { Order } from "../../lib/domain/order.ts";
import { createDice, type Dice } from "../soak/random.ts";
import { auditNight, Sweeper } from "./actors/clock.ts";
import { tell as deliver, mayApproveLate } from "./actors/portone.ts";
import type { ActName } from "./acts.ts";
import { cameToItsEnd, mustNotBreak } from "./checks/answers.ts";
import { BrakeCheck } from "./checks/brake.ts";
import { LookingCheck } from "./checks/looking.ts";
import { OwedCheck } from "./checks/owed.ts";
import { isMorningRun, PayingBackCheck } from "./checks/paying-back.ts";
import { ReservedCheck } from "./checks/reserved.ts";
import { RestCheck } from "./checks/rest.ts";
import { SendingCheck } from "./checks/sending.ts";
import { ToldCheck } from "./checks/told.ts";
import { WritingCheck } from "./checks/writing.ts";
import { type FaultName, Weather } from "./engine/fates.ts";
import { Scheduler } from "./engine/scheduler.ts";
import { type Finding, Findings } from "./findings.ts";
import { actorsOfReservations, askAgain, drawClimate, drawNature, playDay } from "./plan.ts";
import { holds, Shop } from "./shop.ts";
import { Stage } from "./stage.ts";
import { orderInShort } from "./story.ts";
import { Billing } from "./world/billing.ts";
import { PortOne } from "./world/portone.ts";
import { Table } from "./world/table.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** No day lies across a night's audit, which is at three o'clock. */
const firstStartMs = Date.parse("2026-08-05T03:10:00+09:00");
/** Ten o'clock in the evening, from there. */
const eveningMin = 18 * 60 + 50;
const auditsAtMs = [1, 2, 3].map((night) => Date.parse("2026-08-05T03:00:00+09:00") + night * 86_400_000);
/** The day of bad weather, and how soon after it whoever paid is known to have paid. */
const dayEndsAfterMs = 75 * minuteMs;
const settledAfterMs = 3 * hourMs;
const restsAfterMs = 9 * dayMs;

export interface LifeResult {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly acts: ReadonlyMap<ActName, number>;
  readonly faults: ReadonlyMap<FaultName, number>;
}

/** `hear` is given every line of the story, with its time. */
export async function live(
  seed: number,
  hear?: (atMs: number, line: string) => void,
  hasReservations = actorsOfReservations,
): Promise<LifeResult> {
  const dice = createDice(seed);
  const fork = (): Dice => createDice(dice.below(2 ** 32));
  const plan = fork();
  // Some days are evenings: what is refunded late waits for the morning.
  const startsAfterMin = plan.next() < 0.15 ? eveningMin + plan.below(70) : plan.below(20 * 60);
  const startMs = firstStartMs + startsAfterMin * minuteMs + plan.below(minuteMs);
  const scheduler = new Scheduler(startMs);
  const nowMs = () => scheduler.nowMs();
  const tell = hear ? (line: () => string) => hear(nowMs(), line()) : () => {};
  const findings = new Findings(tell);
  const weather = new Weather(fork(), drawClimate(plan));
  const mostGiveBacksPerHour = plan.pick([0, 1, 1, 20, 20, 20]);
  const sending = new SendingCheck(findings, nowMs);
  const writing = new WritingCheck(
    findings,
    () => table,
    () => portone,
  );
  const owed = new OwedCheck(findings, nowMs, holds.firstLookMs);
  const looking = new LookingCheck(findings, nowMs, () => table);
  const payingBack = new PayingBackCheck(findings, nowMs);
  const told = new ToldCheck(findings);
  const brake = new BrakeCheck(findings, nowMs, () => table.orders, mostGiveBacksPerHour);
  /** Invocations that have written an order. */
  const writers = new Set<string>();

  const table: Table = new Table(nowMs, {
    wrote: (before: Order | null, after: Order, writer: string) => {
      tell(() => `   ${writer} wrote ${orderInShort(after)}`);
      writing.wrote(before, after);
      brake.wrote(before, after);
      owed.wrote(before, after);
      looking.wrote(before, after, writer);
      payingBack.wrote(after);
      writers.add(writer);
      sweeper.wrote(after);
    },
    wroteBrake: (before, after) => brake.wroteBrake(before, after),
  });
  const portone: PortOne = new PortOne(nowMs, plan.pick(portOneSettings), {
    declined: (record) => void mayApproveLate(stage, record.impUid),
    paid: (record, isCharge) => {
      tell(() => `   PortOne took ${record.amount} by ${record.impUid} for ${record.merchantUid}`);
      if (isCharge) {
        sending.charged(record.merchantUid);
        reserved.charged(record);
      }
      void deliver(stage, { ...record, cancellationId: null });
    },
    cancelled: (record, entry, request) => {
      tell(() => `   PortOne cancelled ${entry.amount} of ${record.impUid}: ${entry.reason}`);
      sending.cancelled(record, entry, request);
      if (request !== null && record.payMethod === "vbank" && isMorningRun(nowMs()))
        stage.act("runs_in_the_morning", () => record.impUid);
      if (request === null) void deliver(stage, { ...record, cancellationId: entry.cancellationId });
    },
    receiptCancelled: (impUid) => sending.receiptCancelled(impUid),
    accountOpened: (record) => {
      sending.happened(`account ${record.merchantUid}`, record.merchantUid);
      reserved.accountOpened(record);
      void deliver(stage, { ...record, cancellationId: null });
    },
  });
  const declines = () => {
    const isDeclined = stage.chance(stage.nature.declines);
    if (isDeclined) stage.act("charge_declined", () => "");
    return isDeclined;
  };
  const billing: Billing = new Billing(
    portone,
    nowMs,
    { renewalsStandBeside: plan.next() < 0.5 },
    {
      at: (atMs, happen) => scheduler.wakeAt(atMs, happen),
      declines,
      lateByMs: () => weather.runsLateByMs(),
      reserved: (merchantUid, atMs) => {
        sending.happened(`reservation ${merchantUid}`, merchantUid);
        // Whoever asks for the time it has is rightly told that it is so.
        sending.happened(`move ${merchantUid} ${atMs}`, merchantUid);
      },
      moved: (merchantUid, atMs) => sending.happened(`move ${merchantUid} ${atMs}`, merchantUid),
      revoked: (merchantUid) => sending.happened(`revocation ${merchantUid}`, merchantUid),
      retried: (merchantUid) => sending.happened(`retry ${merchantUid}`, merchantUid),
      ran: (record) => {
        stage.act("runs_reservation", () => `${record.merchantUid} by ${record.impUid}: ${record.status}`);
        if (record.status === "failed") void deliver(stage, { ...record, cancellationId: null });
      },
    },
  );
  const reserved = new ReservedCheck(findings, nowMs, () => ({ portone, billing, orders: table.orders }));
  const rest = new RestCheck(findings, portone, table.orders, sending);
  const outside = fork();
  /** What no order waits for may be revoked at will; an order's own revocation is an operation. */
  const isClaimed = (merchantUid: string) =>
    table.orders.get(merchantUid)?.instruction?.kind === "unschedule";
  const shop = new Shop({
    scheduler,
    weather,
    tell,
    table,
    portone,
    billing,
    watch: {
      sent: (sent, inv) => {
        sending.sent(
          sent.call === "unschedule" ? { ...sent, merchantUids: sent.merchantUids.filter(isClaimed) } : sent,
        );
        looking.sent(sent, inv);
        if (sent.call === "receipt_issue" && inv.name.startsWith("sweep"))
          stage.act("receipt_follows", () => sent.impUid);
        if (sent.call === "cancel")
          payingBack.sent(sent.request, portone.payment(sent.request.impUid).record);
      },
      answered: (sent, outcome) => {
        sending.answered(sent, outcome);
        // The answer of a cancel carries the payment's record.
        if (sent.call === "cancel" && outcome === "done") looking.answered(sent.request.impUid, null);
      },
      asked: (impUid, merchantUid) => looking.answered(impUid, merchantUid),
    },
    mostGiveBacksPerHour,
    random: () => outside.next(),
    invocationEnded: (inv, ending) => {
      looking.invocationEnded(inv, ending);
      // Whoever came too late to write has shown nobody anything.
      if (cameToItsEnd(ending) && writers.has(inv.name)) rest.showed(inv.shown);
      mustNotBreak(inv.name, ending, findings);
    },
  });
  const stage = new Stage({
    dice: fork(),
    shop,
    scheduler,
    portone,
    table,
    told,
    sending,
    reserved,
    payingBack,
    findings,
    nature: drawNature(plan),
  });
  const sweeper = new Sweeper(stage);

  for (const atMs of auditsAtMs) scheduler.wakeAt(atMs, () => void auditNight(stage));
  playDay(stage, plan, dayEndsAfterMs, hasReservations);
  await scheduler.runUntil(startMs + dayEndsAfterMs);
  weather.isOver = true;
  tell(() => "-- the weather is fair from here on");
  const settledMs = startMs + dayEndsAfterMs + settledAfterMs;
  await scheduler.runUntil(settledMs);
  rest.moneyIsSeen();
  rest.voidsAreDone();
  looking.mustBePaid(settledMs - settledAfterMs);
  const lastAuditMs = Math.max(...auditsAtMs);
  await scheduler.runUntil(lastAuditMs + hourMs);
  scheduler.wakeAt(scheduler.nowMs(), () => void askAgain(stage));
  await scheduler.runUntil(startMs + restsAfterMs);
  looking.mustBePaid(startMs + restsAfterMs - settledAfterMs);
  rest.atRest(owed);
  reserved.atRest();
  told.atRest(sending, portone, table.orders);
  return { seed, findings: findings.all, acts: stage.acts, faults: weather.counts };
}

const portOneSettings = (["arrival", "commit"] as const).flatMap((checksumAt) =>
  (["paid", "cancelled"] as const).map((partialShowsAs) => ({ checksumAt, partialShowsAs })),
);
