// Taking an order back before it is paid.
import { moneyText } from "../parts/money.ts";
import { type Action, named } from "./action.ts";

const voidable: readonly string[] = ["created", "failed", "expired", "awaiting_deposit"];

export const voidOrder: Action = {
  name: "void",
  label: ({ actions }) => actions.void.label,
  title: ({ actions }) => actions.void.title,
  isOffered: ({ state }) => voidable.includes(state),
  ask: ({ order, words }) => {
    const told = words.actions.void;
    const amount = moneyText(order.amount, order.currency, words);
    return { sentence: told.sentence(amount), more: [told.note], button: told.button, fields: {} };
  },
  perform: async ({ merchantUid, words, client }) => {
    await client.doors.POST("/orders/{merchant_uid}/void", named(merchantUid));
    return words.actions.void.done;
  },
};
