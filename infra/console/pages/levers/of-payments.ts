// The levers of windows and payments, as the page of levers and an order's own page show them.
import type { OpenWindow, Payment } from "../../api/simulator.ts";
import { html, type Markup, type Part } from "../../html.ts";
import { type Words, wordFor } from "../../words/words.ts";
import { badge, toneOf } from "../parts/badge.ts";
import { moneyText } from "../parts/money.ts";
import { leverButton } from "./button.ts";

interface Place {
  readonly words: Words;
  /** The page to come back to. */
  readonly back: string;
  /** Not on the order's own page, where it is the title. */
  readonly namesOrder: boolean;
}

const amountOf = (amount: number, currency: string, words: Words): string =>
  moneyText(amount, currency === "USD" ? "USD" : "KRW", words);

const card = (id: string, head: Part, levers: Part): Markup =>
  html`<li id=${id} class="lever-card">
    <p class="lever-head">${head}</p>
    <div class="levers">${levers}</div>
  </li>`;

const orderLink = (merchantUid: string): Markup =>
  html`<a class="number-link" href="/orders/${merchantUid}">${merchantUid}</a>`;

export function windowCards(windows: readonly OpenWindow[], { words, back, namesOrder }: Place): Markup {
  const { levers: told, methods } = words;
  const cards = windows.map(({ window, merchant_uid, name, amount, currency, pay_method, page }) => {
    const fields = { window };
    return card(
      `window-${window}`,
      [
        namesOrder && orderLink(merchant_uid),
        html`<span>${name}</span>`,
        html`<span>${wordFor(methods, pay_method)} ${amountOf(amount, currency, words)}</span>`,
      ],
      [
        leverButton("window-approve", window, told.approve, { back, fields, isPrimary: true }),
        leverButton("window-decline", window, told.decline, { back, fields }),
        leverButton("window-close", window, told.close, { back, fields }),
        html`<a class="button" href=${page} target="_blank" rel="noopener noreferrer">${told.openWindow}</a>`,
      ],
    );
  });
  return html`<ul class="lever-cards" role="list">${cards}</ul>`;
}

export function paymentCards(payments: readonly Payment[], { words, back, namesOrder }: Place): Markup {
  const { levers: told } = words;
  const cards = payments.map((payment) => {
    const { imp_uid, merchant_uid, status, pay_method, amount, cancel_amount, currency } = payment;
    const left = amount - cancel_amount;
    return card(
      `payment-${imp_uid}`,
      [
        namesOrder && orderLink(merchant_uid),
        html`<code>${imp_uid}</code>`,
        html`<span>${wordFor(words.methods, pay_method)} ${amountOf(left, currency, words)}</span>`,
        // PortOne has one word for all of it and a part.
        status === "cancelled" && left > 0
          ? badge("attention", told.partlyCancelled)
          : badge(toneOf(status), wordFor(told.statuses, status)),
      ],
      leversOf(payment, back, words),
    );
  });
  return html`<ul class="lever-cards" role="list">${cards}</ul>`;
}

/** What is left of a payment tells whether there is anything to cancel: PortOne's word is the same for a part. */
function leversOf(payment: Payment, back: string, words: Words): Part {
  const { imp_uid, status, amount, cancel_amount, currency, vbank_num } = payment;
  const { levers: told } = words;
  const fields = { imp_uid };
  const hasMoney = (status === "paid" || status === "cancelled") && amount > cancel_amount;
  const isAccount = status === "ready" && vbank_num !== null;
  const mayBeLate = status === "failed" || (status === "ready" && vbank_num === null);
  return [
    isAccount && leverButton("deposit", imp_uid, told.deposit, { back, fields, isPrimary: true }),
    mayBeLate && leverButton("approve-late", imp_uid, told.approveLate, { back, fields }),
    hasMoney &&
      leverButton("cancel", imp_uid, told.consoleCancel, {
        back,
        fields: { ...fields, currency },
        inputs: cancelInput(imp_uid, told.cancelAmount),
      }),
    leverButton("resend", imp_uid, told.resend, { back, fields }),
  ];
}

const cancelInput = (impUid: string, label: string): Markup =>
  html`<input
    id=${`cancel-amount-${impUid}`}
    name="amount"
    class="number"
    inputmode="decimal"
    autocomplete="off"
    aria-label=${label}
    placeholder=${label}
  />`;

/** Of the order, or of whichever comes next. */
export function nextLevers(merchantUid: string | null, back: string, { levers: told }: Words): Markup {
  const fields = merchantUid === null ? {} : { merchant_uid: merchantUid };
  return html`<div class="levers">
    ${leverButton("lose-notice", "next", told.loseNotice, { back, fields })}
    ${leverButton("double-notice", "next", told.doubleNotice, { back, fields })}
    ${leverButton("forge-amount", "next", told.forgeAmount, { back, fields })}
  </div>`;
}
