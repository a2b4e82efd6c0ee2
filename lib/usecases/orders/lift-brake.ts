// An operator lifts the brake on give-backs: whatever waited is due at once.

import { liftBrake } from "../../domain/brake.ts";
import { makeDueNow } from "../../domain/order-change.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import type { BrakeStore, OrderStore } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";
import { changeBrake } from "../syncing/brake.ts";

export interface LiftBrakePorts {
  readonly brake: BrakeStore;
  readonly store: OrderStore;
  readonly clock: Clock;
}

/** How many orders waited; null when the brake kept changing. */
export async function liftGiveBackBrake(call: Call, ports: LiftBrakePorts): Promise<number | null> {
  const stamp = stampOf("operator", call, ports.clock);
  const lifted = await changeBrake(ports.brake, (brake) => ({
    brake: liftBrake(brake, stamp.atMs),
    waiting: brake.waiting,
  }));
  if (!lifted) return null;
  for (const merchantUid of lifted.waiting) {
    // One that cannot be moved now is looked at by itself within ten minutes.
    const order = await ports.store.read(merchantUid);
    const due = order && makeDueNow(order, stamp);
    if (order && due && due !== order) await ports.store.update(order, due);
  }
  return lifted.waiting.length;
}
