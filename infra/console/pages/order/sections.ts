// The parts of an order's page, one a subject.
import type { Delivery, Order, Refund } from "../../api/told.ts";
import { html, type Markup, type Part } from "../../html.ts";
import { type Words, wordFor } from "../../words/words.ts";
import { badge, toneOf } from "../parts/badge.ts";
import { facts } from "../parts/facts.ts";
import { money, moneyText } from "../parts/money.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { time } from "../parts/time.ts";

const code = (text: string | null): Part => text !== null && html`<code>${text}</code>`;
const at = (text: string | null): Part => text !== null && time(text);

export function moneySummary(order: Order, words: Words): Markup {
  const { summary, amount, refunded, remaining, taxFree } = words.order;
  const figure = (label: string, value: number, free: number, isStrong = false) =>
    html`<div class=${isStrong ? "figure strong" : "figure"}>
      <dt>${label}</dt>
      <dd>${money(value, order.currency, words)}</dd>
      <dd class="aside">${taxFree} ${moneyText(free, order.currency, words)}</dd>
    </div>`;
  return html`<dl class="figures" aria-label=${summary}>
    ${figure(amount, order.amount, order.tax_free)}
    ${figure(refunded, order.cancel_amount, order.cancel_tax_free)}
    ${figure(remaining, order.remaining, order.remaining_tax_free, true)}
  </dl>`;
}

export function detailsSection(order: Order, words: Words): Markup {
  const { order: told } = words;
  const data = order.custom_data;
  const link = (merchantUid: string | null) =>
    merchantUid !== null && html`<a href="/orders/${merchantUid}">${merchantUid}</a>`;
  return section(
    "details",
    told.details,
    facts([
      [told.name, order.name],
      [told.buyer, order.buyer_name],
      [told.method, wordFor(words.methods, order.pay_method)],
      [told.escrow, order.escrow ? words.yes : null],
      [told.createdAt, time(order.created_at)],
      [told.paidAt, at(order.paid_at)],
      [told.expiresAt, order.state === "created" && time(order.expires_at)],
      [told.replaces, link(order.replaces)],
      [told.supersededBy, link(order.superseded_by)],
      [told.customData, code(typeof data === "string" || data === null ? data : JSON.stringify(data))],
    ]),
  );
}

export function paymentSection(order: Order, words: Words): Part {
  if (order.imp_uid === null) return null;
  const { order: told } = words;
  const card = [order.card_name, order.card_number].filter((part) => part !== null).join(" ");
  return section(
    "payment",
    told.payment,
    facts([
      [told.impUid, code(order.imp_uid)],
      [told.card, card],
      [told.method, order.emb_pg_provider && wordFor(words.methods, order.emb_pg_provider)],
      [
        told.instalments,
        order.card_name !== null && order.card_quota !== null && told.months(order.card_quota),
      ],
      [told.approvalNumber, order.apply_num],
      [told.pgTid, code(order.pg_tid)],
      ["", slipLink(order.receipt_url, told.slip)],
    ]),
  );
}

/** Only what a browser opens as a page; the text is PortOne's and could be anything. */
const slipLink = (url: string | null, label: string): Part =>
  url !== null &&
  /^https?:\/\//.test(url) &&
  html`<a href=${url} target="_blank" rel="noreferrer noopener">${label}</a>`;

export function accountSection({ vbank }: Order, { order: told }: Words): Part {
  if (vbank === null) return null;
  return section(
    "account",
    told.account,
    facts([
      [told.bank, vbank.vbank_name],
      [told.accountNumber, vbank.vbank_num],
      [told.holder, vbank.vbank_holder],
      [told.due, time(vbank.vbank_due_at)],
    ]),
  );
}

export function attemptsSection({ attempts, currency }: Order, words: Words): Markup {
  const { order: told, attemptStates, giveBacks } = words;
  const columns = [
    { label: told.impUid },
    { label: told.state },
    { label: words.orders.amount, isNumber: true },
    { label: told.refunded, isNumber: true },
    { label: told.at, isNumber: true },
  ] as const;
  const rows = attempts.map((attempt) => ({
    id: `attempt-${attempt.imp_uid}`,
    cells: [
      html`<code>${attempt.imp_uid}</code>`,
      html`<span class="badges"
        >${badge(toneOf(attempt.state), attemptStates[attempt.state])}
        ${attempt.give_back !== null && badge("attention", `${told.giveBack}: ${giveBacks[attempt.give_back]}`)}</span
      >`,
      money(attempt.amount, currency, words),
      money(attempt.cancel_amount, currency, words),
      time(attempt.at),
    ],
  }));
  return section(
    "attempts",
    told.attempts,
    rows.length === 0 ? nothing(told.noAttempts) : table(told.attempts, columns, rows),
  );
}

export function refundsSection(refunds: readonly Refund[], { currency }: Order, words: Words): Markup {
  const { order: told, refundStates, origins } = words;
  const columns = [
    { label: words.orders.amount },
    { label: told.state },
    { label: told.origin },
    { label: told.reason },
    { label: told.at, isNumber: true },
  ] as const;
  const rows = refunds.map((refund) => ({
    id: `refund-${refund.refund_id}`,
    cells: [
      money(refund.amount, currency, words),
      badge(toneOf(refund.state), refundStates[refund.state]),
      origins[refund.origin],
      refund.provider_message ?? refund.reason ?? "–",
      time(refund.completed_at ?? refund.scheduled_at ?? refund.requested_at),
    ],
  }));
  return section(
    "refunds",
    told.refunds,
    rows.length === 0 ? nothing(told.noRefunds) : table(told.refunds, columns, rows),
  );
}

export function receiptSection({ receipt, currency }: Order, words: Words): Markup {
  const { order: told } = words;
  if (receipt === null) return section("receipt", told.receipt, nothing(told.noReceipt));
  return section(
    "receipt",
    told.receipt,
    facts([
      [told.state, badge(toneOf(receipt.state), words.receiptStates[receipt.state])],
      [told.todo, receipt.todo !== null && words.receiptTodos[receipt.todo]],
      [words.orders.amount, money(receipt.amount, currency, words)],
      [words.order.taxFree, moneyText(receipt.tax_free, currency, words)],
      [told.vat, moneyText(receipt.vat, currency, words)],
      [told.identifier, receipt.identifier_masked],
      [told.approvalNumber, receipt.apply_num],
      [told.origin, words.origins[receipt.origin]],
      ["", slipLink(receipt.receipt_url, told.slip)],
    ]),
  );
}

export function deliverySection(delivery: Delivery | null, { escrow }: Order, words: Words): Part {
  if (!escrow) return null;
  const { order: told } = words;
  if (delivery === null) return section("delivery", told.delivery, nothing(told.noDelivery));
  return section(
    "delivery",
    told.delivery,
    facts([
      [told.state, badge(toneOf(delivery.state), words.deliveryStates[delivery.state])],
      [told.company, delivery.company],
      [told.invoice, delivery.invoice],
      [told.sentAt, time(delivery.sent_at)],
    ]),
  );
}
