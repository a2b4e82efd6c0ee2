// Cash receipts: issued over what is left of the payment, and cancelled.
import type { BodyOf } from "../../../../lib/client/index.ts";
import { html } from "../../html.ts";
import { choiceField, textField } from "../parts/field.ts";
import { moneyText } from "../parts/money.ts";
import { type Action, type Fields, filled, named } from "./action.ts";

const names = ["identifier", "identifier_type", "type", "product_type"] as const;

/** The doors check the words; what is no word of theirs is refused there, by name. */
const bodyOf = (fields: Fields) => filled(fields, names) as NonNullable<BodyOf<"receiptIssue">>;

export const receiptIssue: Action = {
  name: "receipt-issue",
  label: ({ actions }) => actions.receiptIssue.label,
  title: ({ actions }) => actions.receiptIssue.title,
  isOffered: ({ state, pay_method, remaining, receipt }) =>
    remaining > 0 &&
    (state === "paid" || state === "partially_refunded") &&
    (pay_method === "trans" || pay_method === "vbank") &&
    (receipt === null || receipt.state === "cancelled" || receipt.state === "refused"),
  form: (_, fields, { actions: { receiptIssue: told } }) =>
    html`<div class="fields">
      ${textField("identifier", told.identifier, {
        hint: told.identifierNote,
        value: fields["identifier"],
        isRequired: true,
      })}
      ${choiceField("identifier_type", told.identifierType, told.identifierTypes, { chosen: fields["identifier_type"] })}
      ${choiceField("type", told.type, told.types, { chosen: fields["type"] })}
      ${choiceField("product_type", told.productType, told.productTypes, { chosen: fields["product_type"] })}
    </div>`,
  ask: async ({ order, fields, words, client }) => {
    const { params } = named(order.merchant_uid);
    const asked = { ...params, query: { preview: true } };
    const { data } = await client.doors.POST("/orders/{merchant_uid}/receipt", {
      params: asked,
      body: bodyOf(fields),
    });
    const figures = data as { readonly amount: number; readonly tax_free: number; readonly vat: number };
    const text = (amount: number) => moneyText(amount, order.currency, words);
    const told = words.actions.receiptIssue;
    return {
      sentence: told.sentence(text(figures.amount)),
      more: [
        told.figures(text(figures.tax_free), text(figures.vat)),
        `${told.identifier}: ${fields["identifier"] ?? ""}`,
      ],
      button: told.button,
      fields: filled(fields, names) as Fields,
    };
  },
  perform: async ({ merchantUid, fields, words, client }) => {
    const done = await client.issueReceipt(merchantUid, bodyOf(fields));
    return words.actions.receiptIssue.done(moneyText(done.amount, "KRW", words));
  },
};

export const receiptCancel: Action = {
  name: "receipt-cancel",
  label: ({ actions }) => actions.receiptCancel.label,
  title: ({ actions }) => actions.receiptCancel.title,
  isOffered: ({ receipt }) => receipt?.state === "issued" && receipt.origin !== "window",
  ask: ({ order, words }) => {
    const told = words.actions.receiptCancel;
    return {
      sentence: told.sentence(moneyText(order.receipt?.amount ?? 0, order.currency, words)),
      more: [],
      button: told.button,
      fields: {},
    };
  },
  perform: async ({ merchantUid, words, client }) => {
    await client.doors.DELETE("/orders/{merchant_uid}/receipt", named(merchantUid));
    return words.actions.receiptCancel.done;
  },
};
