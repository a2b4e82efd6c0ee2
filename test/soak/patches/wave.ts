// One stage full of lives, each with its own patch, and a few orders without: days pass with sweeps and audits, and then
// everything is judged.
import { readItems, readProvider } from "../records.ts";
import { explain } from "../report.ts";
import { forAll, type Invocation, openStage, type Stage } from "../stage.ts";
import type { Item } from "../table.ts";
import type { Json, Payment } from "../world.ts";
import {
  type Finding,
  isToBeRepeated,
  judgeAudit,
  judgeLog,
  judgeOrder,
  judgeOther,
  judgeOutlived,
  judgeSweep,
  restsUntilMs,
} from "./checks.ts";
import { beginOthers, others } from "./others.ts";
import type { PlannedLife, PlannedPatch } from "./plan.ts";
import { begin, card, goOn, type Life, lookBack, sharedCustomer } from "./play.ts";

const environment = {
  PAY_GIVE_BACK_MAX: "100000",
  PAY_NOTICE_BUDGET_PER_MIN: "100000",
};
/** More at once would start more sandboxes than they save. */
const atOnce = 4;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Close enough together for every rung of the ladder that is shorter than a day. */
const stepsMs = [1, 6, 11, 16, 31, 121, 31, 121].map((minutes) => minutes * minuteMs);
const nights = 9;
const mostSweeps = 20;
const mostTries = 3;

export interface Played {
  readonly findings: readonly Finding[];
  /** Everything that was written about these lives, for whoever has to find out why. */
  readonly records: readonly string[];
}

export async function playWave(seed: number, plans: readonly PlannedLife[]): Promise<Played> {
  const stage = await openStage(environment, seed);
  const findings: Finding[] = [];
  try {
    await stage.merchant("POST", `/customers/${sharedCustomer}/billing-key`, { ...card });
    const begun = await beginOthers(stage);
    const lives = plans.map((plan): Life => ({ plan, stage, findings, payment: null }));
    await forAll(lives, atOnce, begin);
    await passTime(stage, [3 * minuteMs], findings);
    await forAll(lives, atOnce, goOn);
    await passTime(stage, stepsMs, findings);
    await begun.goOn();
    await passNight(stage, findings);
    // What ran out over night begins a climb of its own.
    await passTime(stage, stepsMs, findings);
    for (let night = 1; night < nights; night += 1) await passNight(stage, findings);
    const resting = await restingOrders(stage, lives);
    findings.push(...(await judgeOrders(stage, lives)));
    await forAll(lives, atOnce, lookBack);
    findings.push(...(await outlast(stage, resting)));
    findings.push(...judgeLog(stage.stack.logLines()));
    const { payments, schedules } = await readProvider(stage);
    const kept = [await readItems(stage), payments, schedules];
    return { findings, records: explain(plans, kept, stage.stack.logLines()) };
  } finally {
    await stage.close();
  }
}

async function invoke(stage: Stage, functionName: string, event: Json = {}): Promise<Invocation> {
  let invoked = await stage.invoke(functionName, event);
  for (let tries = 1; tries < mostTries && isToBeRepeated(invoked); tries += 1)
    invoked = await stage.invoke(functionName, event);
  return invoked;
}

async function passTime(stage: Stage, steps: readonly number[], findings: Finding[]): Promise<void> {
  for (const stepMs of steps) {
    await stage.local("POST", "/clock", { advance_ms: stepMs });
    await sweepAll(stage, findings);
  }
}

/** Sweeps until one finds nothing; only the last one is to have seen everything. */
async function sweepAll(stage: Stage, findings: Finding[]): Promise<void> {
  for (let sweeps = 1; ; sweeps += 1) {
    const swept = await invoke(stage, "reconcile");
    const isLast = swept.isFailed || swept.report["taken"] === 0 || sweeps === mostSweeps;
    if (isLast) findings.push(...judgeSweep(swept));
    if (isLast) return;
  }
}

/** The audit is begun again as often as Lambda does. */
async function passNight(stage: Stage, findings: Finding[]): Promise<void> {
  const { now: from } = await stage.local("GET", "/clock");
  await passTime(stage, [dayMs], findings);
  const { now: to } = await stage.local("GET", "/clock");
  let audited = await invoke(stage, "audit", { from, to });
  for (let tries = 1; tries < mostTries && audited.report["complete"] !== true; tries += 1)
    audited = await invoke(stage, "audit", { from, to });
  findings.push(...judgeAudit(audited));
  await sweepAll(stage, findings);
}

async function readOrders(stage: Stage): Promise<(merchantUid: string) => Item | null> {
  const orders = new Map((await readItems(stage)).map((item) => [String(item["pk"]), item]));
  return (merchantUid) => orders.get(`order#${merchantUid}`) ?? null;
}

interface Resting {
  readonly merchantUid: string;
  readonly untilMs: number;
}

/** Those that are looked at once more, half a year later. */
async function restingOrders(stage: Stage, lives: readonly Life[]): Promise<readonly Resting[]> {
  const orderOf = await readOrders(stage);
  return lives.flatMap(({ plan: { merchantUid } }) => {
    const order = orderOf(merchantUid);
    const untilMs = order && restsUntilMs(order);
    return untilMs === null ? [] : [{ merchantUid, untilMs }];
  });
}

/** Past the end of what rests: it owes nothing any more. The nights in between are nobody's question. */
async function outlast(stage: Stage, resting: readonly Resting[]): Promise<readonly Finding[]> {
  if (resting.length === 0) return [];
  const findings: Finding[] = [];
  const { now } = (await stage.local("GET", "/clock")) as { now: string };
  const untilMs = Math.max(...resting.map((one) => one.untilMs));
  await passTime(stage, [untilMs - Date.parse(now) + minuteMs], findings);
  const orderOf = await readOrders(stage);
  return [
    ...findings,
    ...resting.flatMap(({ merchantUid }) => judgeOutlived(merchantUid, orderOf(merchantUid))),
  ];
}

async function judgeOrders(stage: Stage, lives: readonly Life[]): Promise<readonly Finding[]> {
  const orderOf = await readOrders(stage);
  const payments = Map.groupBy((await readProvider(stage)).payments, (payment) => payment.merchant_uid);
  const paymentsOf = (merchantUid: string): readonly Payment[] => payments.get(merchantUid) ?? [];
  return [
    ...lives.flatMap(({ plan: { merchantUid, patch } }) =>
      judgeOrder({
        merchantUid,
        order: orderOf(merchantUid),
        payments: paymentsOf(merchantUid),
        showsSums: showsSums(patch),
      }),
    ),
    ...others.flatMap((expected) => judgeOther(expected, orderOf(expected.merchantUid))),
  ];
}

/** Fields without which nobody could know how much of whose money is left. */
const telling = ["imp_uid", "merchant_uid", "status", "amount", "cancel_amount", "currency"];

const showsSums = ({ fields }: PlannedPatch): boolean => telling.every((name) => !(name in fields));
