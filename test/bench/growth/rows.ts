// What must hold while a shop grows: a sweep that keeps up, an audit that ends, orders that stay cheap and small.
import type { Telling } from "../../../infra/build/progress.ts";
import { engineOfMachine, type TableEngine } from "../../../infra/local/processes/table-engine.ts";
import { encodeOrder } from "../../../lib/dynamodb/order-item.ts";
import { itemBytes } from "../../support/item-bytes.ts";
import { fullOrder, usualOrders } from "../../support/largest-order.ts";
import { abandonedUnits, windowOpenedIn } from "../../support/write-units.ts";
import { type Goal, type Row, rowOf } from "../rows.ts";
import { nightsOfARound, nightsToCatchUp, paceOf } from "./nights.ts";
import { dueItem, paidItem } from "./orders.ts";
import { openStand, type Ran, type Stand } from "./stand.ts";

const audited = 10_000;
/** PortOne's answers while an audit runs. */
const auditLatencyMs = 100;

const atLeast = (of: string, limit: number): Goal => ({ goal: "growth", of, limit, isAtLeast: true });
const atMost = (of: string, limit: number): Goal => ({ goal: "growth", of, limit, isAtLeast: false });

export interface GrowthOptions extends Telling {
  readonly runs: number;
  readonly engine?: TableEngine;
}

export async function growthRows({
  runs,
  say,
  done,
  engine = engineOfMachine(),
}: GrowthOptions): Promise<readonly Row[]> {
  if (engine !== "dynoxide") {
    say(`skipped: growth is measured on dynoxide, and here is ${engine} only`);
    return [];
  }
  say(`making ${audited} payments`);
  const stand = await openStand(audited, (made) => done("payments", made, audited));
  try {
    const measured = { stand: counted(stand, runs, done), runs, say, done };
    const rows = [await sweepRow(measured, 100, 2_000), await sweepRow(measured, 1_000, 400)];
    return [...rows, ...(await auditRows(measured)), ...(await countedRows())];
  } finally {
    await stand.close();
  }
}

/** Two rows of sweeps, one of audits, and an audit that is not measured. */
function counted(stand: Stand, runs: number, done: Telling["done"]): Stand {
  const all = 3 * runs + 1;
  let ran = 0;
  return {
    ...stand,
    invoke: async (...asked) => {
      const seen = await stand.invoke(...asked);
      ran += 1;
      done("runs", ran, all);
      return seen;
    },
  };
}

interface Measured extends GrowthOptions {
  readonly stand: Stand;
}

/** A sweep a minute, each with an invocation's time: what one takes is what a minute's are. */
async function sweepRow({ stand, runs, say }: Measured, latencyMs: number, limit: number): Promise<Row> {
  // More than one sweep can take, whatever it is measured on.
  const items = stand.records.map(dueItem);
  stand.setLatency(latencyMs);
  const taken: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const ran = await stand.invoke("reconcile", {}, items);
    const { report } = ran;
    say(`sweep, PortOne ${latencyMs} ms: ${toldOf(ran)}`);
    if (report["synced"] !== report["taken"] || report["errors"] !== 0)
      throw new Error(`a sweep did not do its work: ${JSON.stringify(report)}`);
    taken.push(Number(report["taken"]));
  }
  return rowOf(atLeast(`sweep, PortOne ${latencyMs} ms: orders a minute`, limit), taken);
}

const toldOf = ({ report, tookMs, cpuMs }: Ran): string =>
  `${Math.round(tookMs)} ms, ${Math.round(cpuMs)} ms of CPU, ${JSON.stringify(report)}`;

async function auditRows({ stand, runs, say }: Measured): Promise<readonly Row[]> {
  const items = stand.records.map((record) => paidItem(record, stand.mid));
  const paidAtMs = stand.records.map((record) => record.paidAtMs ?? 0);
  const window = {
    from: new Date(Math.min(...paidAtMs)).toISOString(),
    to: new Date(Math.max(...paidAtMs)).toISOString(),
  };
  stand.setLatency(auditLatencyMs);
  const tookS: number[] = [];
  const nights: number[] = [];
  // The first is the simulator's pace, not the audit's.
  await stand.invoke("audit", window, items);
  for (let run = 1; run <= runs; run += 1) {
    const ran = await stand.invoke("audit", window, items);
    say(`audit: ${toldOf(ran)}`);
    const { complete, checked, differences } = ran.report;
    const wanted = JSON.stringify({ payments: audited, orders: audited });
    if (complete !== true || JSON.stringify(checked) !== wanted || (differences as unknown[]).length > 0)
      throw new Error(`an audit did not do its work: ${JSON.stringify(ran.report)}`);
    tookS.push(ran.tookMs / 1_000);
    const pace = paceOf(ran, audited);
    say(`${Math.round(pace.paymentsAS)} payments and ${Math.round(pace.ordersAS)} orders a second`);
    nights.push(nightsToCatchUp(pace));
    say(`at 50,000 orders a day, 190 days are read again once in ${nightsOfARound(pace)} nights`);
  }
  return [
    rowOf(atMost(`audit of ${audited} payments: seconds`, 40), tookS),
    rowOf(atMost("a day left unfinished at 50,000 orders a day: nights (computed)", 3), nights),
  ];
}

async function countedRows(): Promise<readonly Row[]> {
  const bytes = (orders: Parameters<typeof encodeOrder>[0][]) =>
    Math.max(...orders.map((order) => itemBytes(encodeOrder(order))));
  const counted: readonly (readonly [Goal, number])[] = [
    [atMost("order abandoned without a window: write units", 9), (await abandonedUnits([])).units],
    [
      atMost("order with a window never paid: write units", 15),
      (await abandonedUnits([windowOpenedIn(1)])).units,
    ],
    [atMost("order item to its first refund: bytes", 1_024), bytes([...usualOrders])],
    [atMost("order item ever: bytes", 4_096), bytes([fullOrder()])],
  ];
  return counted.map(([goal, figure]) => rowOf(goal, [figure]));
}
