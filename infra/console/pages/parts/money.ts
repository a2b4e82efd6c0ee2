// Amounts as people read them.

import type { Currency } from "../../api/told.ts";
import { html, type Markup } from "../../html.ts";
import type { Words } from "../../words/words.ts";

const grouped = (amount: number, decimals: number): string =>
  amount.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export function moneyText(amount: number, currency: Currency, { language }: Words): string {
  if (currency === "USD") return `$${grouped(amount, 2)}`;
  return language === "ko" ? `${grouped(amount, 0)}원` : `₩${grouped(amount, 0)}`;
}

export const money = (amount: number, currency: Currency, words: Words): Markup =>
  html`<span class="money">${moneyText(amount, currency, words)}</span>`;
