// An operator lifts the brake on give-backs: whatever waited may go, and is due at once.

import { liftBrake } from "../../domain/brake.ts";
import { releaseGiveBacks } from "../../domain/give-back.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import { type BrakeStore, type OrderStore, StorageUnavailableError } from "../../ports/table.ts";
import { stampOf, writeChange } from "../claim.ts";
import { changeBrake } from "../syncing/brake.ts";

export interface LiftBrakePorts {
  readonly brake: BrakeStore;
  readonly store: OrderStore;
  readonly clock: Clock;
}

/**
 * How many orders were let go; null when others kept writing. The orders first: a brake that is off names nobody, so
 * that a crash in between would leave them to be stopped again. Until it is off, lifting it again goes on.
 */
export async function liftGiveBackBrake(call: Call, ports: LiftBrakePorts): Promise<number | null> {
  const released = new Map<string, Released>();
  const lifted = await changeBrake(ports.brake, async (brake) => {
    for (const { merchantUid } of brake.waiting)
      if (!released.has(merchantUid)) released.set(merchantUid, await release(merchantUid, call, ports));
    const isBusy = brake.waiting.some(({ merchantUid }) => released.get(merchantUid) === "busy");
    return { brake: isBusy ? brake : liftBrake(brake), isBusy };
  });
  if (!lifted || lifted.isBusy) return null;
  return [...released.values()].filter((what) => what === "released").length;
}

type Released = "released" | "nothing_waits" | "busy";

async function release(merchantUid: string, call: Call, ports: LiftBrakePorts): Promise<Released> {
  const stamp = stampOf("operator", call, ports.clock);
  const order = await readUnlessBroken(merchantUid, ports);
  if (!order) return "nothing_waits";
  const written = await writeChange(order, (newest) => releaseGiveBacks(newest, stamp), ports.store);
  const outcomes = { written: "released", impossible: "nothing_waits", busy: "busy" } as const;
  return outcomes[written.outcome];
}

/** One that nobody can read waits for its own repair, and must not keep the others waiting. */
async function readUnlessBroken(merchantUid: string, { store }: LiftBrakePorts) {
  try {
    return await store.read(merchantUid);
  } catch (error) {
    if (error instanceof StorageUnavailableError) throw error;
    return null;
  }
}
