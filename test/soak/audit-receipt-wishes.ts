// Holds the cash receipts at PortOne against what the shop wanted in the end: one is live where money is left and one is
// wanted, none where none is, and a person was told wherever it could not be so. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import { type Wish, wishesOfOrders } from "./receipt-wishes.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
  isLive,
  numberOf,
  ordersIn,
  type Payment,
  type Receipt,
  remaining,
  text,
} from "./world.ts";

interface Facts {
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly answers: readonly Answer[];
}

export function auditReceiptWishes({ items, payments, receipts, answers }: Facts): readonly Finding[] {
  const wishes = wishesOfOrders(answers);
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  const ofOrder = Map.groupBy(receipts, ({ merchant_uid }) => merchant_uid);
  return ordersIn(items).flatMap((order) => {
    const merchantUid = numberOf(order);
    const payment = byImpUid.get(text(order["imp_uid"]));
    const own = ofOrder.get(merchantUid) ?? [];
    const wrong = payment?.cash_receipt_issued
      ? findWrongBesideWindow(order, payment, own)
      : findWrong(order, payment, own.filter(isLive), wishes.get(merchantUid) ?? "unwanted");
    return wrong === null ? [] : [found("receipt_wrong", merchantUid, wrong)];
  });
}

type Refusal = (payment: Payment, receipts: readonly Receipt[]) => boolean;

/** A person is called only where PortOne refuses, or a window's receipt is to be mended. */
export function auditReceiptMarks(
  { items, payments, receipts }: Omit<Facts, "answers">,
  refuses: Refusal,
): readonly Finding[] {
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  const ofOrder = Map.groupBy(receipts, ({ merchant_uid }) => merchant_uid);
  return ordersIn(items)
    .filter(isInReview)
    .filter((order) => {
      const payment = byImpUid.get(text(order["imp_uid"]));
      if (!payment) return true;
      return !payment.cash_receipt_issued && !refuses(payment, ofOrder.get(numberOf(order)) ?? []);
    })
    .map((order) => found("unresolved", numberOf(order), "a person was called, and PortOne refuses nothing"));
}

const isInReview = (order: Item): boolean => order["review_reason"] === "receipt_refused";

function findWrong(
  order: Item,
  payment: Payment | undefined,
  live: readonly Receipt[],
  wish: Wish,
): string | null {
  const left = payment === undefined ? 0 : remaining(payment);
  if (left === 0) return live.length > 0 ? "one is live, and nothing is left" : null;
  if (wish === "unwanted") return live.length > 0 ? "one is live, and nobody wants it" : null;
  const isMissing = wish === "wanted" && live.length === 0 && !isInReview(order);
  return isMissing ? "one is wanted, none is live, and nobody was told" : null;
}

/** A second one would be deducted twice, and nobody but a person can mend the first. */
function findWrongBesideWindow(
  order: Item,
  { cancel_amount: cancelled }: Payment,
  own: readonly Receipt[],
): string | null {
  if (own.length > 0) return "one was issued beside the window's";
  return cancelled > 0 && !isInReview(order)
    ? "money went back, and nobody was told of the window's receipt"
    : null;
}
