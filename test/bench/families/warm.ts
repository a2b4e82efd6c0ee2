// P7: a notice in a process that has seen many. The function, what is written by hand and the peers take turns,
// each in a new process with a table of its own: read the order, ask PortOne, write it.
import type { FamilyOptions } from "../family.ts";
import { warmGoals } from "../goals.ts";
import { dueItem } from "../growth/orders.ts";
import { KeptConnections } from "../kept-connections.ts";
import { type Row, rowOf } from "../rows.ts";
import { buildExpress, buildFastify, buildHand } from "../world/bundles.ts";
import { eventOf, noticeBody } from "../world/events.ts";
import type { MeasuredProcess } from "../world/measured-process.ts";
import type { Event } from "../world/messages.ts";
import { openWorld, shimOf, type World } from "../world/world.ts";

const notices = 1_000;
const mostRuns = 5;
const mostMemoryRuns = 3;
/** For 8,000 in all. */
const memoryRounds = 8;
const smallestMemoryMb = 128;

type Play = (world: World) => Promise<number>;

export async function warmRows({ runs, engine, say, done }: FamilyOptions): Promise<readonly Row[]> {
  const world = await openWorld({
    payments: notices,
    engine,
    onPaid: (made) => done("payments", made, notices),
  });
  try {
    const [hand, fastify, express] = [await buildHand(), await buildFastify(), await buildExpress(say)];
    if (express === null) say("skipped: the Express peer's packages cannot be installed");
    const played = Math.min(runs, mostRuns);
    const ownCpuMs: number[] = [];
    const ratios = { hand: [] as number[], fastify: [] as number[], express: [] as number[] };
    const plays: Readonly<Record<keyof typeof ratios, Play | null>> = {
      hand: (at) => functionCpuMs(at, hand),
      fastify: (at) => serverCpuMs(at, fastify),
      express: express === null ? null : (at) => serverCpuMs(at, express),
    };
    for (let round = 1; round <= played; round += 1) {
      const own = await functionCpuMs(world, shimOf("notice"));
      ownCpuMs.push(own);
      for (const name of ["hand", "fastify", "express"] as const) {
        const cpuMs = await plays[name]?.(world);
        if (cpuMs !== undefined) ratios[name].push(own / cpuMs);
      }
      done("rounds of notices", round, played);
    }
    say(`a notice: ${ownCpuMs.map((ms) => Math.round((ms * 1_000) / notices)).join(", ")} µs of CPU`);
    const rows = (["hand", "fastify", "express"] as const)
      .filter((name) => ratios[name].length > 0)
      .map((name) => rowOf(warmGoals[name], ratios[name]));
    const rssMb: number[] = [];
    for (let run = 1; run <= Math.min(runs, mostMemoryRuns); run += 1) rssMb.push(await rssAfterMany(world));
    return [...rows, rowOf(warmGoals.memory, rssMb)];
  } finally {
    await world.close();
  }
}

/** Of the second thousand: the first has compiled what is called often. */
export async function functionCpuMs(world: World, entry: string): Promise<number> {
  const events = noticesOf(world);
  const table = await world.tables.make(world.records.map(dueItem));
  const measured = world.start({ as: "notice", table });
  try {
    await measured.load(entry);
    await invokeAll(measured, events);
    await world.tables.fill(table, world.records.map(dueItem));
    return (await invokeAll(measured, events)).cpuMs;
  } finally {
    await measured.end();
  }
}

async function serverCpuMs(world: World, entry: string): Promise<number> {
  const table = await world.tables.make(world.records.map(dueItem));
  const measured = world.start({ as: "notice", table });
  const { url } = await measured.load(entry);
  if (url === null) throw new Error(`${entry} is no server`);
  const client = new KeptConnections(url, 1);
  const sendAll = async () => {
    for (const record of world.records) await client.send("POST", "/notice", noticeBody(record), null);
  };
  try {
    await sendAll();
    await world.tables.fill(table, world.records.map(dueItem));
    const before = await measured.usage();
    await sendAll();
    return (await measured.usage()).cpuMs - before.cpuMs;
  } finally {
    client.close();
    await measured.end();
  }
}

export const noticesOf = ({ records, tokenOf }: World) =>
  records.map((record) => eventOf("notice", record, tokenOf(record.merchantUid)));

/** Of 200 notices one may meet a limit of time, where others have the machine; PortOne would send it again. */
const unansweredShare = 1 / 200;

export async function invokeAll(measured: MeasuredProcess, events: readonly Event[]) {
  const invoked = await measured.invoke(events);
  const others = invoked.statuses.filter((status) => status !== 200);
  if (others.length > events.length * unansweredShare)
    throw new Error(`${others.length} of ${events.length} notices were answered ${others[0]}`);
  return invoked;
}

async function rssAfterMany(world: World): Promise<number> {
  const table = await world.tables.make(world.records.map(dueItem));
  const measured = world.start({ as: "notice", table, memoryMb: smallestMemoryMb });
  try {
    await measured.load(shimOf("notice"));
    let last = Number.NaN;
    for (let round = 1; round <= memoryRounds; round += 1) {
      if (round > 1) await world.tables.fill(table, world.records.map(dueItem));
      last = (await invokeAll(measured, noticesOf(world))).rssMb;
    }
    return last;
  } finally {
    await measured.end();
  }
}
