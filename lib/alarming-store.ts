// Tells people, whoever made the write: a new mark on an order, or money that goes back by itself.

import type { Order } from "./domain/order.ts";
import type { Alarms } from "./ports/environment.ts";
import type { OrderStore } from "./ports/table.ts";

/** The store, with an alarm for every write that needs a person's eyes. */
export const createAlarmingStore = (store: OrderStore, alarms: Alarms): OrderStore => ({
  read: (merchantUid, options) => store.read(merchantUid, options),
  create: (order) => store.create(order),
  update: async (previous, next, options) => {
    const written = await store.update(previous, next, options);
    if (written.outcome === "updated") {
      if (next.reviewReason !== null && next.reviewReason !== previous.reviewReason)
        alarms.raise(next.reviewReason, next);
      if (wishes(next) > wishes(previous)) alarms.raise("give_back", next);
    }
    return written;
  },
});

const wishes = (order: Order): number =>
  order.attempts.filter(({ giveBack }) => giveBack === "wanted").length;
