// What waits to be carried out by the next look: money to go back, an account to close, a call to send, a receipt to
// follow the money.
import { type Attempt, type Order, remainingOf } from "./order.ts";
import { receiptWork } from "./receipt-goal.ts";

type Wishing = Pick<
  Order,
  | "impUid"
  | "amount"
  | "taxFree"
  | "attempts"
  | "cancel"
  | "charge"
  | "instruction"
  | "receipt"
  | "receiptOperation"
  | "receiptRecipient"
  | "receiptHandedOver"
  | "wishedAtMs"
>;

const isGiveBackOpen: Readonly<Record<NonNullable<Attempt["giveBack"]>, boolean>> = {
  wanted: true,
  done: false,
};

/** Something that a look can carry out at once, by a name that another wish has not, and since when at the latest. */
export interface Wish {
  readonly name: string;
  readonly sinceMs: number;
}

/** A give-back while the money slot is free, an account to close, a call that may go out once more, or at all. */
export function wishesOf({ attempts, cancel, charge, instruction }: Wishing): readonly Wish[] {
  const wishing = attempts.filter(
    ({ giveBack, isRevoking }) =>
      isRevoking || (cancel === null && giveBack !== null && isGiveBackOpen[giveBack]),
  );
  const waiting = [charge, instruction].flatMap((call) => (call?.state === "resend" ? [call] : []));
  return [
    // An account that was to be closed and took a deposit instead is another wish.
    ...wishing.map(({ impUid, isRevoking, stateSinceMs }) => ({
      name: `${impUid} ${isRevoking}`,
      sinceMs: stateSinceMs,
    })),
    ...waiting.map(({ sentAtMs }, index) => ({ name: `call ${index}`, sinceMs: sentAtMs })),
  ];
}

/** A receipt that differs from its goal. */
export function receiptWishesOf(order: Wishing): readonly Wish[] {
  const work = receiptWork(order);
  const { receipt } = order;
  return work === null
    ? []
    : [{ name: `receipt ${work} ${remainingOf(order)}`, sinceMs: receipt?.appliedAtMs ?? 0 }];
}

export const allWishesOf = (order: Wishing): readonly Wish[] => [
  ...wishesOf(order),
  ...receiptWishesOf(order),
];

/** Since when something waits to be carried out; of orders written before it was kept, since the newest of it. */
export const wishedSinceMs = (wishes: readonly Wish[], order: Wishing): number | null =>
  wishes.length === 0 ? null : (order.wishedAtMs ?? Math.max(...wishes.map(({ sinceMs }) => sinceMs)));
