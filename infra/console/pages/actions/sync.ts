// Looking at PortOne's record again.
import { moneyText } from "../parts/money.ts";
import type { Action } from "./action.ts";

export const sync: Action = {
  name: "sync",
  label: ({ actions }) => actions.sync.label,
  title: ({ actions }) => actions.sync.title,
  isOffered: () => true,
  ask: ({ order, words }) => {
    const told = words.actions.sync;
    const left = moneyText(order.remaining, order.currency, words);
    return { sentence: told.sentence, more: [told.money(left)], button: told.button, fields: {} };
  },
  perform: async ({ merchantUid, words, client }) => {
    await client.syncOrder(merchantUid);
    return words.actions.sync.done;
  },
};
