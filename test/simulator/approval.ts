// What the PG tells about an approval, per pay method: card company, bank, numbers, sales slip. Facts:
// the example records per method; R-KS-13, 24, 28, 29. Card and account numbers are made up and masked.

import { allowedQuota, hasReceiptUrl, hidesCard, isReceiptNumber } from "./ksnet/silent-rules.ts";
import { findBank, findCard, isEasyPay, isOverseasCard } from "./ksnet-codes.ts";
import { parseVbankDue } from "./kst.ts";
import type { Approval } from "./payment.ts";
import { type RequestPay, textOf } from "./request-pay.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredAccount, StoredCard, StoredPayment } from "./state.ts";

/** What the buyer picked in the window. */
export interface Choice {
  readonly payMethod?: string | undefined;
  readonly cardCode?: string | undefined;
  readonly cardQuota?: number | undefined;
  readonly embPgProvider?: string | undefined;
  /** True, or the number typed for the receipt. */
  readonly cashReceipt?: boolean | string | undefined;
}

const shinhan = "366";
const visaOverseas = "10005";
const kookminBank = "004";
const shinhanBank = "088";
const merchantName = "(주)샘플상점";
const defaultDueMs = 3 * 86_400_000;

export const payMethodOf = (payment: StoredPayment, choice: Choice): string =>
  choice.payMethod ?? payment.payMethod;

/** Why the PG would decline this choice, in its words; null when it would not. */
export function findDecline(payment: StoredPayment, choice: Choice): string | null {
  if (payment.currency !== "USD" || choice.cardCode === undefined) return null;
  return isOverseasCard(choice.cardCode) ? null : "해외발급 카드만 사용할 수 있습니다.";
}

export function newApproval(simulator: Simulator, payment: StoredPayment, choice: Choice): Approval {
  const payMethod = payMethodOf(payment, choice);
  const embPgProvider = choice.embPgProvider ?? (isEasyPay(payMethod) ? payMethod : null);
  const isCardLike = payMethod === "card" || isEasyPay(payMethod);
  const cardCode = choice.cardCode ?? (payment.currency === "USD" ? visaOverseas : shinhan);
  const showsCard = isCardLike && !hidesCard(embPgProvider);
  const pgTid = simulator.nextId("pgTid");
  return {
    payMethod,
    embPgProvider,
    pgTid,
    applyNum: isCardLike ? simulator.nextId("applyNum") : null,
    bank: payMethod === "trans" ? findBank(kookminBank) : null,
    card: showsCard ? newCard(cardCode) : null,
    cardQuota: isCardLike ? allowedQuota(choice.cardQuota ?? 0, payment.amount, cardCode) : 0,
    receiptUrl: hasReceiptUrl(payMethod) ? `https://receipt.example/ksnet/${pgTid}` : null,
    cashReceiptIssued: payMethod === "trans" && issuesReceipt(choice.cashReceipt),
  };
}

export function newAccount(simulator: Simulator, requestPay: RequestPay, choice: Choice): StoredAccount {
  const nowMs = simulator.clock.nowMs();
  const due = textOf(requestPay, "vbank_due");
  const dueAtMs = (due === null ? null : parseVbankDue(due)) ?? nowMs + defaultDueMs;
  const bank = findBank(shinhanBank) ?? { code: shinhanBank, name: shinhanBank };
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
