// What the PG tells about an approval, per pay method: card company, bank, numbers, sales slip. Facts:
// the example records per method; R-KS-13, 24, 28, 29. Card and account numbers are made up and masked.

import { isChargeInterestFree, isInterestFree } from "./ksnet/interest-free.ts";
import { allowedQuota, hasReceiptUrl, hidesCard, isReceiptNumber } from "./ksnet/silent-rules.ts";
import { findBank, findCard, isEasyPay } from "./ksnet-codes.ts";
import { parseVbankDue } from "./kst.ts";
import type { Approval } from "./payment.ts";
import { type RequestPay, textOf } from "./request-pay.ts";
import type { Settings } from "./settings.ts";
import type { Simulator } from "./simulator.ts";
import type { CodeName, StoredAccount, StoredCard, StoredPayment } from "./state.ts";

/** What the buyer picked in the window. */
export interface Choice {
  readonly payMethod?: string | undefined;
  readonly cardCode?: string | undefined;
  readonly cardQuota?: number | undefined;
  readonly embPgProvider?: string | undefined;
  readonly bankCode?: string | undefined;
  /** True, or the number typed for the receipt. */
  readonly cashReceipt?: boolean | string | undefined;
}

const shinhan = "366";
const visaOverseas = "10005";
/** Shinhan for won, Visa from abroad for dollars. */
export const usualCardOf = (currency: string): string => (currency === "USD" ? visaOverseas : shinhan);
/** Kookmin to pay from, Shinhan to pay to. */
export const usualBanks = { trans: "004", vbank: "088" } as const;
export const merchantName = "(주)샘플상점";
const defaultDueMs = 3 * 86_400_000;

export const underReview = "카드사 심사가 완료되지 않아 결제할 수 없습니다.";

/** How the record names an easy pay that was picked inside the card window is not documented, hence a switch. */
export function payMethodOf(payment: StoredPayment, choice: Choice, { switches }: Settings): string {
  const { embPgProvider } = choice;
  const isSwitched = payment.payMethod === "card" && switches.card_window_easy_pay === "easy_pay";
  const easyPay =
    isSwitched && embPgProvider !== undefined && isEasyPay(embPgProvider) ? embPgProvider : undefined;
  return choice.payMethod ?? easyPay ?? payment.payMethod;
}

/** Why the PG would decline this choice, in its words; null when it would not. */
export function findDecline(payment: StoredPayment, choice: Choice, settings: Settings): string | null {
  // R-KS-37: a new shop's card companies start one by one.
  const isUnderReview =
    payMethodOf(payment, choice, settings) === "card" &&
    settings.cards_under_review.includes(choice.cardCode ?? shinhan);
  return isUnderReview ? underReview : null;
}

/** `requestPay` is null for an approval without a window. */
export function newApproval(
  simulator: Simulator,
  payment: StoredPayment,
  choice: Choice,
  requestPay: RequestPay | null,
): Approval {
  const { settings } = simulator;
  const { contracts } = settings;
  const payMethod = payMethodOf(payment, choice, settings);
  const embPgProvider = choice.embPgProvider ?? (isEasyPay(payMethod) ? payMethod : null);
  const isCardLike = payMethod === "card" || isEasyPay(payMethod);
  const cardCode = choice.cardCode ?? usualCardOf(payment.currency);
  const showsCard = isCardLike && !hidesCard(embPgProvider);
  const pgTid = simulator.nextId("pgTid");
  // R-KS-38: the window shows months without their contract, too, and one sum is what comes of them.
  const quota = isCardLike && contracts.includes("instalments") ? (choice.cardQuota ?? 0) : 0;
  const instalments = { payMethod, embPgProvider, cardCode, quota };
  return {
    payMethod,
    embPgProvider,
    pgTid,
    applyNum: isCardLike ? simulator.nextId("applyNum") : null,
    bank: payMethod === "trans" ? findBank(choice.bankCode ?? usualBanks.trans) : null,
    card: showsCard ? newCard(cardCode) : null,
    cardQuota: quota,
    interestFree: requestPay !== null && isInterestFree(requestPay, instalments, contracts),
    receiptUrl: hasReceiptUrl(payMethod) ? `https://receipt.example/ksnet/${pgTid}` : null,
    cashReceiptIssued: payMethod === "trans" && issuesReceipt(choice.cashReceipt),
  };
}

/** The approval of a card that was charged without a window. */
export function chargeApproval(
  simulator: Simulator,
  payment: StoredPayment,
  { code, name, number, type }: StoredCard,
  asked: { readonly quota: number; readonly interestFree: boolean },
): Approval {
  const quota = allowedQuota(asked.quota, payment.amount, code);
  const pgTid = simulator.nextId("pgTid");
  return {
    payMethod: payment.payMethod,
    embPgProvider: null,
    pgTid,
    applyNum: simulator.nextId("applyNum"),
    bank: null,
    card: { code, name, number, type },
    cardQuota: quota,
    interestFree: isChargeInterestFree(
      asked.interestFree,
      { cardCode: code, quota },
      simulator.settings.contracts,
    ),
    receiptUrl: `https://receipt.example/ksnet/${pgTid}`,
    cashReceiptIssued: false,
  };
}

/** An account asked for by API. R-KS-22: the holder is the shop, whatever was asked for. */
export function newApiAccount(simulator: Simulator, bank: CodeName, dueAtMs: number): StoredAccount {
  const number = simulator.nextId("vbankNum");
  const issuedAtMs = simulator.clock.nowMs();
  return { ...bank, number, holder: merchantName, dueAtMs, issuedAtMs, wantsReceipt: false };
}

export function newAccount(simulator: Simulator, requestPay: RequestPay, choice: Choice): StoredAccount {
  const nowMs = simulator.clock.nowMs();
  const due = textOf(requestPay, "vbank_due");
  const dueAtMs = (due === null ? null : parseVbankDue(due)) ?? nowMs + defaultDueMs;
  const code = choice.bankCode ?? usualBanks.vbank;
  const bank = findBank(code) ?? { code, name: code };
  const number = simulator.nextId("vbankNum");
  // R-KS-22: the holder is the shop, whatever was asked for.
  const wantsReceipt = issuesReceipt(choice.cashReceipt);
  return { ...bank, number, holder: merchantName, dueAtMs, issuedAtMs: nowMs, wantsReceipt };
}

function newCard(code: string): StoredCard | null {
  const company = findCard(code);
  return company && { ...company, number: "451842******0015", type: 0 };
}

function issuesReceipt(cashReceipt: boolean | string | undefined): boolean {
  return typeof cashReceipt === "string" ? isReceiptNumber(cashReceipt) : cashReceipt === true;
}
