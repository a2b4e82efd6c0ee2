// The protocol under every call that changes something at PortOne: rules, login, claim, send, record. A claim is a
// conditional write that counts the send before it is made; whoever finds its own claim in the order has won, whatever
// the write was answered, because its first answer may have been lost. Only the winner sends, once.
import type { Operation } from "../domain/operation.ts";
import type { Actor, Order, Stamp } from "../domain/order.ts";
import type { Call, Clock, Pause } from "../ports/environment.ts";
import type { OrderStore } from "../ports/table.ts";

/** A call's own limit and the writes after it. */
const sendNeedsMs = 14_000;

/** Enough of the invocation is left to send and to write down what came back; otherwise nothing is claimed. */
export const hasTimeToSend = ({ timeLeftMs }: Call): boolean => timeLeftMs() >= sendNeedsMs;

/** Who makes this invocation's changes, as of now. */
export const stampOf = (by: Actor, { key }: Pick<Call, "key">, clock: Clock): Stamp => ({
  by,
  atMs: clock.nowMs(),
  key,
});

/** The one comparison of claims: the operation is the one this invocation claimed. */
export const isOurs = (operation: Operation | null, claimToken: string): boolean =>
  operation?.claimToken === claimToken;

export interface Claimed {
  readonly isOurs: boolean;
  /** As it stands in the table. */
  readonly order: Order;
}

/** Writes the claim over the order it was decided on. */
export async function claimOnOrder(
  order: Order,
  claimed: Order,
  claimToken: string,
  store: OrderStore,
): Promise<Claimed> {
  const written = await store.update(order, claimed);
  const { cancel, charge, receiptOperation } = written.order;
  const slots = [cancel, charge, receiptOperation];
  return { isOurs: slots.some((slot) => isOurs(slot, claimToken)), order: written.order };
}

const mostRounds = 5;

export type BoundedWrite =
  /** `order` as it stands now; nothing is written when the change is none. */
  | { readonly outcome: "written"; readonly order: Order }
  /** The change is not possible on what stands there. */
  | { readonly outcome: "impossible"; readonly order: Order }
  /** Others were faster, five times. */
  | { readonly outcome: "busy"; readonly order: Order };

/** Writes a change, again on the newest version when somebody wrote in between, a bounded number of times. */
export async function writeChange(
  order: Order,
  change: (order: Order) => Order | null,
  store: OrderStore,
): Promise<BoundedWrite> {
  let newest = order;
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = change(newest);
    if (next === null) return { outcome: "impossible", order: newest };
    if (next === newest) return { outcome: "written", order: newest };
    const written = await store.update(newest, next);
    newest = written.order;
    if (written.outcome === "updated") return { outcome: "written", order: newest };
  }
  return { outcome: "busy", order: newest };
}

const waitMs = 5_000;
const lookEveryMs = 250;

/** Turns of waiting for whoever holds a claim, 5 s in all; between two turns the caller looks. */
export async function* turnsOfWaiting(pause: Pause): AsyncGenerator<undefined> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += lookEveryMs) {
    await pause(lookEveryMs);
    yield;
  }
}
