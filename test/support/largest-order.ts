// Orders as large as they become: to the first refund, and ever.
import { type CustomData, mostCustomDataBytes } from "../../lib/domain/custom-data.ts";
import { keptInSlot } from "../../lib/domain/operation.ts";
import { newAttempt, type Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import type { SalesSlip } from "../../lib/domain/payment-record.ts";
import {
  approvalBytes,
  longestSlipAddress,
  maskBytes,
  nameBytes,
  providerBytes,
  sentenceBytes,
  transactionBytes,
} from "../../lib/portone/words.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  paymentRecord,
  synced,
  untold,
  won,
} from "./orders.ts";

const longestNames = {
  merchantUid: `ord-${"x".repeat(36)}`,
  name: "가".repeat(40),
  buyerName: "홍".repeat(16),
  bodyHash: "h".repeat(43),
};
const mostData = { memo: "m".repeat(mostCustomDataBytes - '{"memo":""}'.length) };
const longest = createdOrder({ ...longestNames, customData: mostData });
const impUid = paymentRecord().impUid;
/** As KSNET's is. */
const slip = {
  cardName: "신한카드",
  cardNumber: "451842******0015",
  applyNum: "30012345",
  cardQuota: 3,
  receiptUrl: `https://pgims.ksnet.co.kr/pg_infoc/src/bill/credit_view.jsp?tr_no=${"7".repeat(12)}`,
  embPgProvider: null,
  pgTid: "173210000142",
};

/** One life to its first refund. */
function lifeOf(order: Order, slip: SalesSlip) {
  const told = { merchantUid: order.merchantUid, payMethod: order.payMethod, slip };
  const paid = synced(approvedOrder(order), [paymentRecord(told)]);
  const refunded = synced(paid, [cancelledRecord([cancelEntry("c-8f31d2", 20_000)], told)]);
  return { order, paid, refunded };
}
const life = lifeOf(longest, slip);
const { paid } = life;
/** Each word as long as it is let in. */
const longestSlip = {
  cardName: "가".repeat(nameBytes / 3),
  cardNumber: "4".repeat(maskBytes),
  applyNum: "3".repeat(approvalBytes),
  cardQuota: 12,
  receiptUrl: `https://${"r".repeat(longestSlipAddress - "https://".length)}`,
  embPgProvider: "k".repeat(providerBytes),
  pgTid: "1".repeat(transactionBytes),
};

/** The last letter of 16 bytes says two bits only. */
const refundIdOf = (letter: string, index: number): string => `rf_${letter.repeat(20)}${index}A`;

/** With the longest names. */
export const usualOrders: readonly Order[] = Object.values(life);

/** Those a receipt is issued for: no card paid them. */
const transferred = (customData: CustomData | null): readonly Order[] =>
  Object.values(
    lifeOf(createdOrder({ ...longestNames, customData, payMethod: "trans" }), {
      ...untold,
      pgTid: slip.pgTid,
    }),
  );
export const transferredOrders = transferred(null);
export const transferredWithData = transferred(mostData);

/** An account of the longest names, sealed by a key of KMS's: its own key as KMS wraps it, a nonce, the text with its tag. */
export const longestSealed = ["1", "i".repeat(8), "w".repeat(246), "n".repeat(16), "t".repeat(200)].join(".");

/**
 * Nine partial refunds, seven second payments given back, a refund and a receipt in flight, a full history; and whatever
 * is kept sealed.
 */
export function fullOrder(account: string | null = null, receiptRecipient: string | null = null): Order {
  const refund = (index: number) => ({
    cancellationId: `cancellation-${index}`,
    amount: won(1_000),
    atMs: createdAtMs + index,
    taxFree: won(100),
    refundId: refundIdOf("A", index),
  });
  const cancels = Array.from({ length: 9 }, (_, index) => refund(index));
  const attempts = paid.attempts.map((paying) => ({ ...paying, cancels, slip: longestSlip }));
  const others = Array.from({ length: 7 }, (_, index) => ({
    ...newAttempt(`imp_${index}12845061234`, longest, createdAtMs),
    state: "given_back" as const,
    giveBack: "done" as const,
    paidAtMs: createdAtMs,
    payMethod: "card",
    cancels: [{ ...refund(index), amount: longest.amount }],
  }));
  const claim = { claimToken: "c".repeat(22), sends: 2, sentAtMs: createdAtMs, sinceMs: createdAtMs };
  const receipt = {
    state: "issued" as const,
    type: "person" as const,
    identifierMasked: "010****5678",
    amount: won(100_000),
    taxFree: won(3_000),
    vat: won(8_818),
    receiptTid: "273210000001",
    applyNum: "123456789",
    receiptUrl: `https://iniweb.inicis.com/receipt/${"r".repeat(60)}`,
    appliedAtMs: createdAtMs,
    cancelledAtMs: null,
    askedAmount: null,
    restsUntilMs: null,
    readAtMs: createdAtMs,
    generation: 2,
    origin: "follow_through" as const,
  };
  let next = changeOrder(
    { ...paid, state: "partially_refunded" },
    {
      attempts: [...attempts, ...others],
      receipt,
      receiptRecipient,
      receiptOperation: {
        ...claim,
        id: "receipt_cancel-2",
        kind: "receipt_cancel",
        isFollowing: true,
        state: "unknown",
        draft: null,
      },
      cancel: {
        ...claim,
        id: refundIdOf("B", 0),
        kind: "refund",
        state: "unknown",
        impUid,
        amount: won(1_000),
        taxFree: won(0),
        checksum: won(100_000),
        tag: "#k7q2m5xwa",
        reason: "단순 변심".repeat(14),
        requester: "customer",
        bodyHash: "h".repeat(43),
        account,
        scheduledAtMs: null,
        closedBy: null,
        // After a no the account is gone.
        refused: account === null ? keptInSlot({ message: "가".repeat(sentenceBytes / 3) }) : null,
      },
      owedReads: Array.from({ length: 8 }, (_, index) => ({
        atMs: createdAtMs + index,
        impUid: `imp_${index}12845061234`,
      })),
      refusedRefunds: Array.from({ length: 4 }, (_, index) => refundIdOf("C", index)),
    },
    { by: "merchant", atMs: createdAtMs },
  );
  // Of foreign payments four are named.
  for (let line = 0; line < 8; line += 1)
    next = changeOrder(
      next,
      {},
      {
        by: "merchant",
        key: "shop-2026",
        atMs: createdAtMs,
        reason: line < 4 ? "payment_older_than_order:imp_730112845061" : "give_back",
        isNoted: true,
      },
    );
  return next;
}
