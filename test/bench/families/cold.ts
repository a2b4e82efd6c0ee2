// P2 to P5: processes that begin anew, one of each in every round, so that whatever slows the machine slows them all.

import type { FamilyOptions } from "../family.ts";
import type { Asked } from "../goals.ts";
import { coldGoals } from "../goals.ts";
import { createdItem, dueItem } from "../growth/orders.ts";
import { type Row, rowOf } from "../rows.ts";
import { buildFloor, buildNaive } from "../world/bundles.ts";
import type { CpuShare } from "../world/cpu-share.ts";
import { eventOf } from "../world/events.ts";
import type { Event, Invoked, Loaded } from "../world/messages.ts";
import { appOf, openWorld, shimOf, type World } from "../world/world.ts";

const asked: readonly Asked[] = ["confirm", "notice"];
/** Without those before, which warm the disk's cache and the servers'. */
const unmeasuredRounds = 2;

interface Round {
  readonly floorMs: number;
  readonly of: Readonly<Record<Asked, Cold>>;
}

interface Cold {
  readonly importMs: number;
  readonly whole: Whole;
  readonly naive: Whole;
}

interface Whole {
  readonly loaded: Loaded;
  readonly invoked: Invoked;
}

export async function coldRows({ runs, engine, done }: FamilyOptions): Promise<readonly Row[]> {
  const world = await openWorld({ payments: 2, engine });
  try {
    const [floor, naive] = [(await buildFloor()).app, await buildNaive()];
    const rounds: Round[] = [];
    for (let round = 0; round < runs + unmeasuredRounds; round += 1) {
      const seen = await playRound(world, floor, naive);
      if (round >= unmeasuredRounds) rounds.push(seen);
      done("cold starts", round + 1, runs + unmeasuredRounds);
    }
    return asked.flatMap((name) => rowsOf(name, rounds));
  } finally {
    await world.close();
  }
}

function rowsOf(name: Asked, rounds: readonly Round[]): readonly Row[] {
  const figures = (figure: (cold: Cold, round: Round) => number) =>
    rounds.map((round) => figure(round.of[name], round));
  return [
    rowOf(
      coldGoals.import(name),
      figures(({ importMs }, { floorMs }) => importMs / floorMs),
    ),
    rowOf(
      coldGoals.undici(name),
      figures(({ whole }) => whole.invoked.undici.length),
    ),
    rowOf(
      coldGoals.whole(name),
      figures(({ whole, naive }) => takenMs(whole) / takenMs(naive)),
    ),
    rowOf(
      coldGoals.first(name),
      figures(({ whole: { invoked } }) => (invoked.eachMs[0] ?? 0) / (invoked.eachMs[1] ?? 0)),
    ),
  ];
}

/** What is compared stands side by side. */
async function playRound(world: World, floor: string, naive: string): Promise<Round> {
  const floorMs = await importMs(world, floor);
  const importsMs = {
    confirm: await importMs(world, appOf("confirm")),
    notice: await importMs(world, appOf("notice")),
  };
  const playCold = async (name: Asked): Promise<Cold> => ({
    importMs: importsMs[name],
    whole: await playWhole(world, name, shimOf(name)),
    naive: await playWhole(world, name, naive),
  });
  return { floorMs, of: { confirm: await playCold("confirm"), notice: await playCold("notice") } };
}

async function importMs(world: World, app: string): Promise<number> {
  const measured = world.start({ as: "notice", table: "none" });
  try {
    return (await measured.load(app)).tookMs;
  } finally {
    await measured.end();
  }
}

export const takenMs = ({ loaded, invoked }: Whole): number =>
  loaded.tookMs + (invoked.eachMs[0] ?? Number.NaN);

/** INIT and two requests, of an order each; the requests within the share where there is one. */
export async function playWhole(world: World, name: Asked, entry: string, share?: CpuShare): Promise<Whole> {
  const { records, tables, tokenOf } = world;
  const events: readonly Event[] = records
    .slice(0, 2)
    .map((record) => eventOf(name, record, tokenOf(record.merchantUid)));
  const table = await tables.make(records.slice(0, 2).map(name === "confirm" ? createdItem : dueItem));
  const measured = world.start({ as: name, table });
  try {
    const loaded = await measured.load(entry);
    share?.join(measured.pid);
    const invoked = await measured.invoke(events);
    if (invoked.statuses.some((status) => status !== 200))
      throw new Error(`${entry} answered ${invoked.statuses.join(" ")}`);
    return { loaded, invoked };
  } finally {
    await measured.end();
  }
}
