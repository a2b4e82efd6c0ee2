// Holds what the shop is shown of each order's receipt, at rest, against PortOne's: the live one as it is, and nothing to
// be done about any but what a person was told. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import { callsWithoutWord, wishesOfOrders } from "./receipt-wishes.ts";
import type { Item } from "./table.ts";
import { type Answer, isLive, type Json, ordersByNumber, type Payment, type Receipt, text } from "./world.ts";

export interface Shown {
  readonly merchantUid: string;
  /** 404 where there is none. */
  readonly status: number;
  readonly json: Json;
}

interface Facts {
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly answers: readonly Answer[];
}

export function auditReceiptsShown(
  shown: readonly Shown[],
  { items, payments, receipts, answers }: Facts,
): readonly Finding[] {
  const live = new Map(receipts.filter(isLive).map((receipt) => [receipt.merchant_uid, receipt]));
  const orders = ordersByNumber(items);
  const byImpUid = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  const wishes = wishesOfOrders(answers);
  return shown.flatMap(({ merchantUid, status, json }) => {
    const receipt = live.get(merchantUid);
    const wrong = (detail: string) => [found("told_wrong", merchantUid, detail)];
    const payment = byImpUid.get(text(orders.get(merchantUid)?.["imp_uid"]));
    if (payment?.cash_receipt_issued) {
      const due = payment.cancel_amount > 0 ? "hand" : null;
      const isRight = json["origin"] === "window" && json["todo"] === due;
      return isRight ? [] : wrong(`shown ${json["origin"]}, ${json["todo"]} to be done about the window's`);
    }
    const isForHand = orders.get(merchantUid)?.["review_reason"] === "receipt_refused" && !receipt;
    if (status === 404) return receipt ? wrong("shown no receipt, and one is live") : [];
    if (status !== 200) return wrong(`shown ${status}`);
    const isUnwanted = wishes.get(merchantUid) === "unwanted";
    const due = isForHand && !isUnwanted ? [null, "hand"] : [null];
    if (!due.includes(json["todo"] as string | null))
      return wrong(`shown that ${json["todo"]} is to be done`);
    if (!receipt) return json["state"] === "issued" ? wrong("shown one as issued, and none is live") : [];
    const isSame = ["apply_num", "amount", "tax_free", "vat"].every(
      (name) => json[name] === receipt[name as keyof Receipt],
    );
    return json["state"] === "issued" && isSame ? [] : wrong("shown another receipt than the live one");
  });
}

/** Whoever asks on in good weather hears in the end what came of it. */
export const auditReceiptWords = (answers: readonly Answer[]): readonly Finding[] =>
  [...callsWithoutWord(answers).values()].map(({ method, path, status }) =>
    found(
      "told_wrong",
      path.split("/").find((part) => /\d/.test(part)) ?? path,
      `${method}: ${status} to the end`,
    ),
  );
