// Holds the cash receipts at PortOne against the orders they were issued for: at most one is live, it is what the order
// says, made out for what is left of the payment, with its tax reckoned right. Imports nothing of the product. Pure.
import { taxFreeParts } from "./audit-left.ts";
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  fields,
  figureOr0,
  isLive,
  numberOf,
  ordersByNumber,
  ordersIn,
  type Payment,
  type Receipt,
  remaining,
  saidOf,
  vatOf,
} from "./world.ts";

export function auditReceipts(
  items: readonly Item[],
  payments: readonly Payment[],
  receipts: readonly Receipt[],
): readonly Finding[] {
  const orders = ordersByNumber(items);
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  const live = receipts.filter(isLive);
  return [
    ...live.flatMap((receipt) => {
      const order = orders.get(receipt.merchant_uid);
      const payment = byImpUid.get(receipt.imp_uid ?? "");
      return [...auditLive(receipt, order, payment), ...auditTax(receipt, order, payment, items)];
    }),
    ...[...Map.groupBy(live, ({ imp_uid }) => imp_uid)]
      .filter(([, ofOne]) => ofOne.length > 1)
      .map(([impUid, [first]]) =>
        found("receipt_wrong", first?.merchant_uid ?? "", `several live of ${impUid}`),
      ),
    ...ordersIn(items)
      .filter((order) => fields(order["receipt"])["state"] === "issued")
      .filter((order) => !live.some(({ merchant_uid }) => merchant_uid === numberOf(order)))
      .map((order) => found("receipt_wrong", numberOf(order), "issued here, and none is live at PortOne")),
  ];
}

function auditLive(
  receipt: Receipt,
  order: Item | undefined,
  payment: Payment | undefined,
): readonly Finding[] {
  const { merchant_uid: merchantUid, apply_num: number, amount, tax_free: taxFree, vat } = receipt;
  const wrong = (detail: string) => [found("receipt_wrong", merchantUid, `${number} ${detail}`)];
  const said = saidOf(order);
  if (said.state !== "issued") return wrong(`is live, and ${said.state ?? "nothing"} here`);
  if (said.number !== number) return wrong(`is live, and here it is ${said.number}`);
  const isSame = said.amount === amount && said.taxFree === taxFree && said.vat === vat;
  if (!isSame) return wrong(`says ${amount}, ${taxFree} free of tax, ${vat} tax, and the order another`);
  if (vat !== vatOf(receipt)) return wrong(`says ${vat} tax of ${amount - taxFree}`);
  if (!payment || order?.["imp_uid"] !== payment.imp_uid) return wrong("is of another payment");
  return amount === remaining(payment) ? [] : wrong(`says ${amount}, and ${remaining(payment)} is left`);
}

/** Free of tax is what the order is, less what went back of it, and no more than is left at all. */
function auditTax(
  { merchant_uid: merchantUid, tax_free: taxFree }: Receipt,
  order: Item | undefined,
  payment: Payment | undefined,
  items: readonly Item[],
): readonly Finding[] {
  if (!order || !payment) return [];
  const parts = payment.cancel_history.map(taxFreeParts(payment, items));
  const left = figureOr0(order["tax_free"]) - parts.reduce((sum, part) => sum + part, 0);
  const due = Math.max(0, Math.min(left, remaining(payment)));
  return taxFree === due
    ? []
    : [found("receipt_wrong", merchantUid, `says ${taxFree} free of tax, and ${due} is left of it`)];
}
