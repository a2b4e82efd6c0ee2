// Plants each mistake in a copy of the tree and looks for a test that fails by name. A mistake that no test sees is a
// rule that nothing holds.
import type { Telling } from "../../../infra/build/progress.ts";
import { actorsOfReservations } from "../../simulation/plan.ts";
import { acceptingMutants } from "./accepting.ts";
import { brakeMutants } from "./brake.ts";
import { chargeMutants } from "./charges.ts";
import { TreeCopy } from "./copy.ts";
import { endMutants } from "./ends.ts";
import { kindMutants } from "./kinds.ts";
import type { Mutant } from "./mutant.ts";
import { nightMutants } from "./nights.ts";
import { orderMutants } from "./orders.ts";
import { readingMutants } from "./readings.ts";
import { receiptMutants } from "./receipts.ts";
import { refundMutants } from "./refunds.ts";
import { reservationMutants } from "./reservations.ts";
import { silenceMutants } from "./silences.ts";
import { timeMutants } from "./times.ts";

export const mutants: readonly Mutant[] = [
  ...refundMutants,
  ...endMutants,
  ...nightMutants,
  ...receiptMutants,
  ...chargeMutants,
  ...acceptingMutants,
  ...orderMutants,
  ...brakeMutants,
  ...timeMutants,
  ...silenceMutants,
  ...kindMutants,
  ...readingMutants,
  // They are planted in what the product does where lives hold such actors.
  ...(actorsOfReservations ? reservationMutants : []),
];

export interface MutantsOptions extends Telling {
  /** Names of those to plant; empty for all. */
  readonly only: readonly string[];
}

const atOnce = 2;

export async function mutantsSoak({ only, say, done }: MutantsOptions) {
  const planned = mutants.filter(({ name }) => only.length === 0 || only.includes(name));
  const copies = Array.from({ length: atOnce }, () => new TreeCopy());
  const survived: string[] = [];
  const queue = [...planned];
  let tried = 0;
  try {
    say("first the tests without any mistake");
    await refuseRed(copies[0] ?? new TreeCopy(), planned);
    await Promise.all(
      copies.map(async (copy) => {
        for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
          const { failed, words = "" } = await copy.trial(mutant);
          const [first] = failed;
          if (first === undefined) survived.push(mutant.name);
          const how =
            first === undefined ? `SURVIVED ${words}` : `found by "${first}" and ${failed.length - 1} more`;
          say(`${mutant.name} ${mutant.mistake}: ${how}`);
          tried += 1;
          done("mistakes", tried, planned.length);
        }
      }),
    );
  } finally {
    for (const copy of copies) copy.remove();
  }
  return {
    soak: "mutants",
    ok: survived.length === 0,
    planted: planned.length,
    found: planned.length - survived.length,
    survived: survived.sort(),
  };
}

/** A test that fails by itself would find every mistake. */
async function refuseRed(copy: TreeCopy, planned: readonly Mutant[]): Promise<void> {
  const { failed, passed } = await copy.run([...new Set(planned.flatMap(({ tests }) => tests))]);
  if (failed.length > 0) throw new Error(`red without any mistake: ${failed.join(", ")}`);
  if (passed === 0) throw new Error("no test was run");
}
