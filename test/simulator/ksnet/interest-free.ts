// R-KS-25: whether the shop bears the interest of instalments. Facts: KSNET's page and warnings: eight card
// companies, never an easy pay, by contract, and only for the months the shop's call allows. What does not
// qualify is silently an ordinary instalment.
import type { ContractName } from "../contracts.ts";
import { takesInterestFree } from "../ksnet-codes.ts";
import { isTrue, objectOf, type RequestPay } from "../request-pay.ts";

export interface Instalments {
  readonly payMethod: string;
  readonly embPgProvider: string | null;
  readonly cardCode: string;
  /** Months; 0 is one sum. */
  readonly quota: number;
}

export function isInterestFree(
  requestPay: RequestPay,
  { payMethod, embPgProvider, cardCode, quota }: Instalments,
  contracts: readonly ContractName[],
): boolean {
  if (!isTrue(requestPay["useFreeInterestFromMall"]) || !contracts.includes("interest_free")) return false;
  if (payMethod !== "card" || embPgProvider !== null || quota < 2) return false;
  return takesInterestFree(cardCode) && quota <= mostMonths(requestPay, cardCode);
}

/** Without a window the shop's word is a flag, and there are no months to allow. */
export const isChargeInterestFree = (
  isAsked: boolean,
  { cardCode, quota }: Pick<Instalments, "cardCode" | "quota">,
  contracts: readonly ContractName[],
): boolean => isAsked && contracts.includes("interest_free") && quota >= 2 && takesInterestFree(cardCode);

function mostMonths(requestPay: RequestPay, cardCode: string): number {
  const detail: unknown = objectOf(requestPay, "card")["detail"];
  const rows = Array.isArray(detail) ? (detail as readonly RequestPay[]) : [];
  const row =
    rows.find((one) => one["card_code"] === cardCode) ?? rows.find((one) => one["card_code"] === "*");
  const most = row?.["max_month"];
  return typeof most === "number" ? most : 0;
}
