// Holds what is left of each payment against nothing: neither it nor its tax-free or its taxable part ever falls below,
// at PortOne, in the table, or in what the shop was told. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
  type CancelEntry,
  figure,
  figureOr0,
  isByConsole,
  numberOf,
  ordersByNumber,
  ordersIn,
  type Payment,
  refundsIn,
  text,
} from "./world.ts";

interface Facts {
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly answers: readonly Answer[];
}

export const auditLeft = ({ items, payments, answers }: Facts): readonly Finding[] => [
  ...auditOrdersLeft(items),
  ...payments.flatMap((payment) =>
    auditTaxes(payment, ordersByNumber(items).get(payment.merchant_uid), items),
  ),
  ...answers
    .filter(({ json }) => Number(json["remaining"]) < 0 || Number(json["remaining_tax_free"]) < 0)
    .map(({ path, json }) =>
      found("over_refunded", path.split("/")[2] ?? path, `told that ${json["remaining"]} is left`),
    ),
];

/** Whenever the table is read. */
export const auditOrdersLeft = (items: readonly Item[]): readonly Finding[] =>
  ordersIn(items)
    .filter((order) => figureOr0(order["cancel_amount"]) > figure(order["amount"]))
    .map((order) => found("over_refunded", numberOf(order), `counts ${order["cancel_amount"]} given back`));

/** What the console cancels counts as taxable, as PortOne's desk cancels it; PortOne takes no tax-free part of an account's, so that its keys say it. */
function auditTaxes(payment: Payment, order: Item | undefined, items: readonly Item[]): readonly Finding[] {
  if (!order || isUntoldWhole(payment, order)) return [];
  const taxFreeOf = taxFreeParts(payment, items);
  let taxFree = taxFreePaid(payment, order);
  let taxable = payment.amount - taxFree;
  return payment.cancel_history.flatMap((entry) => {
    const part = { taxFree: taxFreeOf(entry), taxable: entry.amount - taxFreeOf(entry) };
    const exceeds = (what: string, of: number, left: number) =>
      of > Math.max(0, left) && !isByConsole(entry)
        ? [found("over_refunded", payment.merchant_uid, `${of} ${what}, of ${left} left`)]
        : [];
    const findings = [
      ...exceeds("free of tax", part.taxFree, taxFree),
      ...exceeds("taxable", part.taxable, taxable),
    ];
    taxFree -= part.taxFree;
    taxable -= part.taxable;
    return findings;
  });
}

const isAsAsked = ({ amount }: Payment, order: Item): boolean => amount === figure(order["amount"]);

/** The payment's own part, whatever its order's is. Of an account PortOne knows none; paid as asked for, it is the order's. */
const taxFreePaid = (payment: Payment, order: Item): number =>
  payment.pay_method === "vbank" && isAsAsked(payment, order)
    ? figureOr0(order["tax_free"])
    : payment.tax_free;

/** V1 tells no split of a payment of another amount. All of it undone at once, nothing is left to split, and nothing is to be said. */
function isUntoldWhole(payment: Payment, order: Item): boolean {
  const [entry, ...more] = payment.cancel_history;
  if (isAsAsked(payment, order) || !entry || more.length > 0) return false;
  return entry.amount === payment.amount && entry.tax_free === 0;
}

/** What of each cancel of the payment was free of tax. */
export function taxFreeParts(
  { pay_method: payMethod }: Payment,
  items: readonly Item[],
): (entry: CancelEntry) => number {
  const keys = new Map(refundsIn(items).map((refund) => [text(refund["cancellation_id"]), refund]));
  return ({ cancellation_id: id, tax_free }) =>
    payMethod === "vbank" ? figureOr0(keys.get(id)?.["tax_free"]) : tax_free;
}
