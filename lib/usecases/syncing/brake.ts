// The brake is one item for all: read, decide, write if nobody wrote in between.

import type { Brake } from "../../domain/brake.ts";
import type { BrakeStore } from "../../ports/table.ts";
import { unlessSilent } from "../claim.ts";

const mostRounds = 8;

/**
 * What `change` made of the stored brake. A write whose answer was lost is decided again, so `change` must allow for
 * having taken effect before. Null after eight lost races: nothing was decided then, and
 * whoever asked must not go on.
 */
export async function changeBrake<Result extends { readonly brake: Brake }>(
  store: BrakeStore,
  change: (brake: Brake) => Result | Promise<Result>,
): Promise<Result | null> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const stored = await store.readBrake();
    const result = await change(stored.brake);
    if (result.brake === stored.brake) return result;
    if (await unlessSilent(store.writeBrake(result.brake, stored.version))) return result;
  }
  return null;
}
