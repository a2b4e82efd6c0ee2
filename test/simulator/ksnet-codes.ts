// Card companies and banks by their three-digit code. The bank table is assumed for KSNET (no KSNET table
// is published); the file beside it says where each list comes from.
import { readFileSync } from "node:fs";
import type { CodeName } from "./state.ts";

interface Row {
  readonly code: string;
  readonly nameKo?: string;
  readonly nameEn: string;
}

interface CodeFile {
  readonly cards: { readonly list: readonly Row[] };
  readonly overseasCards: { readonly list: readonly Row[] };
  readonly banks: { readonly list: readonly Row[] };
  readonly payMethods: { readonly list: readonly string[]; readonly easyPay: readonly string[] };
}

const file = new URL("../contract/ksnet-codes.json", import.meta.url);
const codes = JSON.parse(readFileSync(file, "utf8")) as CodeFile;

const overseas = new Set(codes.overseasCards.list.map((row) => row.code));
const cards = [...codes.cards.list, ...codes.overseasCards.list];

export const payMethods: readonly string[] = codes.payMethods.list;

export const isEasyPay = (payMethod: string): boolean => codes.payMethods.easyPay.includes(payMethod);

/** The card company as a record names it ("신한카드"); null for an unknown code. */
export function findCard(code: string): CodeName | null {
  const row = cards.find((one) => one.code === code);
  if (!row) return null;
  return { code, name: row.nameKo === undefined ? row.nameEn : `${row.nameKo}카드` };
}

export const isOverseasCard = (code: string): boolean => overseas.has(code);

export function findBank(code: string): CodeName | null {
  const row = codes.banks.list.find((one) => one.code === code);
  return row ? { code, name: row.nameKo ?? row.nameEn } : null;
}
