// What the payment window offers its buyer: the page shows it, and the doors take nothing else. Facts: KSNET's page
// of the V1 SDK: `card.detail` hides card companies, `card.direct` fixes one, `display.card_quota` lists months,
// `sndQpayType` "1" shows easy pay; R-KS-23, R-KS-24. The banks are assumed: KSNET publishes no table of them.
import { usualCardOf } from "./approval.ts";
import { hidesCard, leastQuotaAmount } from "./ksnet/silent-rules.ts";
import { easyPayMethods, isEasyPay, listBanks, listCards, listOverseasCards } from "./ksnet-codes.ts";
import { currencyOf, numberOf, objectOf, type RequestPay, textOf } from "./request-pay.ts";
import type { CodeName } from "./state.ts";
import type { Switches } from "./switches.ts";
import type { ChoiceFields } from "./window-choice.ts";

export interface Offer {
  /** The one the shop opened the window for, and the easy pays inside a card window. */
  readonly payMethods: readonly string[];
  readonly easyPays: readonly string[];
  readonly cards: readonly CodeName[];
  readonly wantsCard: boolean;
  /** The one that is picked already; null where no card is picked. */
  readonly usualCard: string | null;
  readonly monthsOf: (cardCode: string | null) => readonly number[];
  readonly banks: readonly CodeName[];
  readonly takesCashReceipt: boolean;
}

export interface NotOffered {
  readonly field: keyof ChoiceFields;
  readonly offered: readonly (string | number)[];
}

const usualMonths = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const mostMonths = 60;
/** R-QUOTA-4: their months are their own, whatever the shop lists. */
const withOwnMonths = ["payco", "ssgpay"];

export function offerOf(requestPay: RequestPay, switches: Switches): Offer {
  const payMethod = textOf(requestPay, "pay_method") ?? "card";
  const easyPays = payMethod === "card" && showsEasyPay(requestPay) ? easyPayMethods : [];
  const picksCard = payMethod === "card" || (isEasyPay(payMethod) && !hidesCard(payMethod));
  const cards = picksCard ? offeredCards(requestPay) : [];
  const isCash = payMethod === "trans" || payMethod === "vbank";
  const takesMonths = payMethod === "card" || isEasyPay(payMethod);
  const months = takesMonths ? listedMonths(requestPay, payMethod, switches) : [];
  const amount = numberOf(requestPay, "amount") ?? 0;
  const usual = cards.find(({ code }) => code === usualCardOf(currencyOf(requestPay))) ?? cards[0];
  return {
    payMethods: [payMethod, ...easyPays],
    easyPays: isEasyPay(payMethod) ? [payMethod] : easyPays,
    cards,
    wantsCard: payMethod === "card",
    usualCard: usual?.code ?? null,
    monthsOf: (cardCode) => (amount >= leastQuotaAmount(cardCode) ? [0, ...months] : [0]),
    banks: isCash ? listBanks() : [],
    takesCashReceipt: isCash,
  };
}

/** The first field of the choice that the window does not have, or not with this value; null when there is none. */
export function findNotOffered(offer: Offer, choice: ChoiceFields): NotOffered | null {
  const { pay_method, card_code, card_quota, emb_pg_provider, bank_code } = choice;
  // The shop has hidden every card company.
  if (offer.wantsCard && offer.usualCard === null && emb_pg_provider === undefined)
    return { field: "card_code", offered: [] };
  const rows: readonly [keyof ChoiceFields, string | number | undefined, readonly (string | number)[]][] = [
    ["pay_method", pay_method, offer.payMethods],
    ["card_code", card_code, codesOf(offer.cards)],
    ["card_quota", card_quota, offer.monthsOf(card_code ?? offer.usualCard)],
    ["emb_pg_provider", emb_pg_provider, offer.easyPays],
    ["bank_code", bank_code, codesOf(offer.banks)],
  ];
  const row = rows.find(([, value, offered]) => value !== undefined && !offered.includes(value));
  if (row) return { field: row[0], offered: row[2] };
  return findReceiptNotOffered(offer, choice);
}

function findReceiptNotOffered(offer: Offer, choice: ChoiceFields): NotOffered | null {
  const { cash_receipt: receipt, cash_receipt_type: type } = choice;
  if (!offer.takesCashReceipt) {
    if (type !== undefined) return { field: "cash_receipt_type", offered: [] };
    return receipt === undefined ? null : { field: "cash_receipt", offered: [] };
  }
  if (type === undefined) return null;
  const isAsked = receipt !== undefined && receipt !== false;
  return isAsked === (type !== "none")
    ? null
    : { field: "cash_receipt", offered: [type === "none" ? "nothing" : "a number"] };
}

const codesOf = (rows: readonly CodeName[]): readonly string[] => rows.map(({ code }) => code);

const showsEasyPay = (requestPay: RequestPay): boolean =>
  objectOf(objectOf(requestPay, "bypass"), "ksnet")["sndQpayType"] === "1";

function offeredCards(requestPay: RequestPay): readonly CodeName[] {
  // R-KS-23: other money than won is for cards issued abroad.
  if (currencyOf(requestPay) !== "KRW") return listOverseasCards();
  const card = objectOf(requestPay, "card");
  const direct = textOf(objectOf(card, "direct"), "code");
  return [...listCards(), ...listOverseasCards()].filter(({ code }) =>
    direct === null ? isShown(card, code) : code === direct,
  );
}

/** A row for the card company itself beats the one for all of them. */
function isShown(card: RequestPay, code: string): boolean {
  const detail = card["detail"];
  const rows = Array.isArray(detail) ? (detail as readonly RequestPay[]) : [];
  const row = rows.find((one) => one["card_code"] === code) ?? rows.find((one) => one["card_code"] === "*");
  return row?.["enabled"] !== false;
}

/** Whether a list names its months or the most of them is told differently; both have one sum beside them. */
function listedMonths(requestPay: RequestPay, payMethod: string, switches: Switches): readonly number[] {
  if (currencyOf(requestPay) !== "KRW") return [];
  const listed: unknown = objectOf(requestPay, "display")["card_quota"];
  if (!Array.isArray(listed) || withOwnMonths.includes(payMethod)) return usualMonths;
  const months = [...new Set(listed.map(Number))]
    .filter((month) => Number.isInteger(month) && month >= 2 && month <= mostMonths)
    .sort((a, b) => a - b);
  if (switches.card_quota_means === "exactly") return months;
  return Array.from({ length: Math.max(1, ...months) - 1 }, (_, index) => index + 2);
}
