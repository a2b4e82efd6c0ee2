// Card companies and banks by their three-digit code. The bank table is assumed for KSNET (no KSNET table
// is published); the file beside it says where each list comes from.
import codesFile from "../contract/ksnet-codes.json" with { type: "json" };
import type { CodeName } from "./state.ts";

interface Row {
  readonly code: string;
  readonly nameKo?: string;
  readonly nameEn: string;
  readonly ksnet?: {
    readonly directMobileNeedsBuyerTelAndTcode: boolean;
    readonly directNeedsStoreNameAndBizNo: boolean;
    readonly directNeedsBypassUrl: boolean;
    readonly directForbidsInstallmentList: boolean;
    readonly merchantInterestFreeSettable: boolean;
  };
}

interface CodeFile {
  readonly cards: { readonly list: readonly Row[] };
  readonly overseasCards: { readonly list: readonly Row[] };
  readonly couriers: { readonly list: readonly Row[] };
  readonly banks: { readonly list: readonly Row[] };
  readonly payMethods: { readonly list: readonly string[]; readonly easyPay: readonly string[] };
}

const codes: CodeFile = codesFile;

const overseas = new Set(codes.overseasCards.list.map((row) => row.code));
const cards = [...codes.cards.list, ...codes.overseasCards.list];

const couriers = new Set(codes.couriers.list.map((row) => row.code));
export const isCourier = (code: string): boolean => couriers.has(code);

const nameOf = (row: Row): string => row.nameKo ?? row.nameEn;
const cardNameOf = (row: Row): string => (row.nameKo === undefined ? row.nameEn : `${row.nameKo}카드`);

export const listCards = (): readonly CodeName[] =>
  codes.cards.list.map((row) => ({ code: row.code, name: cardNameOf(row) }));

export const listOverseasCards = (): readonly CodeName[] =>
  codes.overseasCards.list.map((row) => ({ code: row.code, name: cardNameOf(row) }));

export const listBanks = (): readonly CodeName[] =>
  codes.banks.list.map((row) => ({ code: row.code, name: nameOf(row) }));

export const payMethods: readonly string[] = codes.payMethods.list;

export const easyPayMethods: readonly string[] = codes.payMethods.easyPay;

export const isEasyPay = (payMethod: string): boolean => codes.payMethods.easyPay.includes(payMethod);

/** What a direct call of a card company must bring along, or must not. */
export interface DirectNeeds {
  readonly mobileBuyerTelAndCarrier: boolean;
  readonly storeNameAndNumber: boolean;
  readonly siteUrl: boolean;
  readonly forbidsInstalmentList: boolean;
}

/** Null for a card company that cannot be called directly. */
export function directNeedsOf(code: string): DirectNeeds | null {
  const flags = codes.cards.list.find((one) => one.code === code)?.ksnet;
  if (!flags) return null;
  return {
    mobileBuyerTelAndCarrier: flags.directMobileNeedsBuyerTelAndTcode,
    storeNameAndNumber: flags.directNeedsStoreNameAndBizNo,
    siteUrl: flags.directNeedsBypassUrl,
    forbidsInstalmentList: flags.directForbidsInstallmentList,
  };
}

/** Whether a shop may bear the interest of this card company's instalments. */
export const takesInterestFree = (code: string): boolean =>
  codes.cards.list.find((one) => one.code === code)?.ksnet?.merchantInterestFreeSettable === true;

/** The card company as a record names it ("신한카드"); null for an unknown code. */
export function findCard(code: string): CodeName | null {
  const row = cards.find((one) => one.code === code);
  return row ? { code, name: cardNameOf(row) } : null;
}

export const isOverseasCard = (code: string): boolean => overseas.has(code);

export function findBank(code: string): CodeName | null {
  const row = codes.banks.list.find((one) => one.code === code);
  return row ? { code, name: nameOf(row) } : null;
}
