// Holds whom a receipt is made out to against its secrecy: sealed beside its order while one may have to be issued again,
// and gone once none can be. Imports nothing of the product. Pure.
import { isSealed } from "./audit-sealed.ts";
import { type Finding, found } from "./findings.ts";
import { refundsEndMs } from "./receipt-debts.ts";
import { wishesOfOrders } from "./receipt-wishes.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
  isLive,
  numberOf,
  numberOfSale,
  ordersIn,
  type Payment,
  type Receipt,
  remaining,
  salesIn,
  text,
} from "./world.ts";

interface Facts {
  readonly nowMs: number;
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly answers: readonly Answer[];
}

const dayMs = 24 * 3_600_000;

/** At rest. */
export function auditReceiptSeals({ nowMs, items, payments, receipts, answers }: Facts): readonly Finding[] {
  const wishes = wishesOfOrders(answers);
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  const live = new Set(receipts.filter(isLive).map(({ merchant_uid }) => merchant_uid));
  const ofOrders = ordersIn(items).flatMap((order) => {
    const merchantUid = numberOf(order);
    const payment = byImpUid.get(text(order["imp_uid"]));
    const endMs = refundsEndMs((payment?.paid_at ?? 0) * 1000);
    const isOver = !payment || remaining(payment) === 0 || nowMs > endMs + dayMs;
    const isNeeded = !isOver && live.has(merchantUid) && nowMs < endMs - dayMs;
    const seal = order["receipt_to"];
    if (seal === undefined)
      return isNeeded && wishes.get(merchantUid) === "wanted"
        ? [found("identifier_lost", merchantUid, "its receipt could not follow the money")]
        : [];
    if (!isSealed(text(seal))) return [found("identifier_kept", merchantUid, "is not sealed")];
    const isWanted = wishes.has(merchantUid) && wishes.get(merchantUid) !== "unwanted";
    return isOver || !isWanted
      ? [found("identifier_kept", merchantUid, "kept, and no receipt can be issued any more")]
      : [];
  });
  const ofSales = salesIn(items)
    .filter((sale) => sale["receipt_to"] !== undefined)
    .map((sale) =>
      found("identifier_kept", numberOfSale(sale), "kept beside a sale, whose money never moves"),
    );
  return [...ofOrders, ...ofSales];
}
