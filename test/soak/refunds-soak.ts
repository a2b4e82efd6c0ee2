// Refunds: by day and by night, whole and in part, under keys repeated and at once, with the console in between, taken
// back and killed as they run, on answers lost, late, torn and old. What must hold is the auditor's.
import type { Telling } from "../../infra/build/progress.ts";
import { auditStoredDue } from "./audit-due.ts";
import { auditOrdersLeft } from "./audit-left.ts";
import { auditListed, type Listed } from "./audit-listed.ts";
import { auditMarks } from "./audit-marks.ts";
import { auditWaiting } from "./audit-sealed.ts";
import { auditWorld } from "./audit-world.ts";
import { countKeys, figuresOf } from "./figures.ts";
import { type Finding, found } from "./findings.ts";
import { type ImpUids, payAll } from "./paying.ts";
import { findReadable } from "./readable.ts";
import {
  countLeaks,
  isAtRest,
  nowMs,
  plantDifferences,
  readItems,
  readProvider,
  readWorld,
} from "./records.ts";
import { askOn, finishRefunds, pathOf } from "./refund-stories.ts";
import { playAtOnce, playSteps } from "./refunds-deeds.ts";
import { drawRefundsPlan, type RefundsBatch, type RefundsPlan, refundOfStory } from "./refunds-plan.ts";
import { asksOf, type RefundStory } from "./refunds-ways.ts";
import { explain, report } from "./report.ts";
import { forAll, openStage, type Stage } from "./stage.ts";
import { buyerSecrets } from "./stories.ts";
import type { Item } from "./table.ts";
import { environment, switches } from "./unguarded.ts";
import {
  calm,
  passNight,
  passTo,
  reach,
  sweepAll,
  sweepUntilAtRest,
  underFaults,
  type Weather,
} from "./weather.ts";
import { type Answer, type Json, refundsIn, text } from "./world.ts";

export interface RefundsSoakOptions extends Telling {
  readonly seed: number;
  /** Refunds, each under a key of its own. */
  readonly count: number;
  /** How many of PortOne's records are changed unseen before the audit. */
  readonly plant: number;
}

/** So that a month's phone payments and half a year's refunds are always long ahead. */
const begin = "2026-08-03T09:00:00+09:00";
const atOnce = 12;
const minuteMs = 60_000;
/** Longer than a call may be at work, as often as one is sent. */
const quietMs = 11 * minuteMs;
const mostQuiets = 3;
/** KSNET is open again, and nothing has run yet. */
const opened = "06:00:30";
const runs = ["06:01:20", "06:04:30", "06:07:30", "06:10:10"];

export async function refundsSoak({ seed, count, plant, say, done }: RefundsSoakOptions) {
  const startedAtMs = Date.now();
  const plan = drawRefundsPlan(seed, count);
  say(`plan ${plan.hash}`);
  const stage = await openStage(environment, seed);
  const weather = calm();
  const stories = plan.batches.flatMap((batch) => batch.stories);
  try {
    await stage.local("POST", "/clock", { set: begin });
    await stage.control("PUT", "/settings", { switches });
    const beganMs = await nowMs(stage);
    const onTheWay = await playBatches(stage, plan, weather, done);
    await sweepUntilAtRest(stage, () => isAtRest(stage));
    await finishRefunds(stage, stories.map(refundOfStory), atOnce);
    await passNight(stage, () => isAtRest(stage));
    await stage.audit();
    const lists = await readLists(
      stage,
      stories.map(({ order }) => order.merchantUid),
    );
    const listed = auditListed(lists, (await readProvider(stage)).payments);
    await plantDifferences(stage, plant);
    const world = await readWorld(stage);
    const { items, payments } = world;
    say(`keys ended ${JSON.stringify(countEnds(items))}`);
    const findings = [...onTheWay, ...listed, ...auditMarks(items), ...auditWorld(world)];
    for (const { kind, merchantUid, detail } of findings) say(`${kind} ${merchantUid}: ${detail}`);
    const records = [stories, items, payments, stage.answers.map(withNumber)];
    for (const line of explain(findings, records, stage.stack.logLines())) say(line);
    return report(
      {
        soak: "refunds",
        seed,
        plan: plan.hash,
        orders: stories.length,
        operations: countKeys(stage.answers),
        ...(await figuresOf(stage, weather, payments)),
        virtual_s: Math.round((world.nowMs - beganMs) / 1000),
        wall_ms: Date.now() - startedAtMs,
        leaks: countLeaked(stage, stories, items),
        broken: [],
      },
      findings,
    );
  } finally {
    await stage.close();
  }
}

/** How many keys ended how, of those that were ever claimed. */
const countEnds = (items: readonly Item[]) =>
  Object.fromEntries(
    [...Map.groupBy(refundsIn(items), ({ state }) => text(state))].map(([state, of]) => [state, of.length]),
  );

const withNumber = ({ sent: _, ...answer }: Answer) => ({
  ...answer,
  merchant_uid: answer.path.split("/")[2],
});

async function playBatches(
  stage: Stage,
  { batches }: RefundsPlan,
  weather: Weather,
  done: Telling["done"],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [index, batch] of batches.entries()) {
    await stage.control("PUT", "/settings", { switches: { checksum_at: batch.checksumAt } });
    findings.push(...(await playBatch(stage, batch, weather)));
    done("batches", index + 1, batches.length, `, ${weather.killsInFlight} kills in flight`);
  }
  return findings;
}

async function playBatch(stage: Stage, batch: RefundsBatch, weather: Weather): Promise<readonly Finding[]> {
  const { stories, faults, morning, askedAt } = batch;
  await passTo(stage, morning ? "21:00:00" : "11:00:00");
  const impUids = await payAll(
    stage,
    stories.map(({ order }) => order),
    atOnce,
  );
  await passTo(stage, askedAt);
  await underFaults(stage, faults, weather, () =>
    forAll(stories, stories.length, (story) => playSteps(stage, story, impUids)),
  );
  const findings = await look(stage, stories);
  if (morning) await underFaults(stage, morning, weather, () => runInTheMorning(stage, stories, impUids));
  for (let quiets = 0; quiets < mostQuiets; quiets += 1) {
    await stage.advance(quietMs);
    await sweepAll(stage);
  }
  await askOn(stage, stories.map(refundOfStory), atOnce);
  return [...findings, ...(await look(stage, stories))];
}

/** What each waits for comes in one of these minutes; the shop acts in any of them. */
async function runInTheMorning(
  stage: Stage,
  stories: readonly RefundStory[],
  impUids: ImpUids,
): Promise<void> {
  await reach(stage, opened);
  await forAll(stories, stories.length, (story) => playAtOnce(stage, story, story.beforeRun, impUids));
  for (const [run, time] of runs.entries()) {
    await reach(stage, time);
    const own = stories.filter((_, index) => index % runs.length === run);
    await Promise.all([
      sweepAll(stage),
      forAll(own, own.length, (story) => playAtOnce(stage, story, story.whileRun, impUids)),
    ]);
  }
}

/** Whenever it is looked at: nothing of a slot, of what is left, or of an account is wrong. */
async function look(stage: Stage, stories: readonly RefundStory[]): Promise<readonly Finding[]> {
  const items = await readItems(stage);
  const readable = findReadable(stories.flatMap(accountsOf), [JSON.stringify(items)]);
  return [
    ...auditStoredDue(items),
    ...auditOrdersLeft(items),
    ...auditWaiting(items),
    ...readable.map((number) => found("account_kept", number, "stands readable in the table")),
  ];
}

const accountsOf = (story: RefundStory): readonly string[] =>
  asksOf(story).flatMap(({ account }) => (account ? [account.refund_account] : []));

/** Page by page, as a shop reads them. */
async function readLists(stage: Stage, merchantUids: readonly string[]): Promise<readonly Listed[]> {
  const lists: Listed[] = [];
  await forAll(merchantUids, atOnce, async (merchantUid) => {
    const refunds: Json[] = [];
    let cursor: unknown = "";
    do {
      const { json } = await stage.merchant("GET", `${pathOf(merchantUid)}?limit=4&cursor=${cursor}`);
      refunds.push(...((json["refunds"] ?? []) as readonly Json[]));
      cursor = json["cursor"] ?? null;
    } while (cursor !== null);
    lists.push({ merchantUid, refunds });
  });
  return lists;
}

/** Accounts that can be read anywhere, and log lines that carry another secret. */
function countLeaked(stage: Stage, stories: readonly RefundStory[], items: readonly Item[]): number {
  const written = [
    JSON.stringify(items),
    ...stage.stack.logLines(),
    ...stage.answers.map(({ json }) => JSON.stringify(json)),
  ];
  const numbers = [...new Set(stories.flatMap(accountsOf))];
  const holders = stories.flatMap((story) =>
    asksOf(story).flatMap(({ account }) => account?.refund_holder ?? []),
  );
  const secrets = [stage.stack.merchantKey, ...buyerSecrets, ...new Set(holders)];
  return findReadable(numbers, written).length + countLeaks(stage, secrets);
}
