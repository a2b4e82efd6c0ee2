// T: the notice function with a technique left out, beside itself. Bytes are exact; the others take turns with it.
import { basename } from "node:path";
import type { FamilyOptions } from "../family.ts";
import { type Row, rowOf } from "../rows.ts";
import { type BuiltWithout, buildWithout } from "../techniques/build-without.ts";
import { entryOf, type Technique, techniques } from "../techniques/techniques.ts";
import { openWorld, type World } from "../world/world.ts";
import { playWhole, takenMs } from "./cold.ts";
import { functionCpuMs, invokeAll } from "./warm.ts";

const notices = 1_000;
const mostCpuRuns = 3;
const tableCalls = 20_000;

type Cost = (world: World, built: BuiltWithout) => Promise<number>;

const firstMs: Cost = async (world, { entry }) =>
  (await playWhole(world, "notice", entry)).invoked.eachMs[0] ?? Number.NaN;

/** Of the second half: the first has compiled what is called often. */
const callCpuMs: Cost = async (world, { entry }) => {
  const measured = world.start({ as: "notice", table: "none" });
  try {
    await measured.load(entry);
    const events = Array.from({ length: tableCalls }, () => ({}));
    await invokeAll(measured, events);
    return (await invokeAll(measured, events)).cpuMs;
  } finally {
    await measured.end();
  }
};

const firstCallMs: Cost = async (world, { entry }) => {
  const measured = world.start({ as: "notice", table: "none" });
  try {
    await measured.load(entry);
    return (await measured.invoke([{}])).eachMs[0] ?? Number.NaN;
  } finally {
    await measured.end();
  }
};

const wholeMs: Cost = async (world, { entry }) => takenMs(await playWhole(world, "notice", entry));

export async function techniqueRows({ runs, engine, done }: FamilyOptions): Promise<readonly Row[]> {
  const whole = new Map<string, BuiltWithout>();
  for (const entry of new Set(techniques.map(entryOf)))
    whole.set(entry, await buildWithout(entry, basename(entry), {}));
  const builds = new Map<Technique, BuiltWithout>();
  for (const [index, technique] of techniques.entries())
    builds.set(technique, await buildWithout(entryOf(technique), String(index), technique.without));
  const world = await openWorld({
    payments: notices,
    engine,
    onPaid: (made) => done("payments", made, notices),
  });
  /** In each round the function itself, then once without each technique. */
  const ratios = async (costs: Technique["costs"], cost: Cost, rounds: number) => {
    const all = whole.get(entryOf({ costs }));
    if (!all) throw new Error(`nothing was built of ${costs}`);
    const of = techniques.filter((technique) => technique.costs === costs);
    const seen = new Map(of.map((technique) => [technique, [] as number[]]));
    for (let round = 1; round <= rounds; round += 1) {
      const itself = await cost(world, all);
      for (const [technique, figures] of seen)
        figures.push((await cost(world, builds.get(technique) ?? all)) / itself);
      done(`rounds of ${costs}`, round, rounds);
    }
    return [...seen].map(([{ goal }, figures]) => rowOf(goal, figures));
  };
  try {
    return [
      ...(await ratios("bytes", async (_, { bytes }) => bytes, 1)),
      ...(await ratios("cpu", (at, { entry }) => functionCpuMs(at, entry), Math.min(runs, mostCpuRuns))),
      ...(await ratios("call", callCpuMs, runs)),
      ...(await ratios("firstCall", firstCallMs, runs)),
      ...(await ratios("first", firstMs, runs)),
      ...(await ratios("whole", wholeMs, runs)),
    ];
  } finally {
    await world.close();
  }
}
