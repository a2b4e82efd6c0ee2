// One look at PortOne, taken after the order was read.
import type { Order, Stamp } from "./order.ts";
import type { PaymentRecord } from "./payment-record.ts";
import type { ScheduleRecord } from "./schedule.ts";

export interface Look extends Stamp {
  readonly records: readonly PaymentRecord[];
  /** These are all attempts PortOne knows for the order, so that absences may mean something. */
  readonly isComplete: boolean;
  /** PortOne's reservations of this number, read before the attempts were; absent where nobody asked for them. */
  readonly reservations?: readonly ScheduleRecord[] | undefined;
  /** What PortOne showed of the order's that is no record. */
  readonly unreadable?: readonly UnreadableRow[] | undefined;
  /** The look was taken to accept a payment. */
  readonly accepted?: Accepted;
}

/** Something stands at PortOne under the order's number, and nobody can read what. */
export interface UnreadableRow {
  readonly impUid: string | null;
  readonly why: "no_record" | "imp_uid" | "merchant_uid";
}

/** A person's word that this payment is the order's own, and what the history says of it. */
export interface Accepted {
  readonly impUid: string;
  readonly reason: string;
}

export const acceptedIn = ({ accepted }: Look, impUid: string): Accepted | null =>
  accepted?.impUid === impUid ? accepted : null;

/** What this look says about one attempt, if anything. */
export const recordOf = (look: Look, impUid: string): PaymentRecord | undefined =>
  look.records.find((record) => record.impUid === impUid);

/** The buyer may be paying right now, or nobody knows what it is. */
export const isOpenWindow = ({ status, account }: PaymentRecord): boolean =>
  status === "unrecognised" || (status === "ready" && account === null);

/** What a signal claims: a hint where to look, and nothing more. */
export type Hint =
  /** The buyer is back from this attempt; without one, only the stored state can be told. */
  | { readonly tells: "return"; readonly impUid: string | null }
  /** One cancel was made. */
  | { readonly tells: "cancel"; readonly impUid: string; readonly cancellationId: string }
  /** Something changed, which only PortOne's record tells. */
  | { readonly tells: "change"; readonly impUid: string };

/** The order holds already all that the signal can tell, so that nobody needs to be asked. */
export function isKnown(order: Order, hint: Hint): boolean {
  switch (hint.tells) {
    case "return":
      return hint.impUid === null || order.impUid === hint.impUid;
    case "cancel":
      return order.attempts.some(
        ({ impUid, cancels }) =>
          impUid === hint.impUid &&
          cancels.some(({ cancellationId }) => cancellationId === hint.cancellationId),
      );
    case "change":
      return false;
  }
}
