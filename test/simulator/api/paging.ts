// A page of payments as PortOne's lists give it: `{total, previous, next, list}`, previous and next being
// page numbers, 0 when there is none.
import type { StoredPayment } from "../state.ts";
import { toWire } from "../wire.ts";
import { numberField } from "./fields.ts";

const defaultLimit = 20;
const mostLimit = 1000;

export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** Null when page or limit is out of range. */
export function readPageRequest(query: Readonly<Record<string, unknown>>): PageRequest | null {
  const page = numberField(query, "page") ?? 1;
  const limit = numberField(query, "limit") ?? defaultLimit;
  const isPossible = Number.isInteger(page) && page >= 1 && Number.isInteger(limit) && limit >= 1;
  return isPossible && limit <= mostLimit ? { page, limit } : null;
}

export const isBeyond = (total: number, { page, limit }: PageRequest): boolean =>
  page > 1 && (page - 1) * limit >= total;

export function toPage(payments: readonly StoredPayment[], { page, limit }: PageRequest) {
  const from = (page - 1) * limit;
  const hasNext = from + limit < payments.length;
  return {
    total: payments.length,
    previous: page - 1,
    next: hasNext ? page + 1 : 0,
    list: payments.slice(from, from + limit).map(toWire),
  };
}
