// Cash receipts: asked for, taken back and asked for again while the money of their orders goes back, at a PortOne that
// loses, delays, tears and forges answers, and in some phases refuses; killed as they follow. What must hold is the
// auditor's.
import type { Telling } from "../../infra/build/progress.ts";
import { auditStoredDue } from "./audit-due.ts";
import { auditReceiptSeals } from "./audit-receipt-seals.ts";
import { auditReceiptMarks, auditReceiptWishes } from "./audit-receipt-wishes.ts";
import { auditReceipts } from "./audit-receipts.ts";
import { auditReceiptsShown, auditReceiptWords, type Shown } from "./audit-receipts-shown.ts";
import { auditWorld } from "./audit-world.ts";
import { countKeys, figuresOf } from "./figures.ts";
import { type Finding, found } from "./findings.ts";
import type { Place } from "./overhearing.ts";
import { payAll } from "./paying.ts";
import { refundsEndMs } from "./receipt-debts.ts";
import { askReceiptsOn, playReceiptDeeds, receiptPathOf } from "./receipts-deeds.ts";
import { clearReceiptMarks, plantReceipts } from "./receipts-desk.ts";
import { explainReceipts, findLeaks, findUnread, ownersOf } from "./receipts-leaks.ts";
import {
  drawReceiptsPlan,
  type PhaseName,
  type ReceiptsBatch,
  type ReceiptsPhase,
  type ReceiptsPlan,
  storiesOf,
} from "./receipts-plan.ts";
import { deedsOf, type ReceiptStory } from "./receipts-ways.ts";
import { countLeaks, isAtRest, nowMs, readItems, readProvider, readWorld } from "./records.ts";
import type { PlannedRefund } from "./refund-plan.ts";
import { askOn } from "./refund-stories.ts";
import { asksIn } from "./refunds-ways.ts";
import { report } from "./report.ts";
import { forAll, openStage, type Stage } from "./stage.ts";
import { buyerSecrets } from "./stories.ts";
import { environment, switches } from "./unguarded.ts";
import {
  calm,
  passNight,
  passTo,
  passToNoon,
  reach,
  sweepAll,
  sweepUntilAtRest,
  underFaults,
  type Weather,
} from "./weather.ts";
import { isLive, numberOf, ordersIn, type Payment, type Receipt } from "./world.ts";

export interface ReceiptsSoakOptions extends Telling {
  readonly seed: number;
  /** Orders and sales outside PortOne. */
  readonly orders: number;
  /** How many of PortOne's receipts are changed unseen before the audit. */
  readonly plant: number;
}

const begin = "2026-08-03T09:00:00+09:00";
const atOnce = 12;
const minuteMs = 60_000;
/** Beyond what nobody needs to know to the day. */
const graceMs = 3 * 24 * 60 * minuteMs;
/** Longer than a call may be at work; a receipt follows in a few of these. */
const quietMs = 11 * minuteMs;
const quietsOfBatch = 4;
const mostAskRounds = 4;
/** KSNET is open again, and what waited runs in one of these minutes. */
const runs = ["06:00:30", "06:01:20", "06:04:30", "06:07:30", "06:10:10"];

export async function receiptsSoak({ seed, orders, plant, say, done }: ReceiptsSoakOptions) {
  const startedAtMs = Date.now();
  const plan = drawReceiptsPlan(seed, orders);
  const stories = plan.phases.flatMap(storiesOf);
  say(`plan ${plan.hash}`);
  const stage = await openStage(environment, seed, { isOnDisk: true });
  const weather = calm();
  try {
    await stage.local("POST", "/clock", { set: begin });
    await stage.control("PUT", "/settings", { switches });
    const beganMs = await nowMs(stage);
    const findings: Finding[] = [];
    for (const phase of plan.phases)
      findings.push(...(await playPhase(stage, phase, weather, { say, done })));
    await passNight(stage, () => isAtRest(stage));
    await stage.audit();
    const shown = await readShown(stage, stories);
    const unchanged = await readWorld(stage);
    findings.push(...auditReceiptsShown(shown, unchanged), ...auditReceiptWords(stage.answers));
    await plantReceipts(stage, plant);
    const world = await readWorld(stage);
    findings.push(...auditWorld(world), ...(await outlast(stage, plan, say)));
    const places = await readPlaces(stage);
    const leaks = findLeaks(ownersOf(stories), places);
    const [first] = world.payments;
    const unread = first ? findUnread(places, first.merchant_uid) : [];
    for (const { kind, merchantUid, detail } of findings) say(`${kind} ${merchantUid}: ${detail}`);
    for (const line of unread) say(line);
    for (const { merchantUid, place } of leaks) say(`leak of ${merchantUid} in ${place}`);
    for (const line of explainReceipts(stories, findings, world, stage.stack.logLines())) say(line);
    return report(
      {
        soak: "receipts",
        seed,
        plan: plan.hash,
        orders: stories.length,
        operations: countKeys(stage.answers) + countReceiptDeeds(stories),
        ...(await figuresOf(stage, weather, world.payments)),
        virtual_s: Math.round(((await nowMs(stage)) - beganMs) / 1000),
        wall_ms: Date.now() - startedAtMs,
        leaks: leaks.length + countLeaks(stage, [stage.stack.merchantKey, ...buyerSecrets]),
        broken: unread,
      },
      findings,
    );
  } finally {
    await stage.close();
  }
}

const countReceiptDeeds = (stories: readonly ReceiptStory[]): number =>
  stories.flatMap(deedsOf).filter(({ what }) => what === "issue" || what === "take_back").length;

async function playPhase(
  stage: Stage,
  phase: ReceiptsPhase,
  weather: Weather,
  { say, done }: Telling,
): Promise<readonly Finding[]> {
  const { name, batches } = phase;
  const findings: Finding[] = [];
  if (batches.length === 0) return findings;
  await stage.control("PUT", "/settings", { switches: phase.switches });
  for (const [index, batch] of batches.entries()) {
    await playBatch(stage, batch, weather);
    findings.push(...(await look(stage, batch.stories)));
    done(`batches of ${name}`, index + 1, batches.length);
  }
  const stories = storiesOf(phase);
  await settle(stage, stories);
  // While PortOne still refuses whatever it refuses in this phase.
  findings.push(...(await auditPhase(stage, phase)));
  await stage.control("PUT", "/settings", {
    switches: { receipt_on_partial: "allowed", receipt_reissue: "allowed" },
  });
  const cleared = refusals[name] ? await clearReceiptMarks(stage) : 0;
  if (cleared > 0) await settle(stage, stories);
  say(`${name}: ${stories.length} orders, ${cleared} receipts tried again, ${weather.killsInFlight} kills`);
  return findings;
}

async function playBatch(stage: Stage, batch: ReceiptsBatch, weather: Weather): Promise<void> {
  const { stories, rounds, askedAt, isNight, morning, following } = batch;
  await passTo(stage, isNight ? "21:00:00" : "11:00:00");
  const orders = stories.map(({ order }) => order).filter(({ story }) => story === "pay");
  const impUids = await payAll(stage, orders, atOnce);
  await passTo(stage, askedAt);
  for (const [step, { faults, isSwept, pauseMs, sweepFaults }] of rounds.entries()) {
    const act = () =>
      forAll(stories, stories.length, (story) =>
        playReceiptDeeds(stage, story, story.steps[step] ?? [], impUids),
      );
    await underFaults(stage, faults, weather, async () => {
      await Promise.all([act(), ...(isSwept ? [sweepAll(stage)] : [])]);
    });
    await stage.advance(pauseMs);
    await underFaults(stage, sweepFaults, weather, () => sweepAll(stage));
  }
  if (isNight)
    await underFaults(stage, morning, weather, async () => {
      for (const [run, time] of runs.entries()) {
        await reach(stage, time);
        const own = stories.filter((_, index) => index % runs.length === run);
        await Promise.all([
          sweepAll(stage),
          forAll(own, own.length, (story) => playReceiptDeeds(stage, story, story.whileRun, impUids)),
        ]);
      }
    });
  await underFaults(stage, following, weather, async () => {
    for (let quiets = 0; quiets < quietsOfBatch; quiets += 1) {
      await stage.advance(quietMs);
      await sweepAll(stage);
    }
  });
  await askOn(stage, refundsOf(stories), atOnce);
  await askReceiptsOn(stage, stories, atOnce);
}

/** Shops ask on until each has a word that stands, and the sweep has nothing left to do. */
async function settle(stage: Stage, stories: readonly ReceiptStory[]): Promise<void> {
  await sweepUntilAtRest(stage, () => isAtRest(stage));
  for (let rounds = 0; rounds < mostAskRounds; rounds += 1) {
    await passToNoon(stage);
    const isAsked = await askOn(stage, refundsOf(stories), atOnce);
    if (!(await askReceiptsOn(stage, stories, atOnce)) && !isAsked) return;
    await sweepUntilAtRest(stage, () => isAtRest(stage));
  }
}

const refundsOf = (stories: readonly ReceiptStory[]): readonly PlannedRefund[] =>
  stories.map((story) => ({ order: story.order, asks: asksIn(deedsOf(story)), isAtOnce: false }));

/** What PortOne refuses in a phase, or may be believed to; nothing in the others. */
const refusals: Readonly<
  Partial<Record<PhaseName, (payment: Payment, receipts: readonly Receipt[]) => boolean>>
> = {
  on_partial: ({ cancel_amount: cancelled }) => cancelled > 0,
  reissue: (_, receipts) => receipts.some((receipt) => !isLive(receipt)),
  absurd: () => true,
};

/** Its own orders only: those of an earlier phase are the last audit's. */
async function auditPhase(stage: Stage, phase: ReceiptsPhase): Promise<readonly Finding[]> {
  const own = new Set(storiesOf(phase).map(({ order }) => order.merchantUid));
  const items = await readItems(stage);
  const { payments, receipts } = await readProvider(stage);
  const facts = { items, payments, receipts, answers: stage.answers };
  const refuses = refusals[phase.name] ?? (() => false);
  const findings = [
    ...auditReceiptWishes(facts),
    ...auditReceiptMarks(facts, refuses),
    ...auditReceipts(items, payments, receipts),
    ...auditReceiptWords(stage.answers),
  ];
  return findings.filter(({ merchantUid }) => own.has(merchantUid));
}

async function readShown(stage: Stage, stories: readonly ReceiptStory[]): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  await forAll(stories, atOnce, async ({ order }) => {
    const { status, json } = await stage.merchant("GET", receiptPathOf(order));
    if (order.story === "pay") shown.push({ merchantUid: order.merchantUid, status, json });
  });
  return shown;
}

/** Past the end of the first payments' refunds: whom their receipts are made out to is kept no longer. */
async function outlast(
  stage: Stage,
  { phases }: ReceiptsPlan,
  say: Telling["say"],
): Promise<readonly Finding[]> {
  const [first] = phases;
  const early = new Set(first && storiesOf(first).map(({ order }) => order.merchantUid));
  const { payments } = await readProvider(stage);
  const ends = payments
    .filter(({ merchant_uid: merchantUid }) => early.has(merchantUid))
    .map(({ paid_at: paidAt }) => refundsEndMs(paidAt * 1000));
  const waitMs = Math.max(0, ...ends) + graceMs - (await nowMs(stage));
  // The nights in between are nobody's question.
  await stage.local("POST", "/clock", { advance_ms: Math.max(0, waitMs) });
  await sweepAll(stage);
  const world = await readWorld(stage);
  const kept = ordersIn(world.items)
    .filter((order) => order["receipt_to"] !== undefined)
    .map(numberOf);
  say(
    `half a year later ${kept.length} are kept, ${kept.filter((one) => early.has(one)).length} of the first`,
  );
  return [...auditStoredDue(world.items), ...auditReceiptSeals(world)];
}

/** Whenever it is looked at. */
async function look(stage: Stage, stories: readonly ReceiptStory[]): Promise<readonly Finding[]> {
  const items = await readItems(stage);
  const leaks = findLeaks(ownersOf(stories), [{ name: "the table", text: JSON.stringify(items) }]);
  return [
    ...auditStoredDue(items),
    ...leaks.map(({ merchantUid, place }) =>
      found("identifier_kept", merchantUid, `is readable in ${place}`),
    ),
  ];
}

const readPlaces = async (stage: Stage): Promise<readonly Place[]> => [
  ...stage.overheard(),
  { name: "the table", text: JSON.stringify(await readItems(stage)) },
];
