// Holds what is left of each payment against nothing: neither it nor its tax-free or its taxable part ever falls below,
// at PortOne, in the table, or in what the shop was told. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
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

/** Nobody knows how the console splits what it cancels; PortOne takes no tax-free part of an account's, so that the keys say it. */
function auditTaxes(payment: Payment, order: Item | undefined, items: readonly Item[]): readonly Finding[] {
  if (!order || payment.cancel_history.some(isByConsole)) return [];
  const paid = figureOr0(order["tax_free"]);
  const parts =
    payment.pay_method === "vbank"
      ? refundsIn(items)
          .filter(({ imp_uid, state }) => text(imp_uid) === payment.imp_uid && state === "succeeded")
          .map(({ amount, tax_free }) => ({ amount: figure(amount), taxFree: figureOr0(tax_free) }))
      : payment.cancel_history.map(({ amount, tax_free }) => ({ amount, taxFree: tax_free }));
  const taxFree = parts.reduce((sum, part) => sum + part.taxFree, 0);
  const taxable = parts.reduce((sum, part) => sum + part.amount - part.taxFree, 0);
  const exceeds = (what: string, sum: number, of: number) =>
    sum > of ? [found("over_refunded", payment.merchant_uid, `${sum} ${what} of ${of}`)] : [];
  return [...exceeds("free of tax", taxFree, paid), ...exceeds("taxable", taxable, payment.amount - paid)];
}
