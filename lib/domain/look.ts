// One look at PortOne, taken after the order was read.
import type { Actor, Change } from "./order.ts";
import type { PaymentRecord } from "./payment-record.ts";

export interface Look {
  readonly records: readonly PaymentRecord[];
  /** These are all attempts PortOne knows for the order, so that absences may mean something. */
  readonly isComplete: boolean;
  readonly atMs: number;
  readonly by: Actor;
}

export const changeBy = (look: Look): Change => ({ by: look.by, atMs: look.atMs });

/** What this look says about one attempt, if anything. */
export const recordOf = (look: Look, impUid: string): PaymentRecord | undefined =>
  look.records.find((record) => record.impUid === impUid);
