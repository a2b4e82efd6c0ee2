// share: a notice with the part of a processor that Lambda gives its smallest useful size, beside itself without priming and
// beside the naive one. What priming does there, INIT does with a whole processor.
import type { FamilyOptions } from "../family.ts";
import { shareGoals } from "../goals.ts";
import { type Row, rowOf } from "../rows.ts";
import { buildNaive } from "../world/bundles.ts";
import { openCpuShare } from "../world/cpu-share.ts";
import { appOf, openWorld, shimOf } from "../world/world.ts";
import { playWhole, takenMs } from "./cold.ts";

const memoryMb = 256;

export async function shareRows({ runs, engine, say, done }: FamilyOptions): Promise<readonly Row[]> {
  const share = openCpuShare(memoryMb);
  if (share === null) {
    say("skipped: no part of a processor can be given to a process here");
    return [];
  }
  const world = await openWorld({ payments: 2, engine });
  const naive = await buildNaive();
  const playMs = async (entry: string) => takenMs(await playWhole(world, "notice", entry, share));
  const ratios = { unprimed: [] as number[], naive: [] as number[] };
  try {
    for (let round = 1; round <= runs; round += 1) {
      const ownMs = await playMs(shimOf("notice"));
      ratios.unprimed.push(ownMs / (await playMs(appOf("notice"))));
      ratios.naive.push(ownMs / (await playMs(naive)));
      done("cold starts in a share", round, runs);
    }
  } finally {
    await world.close();
    share.close();
  }
  return [rowOf(shareGoals.unprimed, ratios.unprimed), rowOf(shareGoals.naive, ratios.naive)];
}
