// Refunds, whole or in part. The key is made with the confirmation and stays in its form, so that a second press or a
// reload is the same refund.
import type { Currency, Order } from "../../api/told.ts";
import { html } from "../../html.ts";
import { textField } from "../parts/field.ts";
import { moneyText } from "../parts/money.ts";
import { kstText } from "../parts/time.ts";
import { type Action, filled } from "./action.ts";

const optional = ["tax_free", "reason", "refund_holder", "refund_bank", "refund_account"] as const;

export const refund: Action = {
  name: "refund",
  label: ({ actions }) => actions.refund.label,
  title: ({ actions }) => actions.refund.title,
  isOffered: ({ state, remaining }) => remaining > 0 && (state === "paid" || state === "partially_refunded"),
  form: (order, fields, words) => {
    const told = words.actions.refund;
    const left = moneyText(order.remaining, order.currency, words);
    return html`<div class="fields">
      ${textField("amount", told.amount, {
        hint: told.upTo(left),
        value: fields["amount"] ?? String(order.remaining),
        isRequired: true,
        isNumber: true,
      })}
      ${
        order.remaining_tax_free > 0 &&
        textField("tax_free", told.taxFree, {
          hint: told.taxFreeNote,
          value: fields["tax_free"],
          isNumber: true,
        })
      }
      ${textField("reason", told.reason, { value: fields["reason"] })}
      ${isByAccount(order) && textField("refund_holder", told.holder, { value: fields["refund_holder"] })}
      ${isByAccount(order) && textField("refund_bank", told.bank, { value: fields["refund_bank"] })}
      ${isByAccount(order) && textField("refund_account", told.account, { value: fields["refund_account"] })}
    </div>`;
  },
  ask: ({ order, fields, words, newKey }) => {
    const told = words.actions.refund;
    const { currency, remaining } = order;
    const amount = readAmount(fields["amount"] ?? "", currency);
    const taxFree = fields["tax_free"] ? readAmount(fields["tax_free"], currency) : undefined;
    if (amount === null || amount === 0 || taxFree === null) return { wrong: told.notAmount };
    if (amount > remaining) return { wrong: told.tooMuch(moneyText(remaining, currency, words)) };
    const text = moneyText(amount, currency, words);
    return {
      sentence: told.sentence(text),
      more: [
        ...(fields["reason"] ? [`${told.reason}: ${fields["reason"]}`] : []),
        ...(taxFree === undefined ? [] : [`${told.taxFree}: ${moneyText(taxFree, currency, words)}`]),
        told.left(moneyText(remaining - amount, currency, words)),
        words.actions.willNotRepeat,
      ],
      button: told.button(text),
      fields: {
        ...filled(fields, optional),
        ...(taxFree === undefined ? {} : { tax_free: String(taxFree) }),
        amount: String(amount),
        currency,
        key: newKey(),
      },
    };
  },
  perform: async ({ merchantUid, fields, words, client }) => {
    const { key = "", amount = "" } = fields;
    const body = { amount, requester: "admin" as const, ...filled(fields, optional) };
    const done = await client.refund(merchantUid, key, body);
    const told = words.actions.refund;
    const text = moneyText(done.amount, fields["currency"] === "USD" ? "USD" : "KRW", words);
    return done.scheduled_at !== null && done.state === "scheduled"
      ? told.scheduled(text, kstText(Date.parse(done.scheduled_at)))
      : told.done(text);
  },
};

const isByAccount = (order: Order): boolean => order.pay_method === "vbank";

/** As people write it: `20,000` or `20000원`. Null where it is no amount of the currency. */
export function readAmount(text: string, currency: Currency): number | null {
  const digits = text.replaceAll(/[\s,원₩$]/g, "");
  const pattern = currency === "USD" ? /^\d{1,9}(\.\d{1,2})?$/ : /^\d{1,9}$/;
  return pattern.test(digits) ? Number(digits) : null;
}
