// Deciding about an order that is in review.
import { mayBeAccepted } from "../../../build/review-reason-texts.ts";
import type { Order } from "../../api/told.ts";
import { html } from "../../html.ts";
import { choiceField, textField } from "../parts/field.ts";
import { moneyText } from "../parts/money.ts";
import { type Action, filled, named } from "./action.ts";

type Decision = "sync" | "accept" | "give_back" | "clear";

export interface Choice extends Action {
  /** As the doors and the documents call it. */
  readonly code: Decision;
}

const accountFields = ["refund_holder", "refund_bank", "refund_account"] as const;

const choice = (code: Decision, isOffered: Action["isOffered"]): Choice => ({
  code,
  name: `resolve-${code.replace("_", "-")}`,
  label: ({ actions }) => actions.resolve[code].label,
  title: ({ actions }) => actions.resolve[code].label,
  isOffered,
  form: (order, fields, words) => {
    const { resolve, note, refund } = words.actions;
    const asksAccount = code === "give_back" && order.pay_method === "vbank";
    return html`<div class="fields">
      ${code === "accept" && choiceField("imp_uid", resolve.payment, acceptable(order), { chosen: fields["imp_uid"] })}
      ${asksAccount && textField("refund_holder", refund.holder, { value: fields["refund_holder"] })}
      ${asksAccount && textField("refund_bank", refund.bank, { value: fields["refund_bank"] })}
      ${asksAccount && textField("refund_account", refund.account, { value: fields["refund_account"] })}
      ${textField("note", note, { value: fields["note"] })}
    </div>`;
  },
  ask: ({ order, fields, words }) => {
    const told = words.actions.resolve[code];
    const amount = amountOf(code, order, fields["imp_uid"] ?? "");
    const sentence =
      "ofAmount" in told && amount > 0
        ? told.ofAmount(moneyText(amount, order.currency, words))
        : told.sentence;
    const isLater = code === "accept" && order.review_reason === "foreign_channel";
    return {
      sentence,
      more: [
        ...(isLater ? [words.actions.resolve.onceOurs] : []),
        ...(fields["imp_uid"] ? [`${words.actions.resolve.payment}: ${fields["imp_uid"]}`] : []),
        ...(fields["note"] ? [`${words.actions.note}: ${fields["note"]}`] : []),
      ],
      button: told.label,
      fields: filled(fields, ["imp_uid", "note", ...accountFields]) as Readonly<Record<string, string>>,
    };
  },
  perform: async ({ merchantUid, fields, words, client }) => {
    const account = code === "give_back" ? filled(fields, accountFields) : {};
    const payment = code === "accept" ? filled(fields, ["imp_uid"]) : {};
    const body = { action: code, ...filled(fields, ["note"]), ...payment, ...account };
    await client.doors.POST("/orders/{merchant_uid}/resolve", { ...named(merchantUid), body });
    return words.actions.resolve.done;
  },
});

/** Money that came for the order and is not its own payment's. */
const othersOf = (order: Order): Order["attempts"] =>
  order.attempts.filter(({ imp_uid, state }) => imp_uid !== order.imp_uid && state === "paid");

/** Foreign payments are named in the history alone, behind the reason. */
function acceptable(order: Order): Readonly<Record<string, string>> {
  const noted = order.history.flatMap(({ reason }) => /^\w+:([A-Za-z0-9_-]+)$/.exec(reason ?? "")?.[1] ?? []);
  const kept = othersOf(order).map(({ imp_uid }) => imp_uid);
  return Object.fromEntries([...new Set([...kept, ...noted])].map((impUid) => [impUid, impUid]));
}

/** As far as the order knows it; 0 where it does not. */
function amountOf(code: Decision, order: Order, impUid: string): number {
  if (code === "clear") return order.remaining;
  const meant = othersOf(order).filter(({ imp_uid }) => code === "give_back" || imp_uid === impUid);
  return meant.reduce((total, { amount, cancel_amount }) => total + amount - cancel_amount, 0);
}

const isMarked: Action["isOffered"] = ({ review_reason }) => review_reason !== null;

export const reviewChoices: readonly Choice[] = [
  choice("sync", isMarked),
  choice("accept", ({ review_reason }) => review_reason !== null && mayBeAccepted(review_reason) !== "no"),
  choice("give_back", isMarked),
  choice("clear", isMarked),
];
