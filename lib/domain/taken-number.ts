// Another request under an order's number: which of the facts that are kept it contradicts. Names only, because the
// request may be somebody else's.
import type { Order } from "./order.ts";

const pointers = {
  amount: "/amount",
  taxFree: "/tax_free",
  currency: "/currency",
  name: "/name",
  payMethod: "/pay_method",
  buyerName: "/buyer_name",
  escrow: "/escrow",
  expiresAtMs: "/expires_at",
} as const;

/** What a request says of an order; what it leaves out, or leaves to us (null), it does not contradict. */
export type AskedFacts = Partial<{ readonly [Name in keyof typeof pointers]: Order[Name] | null }>;

/** The number is another order's, or one that can be used no more. */
export interface NumberTaken {
  readonly outcome: "exists";
  /** JSON pointer to what names it: empty for the body itself. */
  readonly at: string;
  /** JSON pointers from there; none when what differs is nothing that an order keeps. */
  readonly differing: readonly string[];
}

export const numberTaken = (order: Order, asked: AskedFacts, at = ""): NumberTaken => ({
  outcome: "exists",
  at,
  differing: Object.entries(pointers).flatMap(([name, pointer]) => {
    const wanted = asked[name as keyof AskedFacts] ?? null;
    return wanted === null || wanted === order[name as keyof AskedFacts] ? [] : [pointer];
  }),
});
