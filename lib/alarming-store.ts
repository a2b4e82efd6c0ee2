// Tells people, whoever made the write: a new mark on an order, or money that goes back by itself.

import { isHeldForGood } from "./domain/cancel.ts";
import { isNamedAs, isToBeTold } from "./domain/foreign-payment.ts";
import { isGiveBackHeldUp } from "./domain/give-back.ts";
import type { Order } from "./domain/order.ts";
import type { ReviewReason } from "./domain/review.ts";
import type { DeliveryStore } from "./ports/delivery.ts";
import type { Alarms } from "./ports/environment.ts";
import type { ExternalSaleStore, OrderStore } from "./ports/table.ts";

/** The store, with an alarm for every write that needs a person's eyes; one that may have landed is told as well. */
export const createAlarmingStore = (store: OrderStore, alarms: Alarms): OrderStore => ({
  read: (merchantUid, options) => store.read(merchantUid, options),
  create: (order) => store.create(order),
  update: async (previous, next, options) => {
    const raise = () => {
      if (isToBeTold(next) && next.reviewReason !== previous.reviewReason)
        alarms.raise(next.reviewReason, next);
      // One that another mark hides is no new mark.
      else if (isHeldForGood(next) && !isHeldForGood(previous)) alarms.raise("operation_unresolved", next);
      if (isNamedAs(next, "sandbox_payment") && !isNamedAs(previous, "sandbox_payment"))
        alarms.tellTestPayment(next);
      if (wishes(next) > wishes(previous)) alarms.raise("give_back", next, newsIn(previous, next));
      else if (isClaimed(previous, next)) alarms.raise("give_back", next);
      if (next.impUid !== previous.impUid) alarms.tellPaid();
      if (isGiveBackHeldUp(next) && !isGiveBackHeldUp(previous)) alarms.raise("give_back_held_up", next);
    };
    try {
      const { outcome, order } = await store.update(previous, next, options);
      if (outcome === "updated" || isNext(order, previous, next)) raise();
      return { outcome, order };
    } catch (error) {
      raise();
      throw error;
    }
  },
});

type Raising = Pick<Alarms, "raise">;

interface Marked {
  readonly merchantUid: string;
  readonly reviewReason: ReviewReason | null;
  readonly version: number;
}

/** Writes of what lies beside the orders, told like an order's; what stands there says which of two writes it was. */
async function alarmed<Result>(
  previous: Marked | null,
  next: Omit<Marked, "version">,
  writing: Promise<Result>,
  {
    standing,
    alarms,
  }: { readonly standing: (result: Result) => Promise<Marked | null>; readonly alarms: Raising },
): Promise<Result> {
  const { reviewReason } = next;
  if (reviewReason === null || reviewReason === previous?.reviewReason) return writing;
  try {
    const result = await writing;
    const stored = await standing(result);
    if (stored?.version === (previous?.version ?? 0) + 1 && stored.reviewReason === reviewReason)
      alarms.raise(reviewReason, next);
    return result;
  } catch (error) {
    alarms.raise(reviewReason, next);
    throw error;
  }
}

export const createAlarmingSaleStore = (store: ExternalSaleStore, alarms: Raising): ExternalSaleStore => ({
  readSale: (merchantUid) => store.readSale(merchantUid),
  writeSale: (previous, next) =>
    alarmed(previous, next, store.writeSale(previous, next), {
      standing: async ({ sale }) => sale,
      alarms,
    }),
});

export const createAlarmingDeliveryStore = (store: DeliveryStore, alarms: Raising): DeliveryStore => ({
  readDelivery: (merchantUid) => store.readDelivery(merchantUid),
  writeDelivery: (previous, next) =>
    alarmed(previous, next, store.writeDelivery(previous, next), {
      standing: () => store.readDelivery(next.merchantUid),
      alarms,
    }),
});

/** What stands there is what was to be written: a repeat inside the client met its own write. */
const isNext = (standing: Order, previous: Order, next: Order): boolean =>
  standing.version === previous.version + 1 &&
  standing.reviewReason === next.reviewReason &&
  wishes(standing) === wishes(next);

/** Told once more with the claim: whoever died with the wish just written told nobody. */
const isClaimed = (previous: Order, next: Order): boolean =>
  next.cancel?.kind === "give_back" && next.cancel.id !== previous.cancel?.id;

/** Why this write was made, where the history says so. */
function newsIn(previous: Order, next: Order): string | null {
  const last = next.history.at(-1);
  return last === previous.history.at(-1) ? null : (last?.reason ?? null);
}

const wishes = (order: Order): number =>
  order.attempts.filter(({ giveBack }) => giveBack === "wanted").length;
