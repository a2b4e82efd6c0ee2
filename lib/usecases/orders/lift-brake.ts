// An operator lifts the brake on give-backs: whatever waited is due at once.

import { liftBrake } from "../../domain/brake.ts";
import { makeDueNow } from "../../domain/make-due.ts";
import type { Clock } from "../../ports/environment.ts";
import type { BrakeStore, OrderStore } from "../../ports/table.ts";
import { changeBrake } from "../syncing/brake.ts";

export interface LiftBrakePorts {
  readonly brake: BrakeStore;
  readonly store: OrderStore;
  readonly clock: Clock;
}

/** How many orders waited; null when the brake kept changing. */
export async function liftGiveBackBrake(ports: LiftBrakePorts): Promise<number | null> {
  const nowMs = ports.clock.nowMs();
  const lifted = await changeBrake(ports.brake, (brake) => ({
    brake: liftBrake(brake, nowMs),
    waiting: brake.waiting,
  }));
  if (!lifted) return null;
  for (const merchantUid of lifted.waiting) {
    // One that cannot be moved now is looked at by itself within ten minutes.
    const order = await ports.store.read(merchantUid);
    const due = order && makeDueNow(order, nowMs, "operator");
    if (order && due && due !== order) await ports.store.update(order, due);
  }
  return lifted.waiting.length;
}
