// Holds each refund, by its figures and its tax-free part, against its entry at PortOne: the item kept under its key,
// the cancel on the order's attempt, and the share that was due of what was left. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  attemptsOf,
  type CancelEntry,
  figure,
  figureOr0,
  numberOf,
  ordersIn,
  type Payment,
  refundsIn,
  tagOf,
  text,
} from "./world.ts";

/** `named`: the tax-free parts that a shop named, by the tags of their keys. */
export function auditRefundFigures(
  items: readonly Item[],
  payments: readonly Payment[],
  named: ReadonlyMap<string, number>,
): readonly Finding[] {
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  return [
    ...refundsIn(items).flatMap((refund) => auditRefund(refund, byImpUid.get(text(refund["imp_uid"])))),
    ...ordersIn(items).flatMap((order) => [
      ...auditCancels(order, refundsIn(items), byImpUid),
      ...auditShares(order, byImpUid.get(text(order["imp_uid"])), named),
    ]),
  ];
}

/** KSNET takes no tax-free part for a virtual account. */
const tellsTax = ({ pay_method }: Payment): boolean => pay_method !== "vbank";

function auditRefund(refund: Item, payment: Payment | undefined): readonly Finding[] {
  if (refund["state"] !== "succeeded") return [];
  const differs = (detail: string) => [
    found("refund_differs", text(refund["merchant_uid"]), `${refund["refund_id"]} ${detail}`),
  ];
  const entry = payment?.cancel_history.find(({ cancellation_id: id }) => id === refund["cancellation_id"]);
  if (!payment || !entry) return differs("has no entry at PortOne");
  const amount = figure(refund["amount"]);
  if (amount !== entry.amount) return differs(`gave back ${amount}, PortOne: ${entry.amount}`);
  const tag = tagOf(entry);
  if (tag !== null && tag !== refund["tag"]) return differs(`is ${refund["tag"]}, PortOne: ${tag}`);
  const taxFree = figureOr0(refund["tax_free"]);
  return tellsTax(payment) && taxFree !== entry.tax_free
    ? differs(`gave back ${taxFree} free of tax, PortOne: ${entry.tax_free}`)
    : [];
}

/** The order counts each cancel as PortOne made it, and names the refund that made it. */
function auditCancels(
  order: Item,
  refunds: readonly Item[],
  payments: ReadonlyMap<string, Payment>,
): readonly Finding[] {
  const merchantUid = numberOf(order);
  const makers = new Map(refunds.map((refund) => [refund["cancellation_id"], text(refund["refund_id"])]));
  return attemptsOf(order).flatMap(({ imp_uid, cancels }) => {
    const payment = payments.get(imp_uid);
    const entries = new Map(payment?.cancel_history.map((entry) => [entry.cancellation_id, entry]));
    return cancels.flatMap(({ id, amount, tax_free, refund }) => {
      const entry = entries.get(id);
      // A cancel PortOne does not know is found where the cancels are compared.
      if (!payment || !entry) return [];
      const differs = (detail: string) => [found("refund_differs", merchantUid, `cancel ${id} ${detail}`)];
      if (amount !== entry.amount) return differs(`counts ${amount}, PortOne: ${entry.amount}`);
      if (refund !== (makers.get(id) ?? ""))
        return differs(`is ${refund || "nobody's"}, and ${makers.get(id)}`);
      const isOurs = refund !== "" && tellsTax(payment);
      return isOurs && tax_free !== entry.tax_free
        ? differs(`counts ${tax_free} free of tax, PortOne: ${entry.tax_free}`)
        : [];
    });
  });
}

/** Each refund takes what was named, else its share of what was left, the last one all of it. */
function auditShares(
  order: Item,
  payment: Payment | undefined,
  named: ReadonlyMap<string, number>,
): readonly Finding[] {
  if (!payment || !tellsTax(payment)) return [];
  let left = { amount: payment.amount, taxFree: figureOr0(order["tax_free"]) };
  for (const entry of payment.cancel_history) {
    // What the console cancels is split by whoever sits there.
    const tag = tagOf(entry);
    if (tag === null) return [];
    const due = named.get(tag) ?? shareOf(entry, left);
    if (entry.tax_free !== due)
      return [
        found(
          "refund_differs",
          numberOf(order),
          `${entry.tax_free} of ${entry.amount} free of tax, not ${due}`,
        ),
      ];
    left = { amount: left.amount - entry.amount, taxFree: left.taxFree - due };
  }
  return [];
}

const shareOf = (
  { amount }: CancelEntry,
  left: { readonly amount: number; readonly taxFree: number },
): number => (amount === left.amount ? left.taxFree : Math.floor((amount * left.taxFree) / left.amount));
