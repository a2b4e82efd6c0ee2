// Payments: first nobody tells the shop anything, then everything happens at once, then the faults stop and
// the clock runs on. What must hold is the auditor's.
import { setTimeout as sleep } from "node:timers/promises";
import type { Telling } from "../../infra/build/progress.ts";
import { eventsKey, startEventsShop } from "../support/events-shop.ts";
import { auditStoredDue } from "./audit-due.ts";
import { auditEvents } from "./audit-events.ts";
import { auditWorld } from "./audit-world.ts";
import { countHeard, countKeys, figuresOf } from "./figures.ts";
import type { Finding } from "./findings.ts";
import { drawPaymentsPlan, type PaymentsPlan } from "./payments-plan.ts";
import type { PlannedFault } from "./planned.ts";
import { countLeaks, isAtRest, plantDifferences, readItems, readWorld } from "./records.ts";
import type { PlannedRefund } from "./refund-plan.ts";
import { finishRefunds, playRefund, refundSecrets } from "./refund-stories.ts";
import { explain, report } from "./report.ts";
import { forAll, openStage, type Stage } from "./stage.ts";
import { buyerSecrets, playLoudStory, playQuietStory, refundOf } from "./stories.ts";
import {
  calm,
  passNight,
  passToNoon,
  sweepAll,
  sweepUntilAtRest,
  underFaults,
  type Weather,
} from "./weather.ts";

export interface PaymentsSoakOptions extends Telling {
  readonly seed: number;
  readonly orders: number;
  /** How many of PortOne's records are changed unseen before the audit. */
  readonly plant: number;
}

const environment = {
  PAY_PREPARE: "off",
  PAY_GIVE_BACK_MAX: "100000",
  PAY_NOTICE_BUDGET_PER_MIN: "100000",
  PAY_PORTONE_IPS: "127.0.0.1",
  PAY_ORDER_TTL_S: "7200",
  PAY_SWEEPS: "2",
};
const atOnce = 12;
const silence: PlannedFault = {
  at: "simulator",
  body: { name: "notice_never", call: "notice", count: 1_000_000 },
};
const firstLooksMs = [121_000, 61_000];

export async function paymentsSoak({ seed, orders, plant, say, done }: PaymentsSoakOptions) {
  const startedAtMs = Date.now();
  const plan = drawPaymentsPlan(seed, orders);
  say(`plan ${plan.hash}`);
  const listener = await startEventsShop({ isRough: true });
  const stage = await openStage(
    { ...environment, PAY_EVENTS_URL: listener.url, PAY_EVENTS_KEY: eventsKey },
    seed,
  );
  const weather = calm();
  const broken: string[] = [];
  const onTheWay: Finding[] = [];
  const refunds = refundsOf(plan);
  let virtualMs = firstLooksMs.reduce((sum, ms) => sum + ms, 0);
  try {
    virtualMs += await passToNoon(stage);
    await playQuietPhase(stage, plan, weather, broken);
    // Nothing may have reached the shop in the quiet phase.
    const quiet = await countHeard(stage);
    say(`phase 1: ${JSON.stringify(quiet)}`);
    onTheWay.push(...(await playLoudPhase(stage, plan, weather, done)));
    virtualMs += await sweepUntilAtRest(stage, () => isAtRest(stage));
    virtualMs += await finishRefunds(stage, refunds, atOnce);
    virtualMs += await passNight(stage, () => isAtRest(stage));
    await stage.audit();
    await plantDifferences(stage, plant);
    const world = await readWorld(stage);
    const { items, payments } = world;
    await untilTold(stage);
    broken.push(...listener.refused.map((why) => `the shop refused ${why}`));
    const findings = [...onTheWay, ...auditWorld(world), ...auditEvents(items, listener.told)];
    for (const { kind, merchantUid, detail } of findings) say(`${kind} ${merchantUid}: ${detail}`);
    const records = [plan.loud.flatMap((batch) => batch.orders), items, payments];
    for (const line of explain(findings, records, stage.stack.logLines())) say(line);
    for (const line of broken) say(line);
    return report(
      {
        soak: "payments",
        seed,
        plan: plan.hash,
        orders: plan.quiet.length + plan.loud.reduce((sum, batch) => sum + batch.orders.length, 0),
        operations: countKeys(stage.answers),
        ...(await figuresOf(stage, weather, payments)),
        ...quiet,
        virtual_s: Math.round(virtualMs / 1000),
        wall_ms: Date.now() - startedAtMs,
        events_told: listener.told.length,
        leaks: countLeaks(stage, [stage.stack.merchantKey, eventsKey, ...buyerSecrets, ...refundSecrets]),
        broken,
      },
      findings,
    );
  } finally {
    await stage.close();
    await listener.close();
  }
}

interface Delivered {
  readonly status: number | null;
  readonly attempts: number;
}
/** After these nobody tries any more. */
const mostAttempts = 3;

/** The bus delivers beside the work, and is behind it. */
async function untilTold(stage: Stage): Promise<void> {
  for (;;) {
    const { events } = (await stage.local("GET", "/events")) as {
      readonly events: readonly { readonly delivered: Delivered | null }[];
    };
    if (events.every(({ delivered }) => delivered?.status === 204 || delivered?.attempts === mostAttempts))
      return;
    await sleep(200);
  }
}

/** Every payment is to be found by the sweep alone, within its first two looks. */
async function playQuietPhase(
  stage: Stage,
  plan: PaymentsPlan,
  weather: Weather,
  broken: string[],
): Promise<void> {
  await underFaults(stage, [silence], weather, async () => {
    await forAll(plan.quiet, atOnce, (order) => playQuietStory(stage, order));
    for (const ms of firstLooksMs) {
      await stage.advance(ms);
      await sweepAll(stage);
    }
  });
  const items = await readItems(stage);
  const states = new Map(items.map((item) => [item["pk"], item["state"]]));
  for (const { merchantUid, story } of plan.quiet) {
    const isPaid = states.get(`order#${merchantUid}`) === "paid";
    const wants = story === "pay" || story === "deposit";
    if (isPaid !== wants)
      broken.push(`${story} ${merchantUid} is ${states.get(`order#${merchantUid}`)} after two looks`);
  }
}

async function playLoudPhase(
  stage: Stage,
  plan: PaymentsPlan,
  weather: Weather,
  done: Telling["done"],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [index, batch] of plan.loud.entries()) {
    await stage.control("PUT", "/settings", { switches: { checksum_at: batch.checksumAt } });
    await underFaults(stage, batch.faults, weather, async () => {
      await Promise.all([
        forAll(batch.orders, batch.orders.length, (order) => playLoudStory(stage, order)),
        forAll(batch.refunds, batch.refunds.length, (refund) => playRefund(stage, refund)),
      ]);
      await stage.advance(61_000);
      await stage.sweep();
    });
    findings.push(...auditStoredDue(await readItems(stage)));
    done("batches", index + 1, plan.loud.length, `, ${weather.killsInFlight} kills in flight`);
  }
  return findings;
}

const refundsOf = (plan: PaymentsPlan): readonly PlannedRefund[] =>
  plan.loud.flatMap(({ orders, refunds }) => [
    ...refunds,
    ...orders.filter(({ story }) => story === "refund").map(refundOf),
  ]);
