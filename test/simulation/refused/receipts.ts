// What the checks must refuse of cash receipts that follow the money.

import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { cancelledRecord, createdAtMs, synced, won } from "../../support/orders.ts";
import { heldReceipt } from "../../support/receipt-doubles.ts";
import { type Case, dayMs, paid, put, type Stand, take } from "./stand.ts";

const stamp = { by: "merchant", atMs: createdAtMs } as const;

/** 109,000 won, all of it with a receipt, and 20,000 given back in the console since. */
function refundedAfterReceipt(all: Stand): Order {
  const impUid = take(all);
  const { applyNum } = all.portone.issueReceipt(impUid);
  const receipt = heldReceipt({ applyNum, taxFree: won(0) });
  const kept = changeOrder(paid(impUid), { receipt, receiptRecipient: "1.sealed" }, stamp);
  const record = all.portone.consoleCancel(impUid, won(20_000));
  if (!record) throw new Error("nothing to cancel");
  return synced(kept, [
    cancelledRecord(
      record.cancels.flatMap((entry) => entry as never),
      { impUid },
    ),
  ]);
}

export const wrongReceipts: readonly Case[] = [
  [
    "a receipt over money that went back",
    "receipt_wrong",
    (all) => {
      put(all, { ...refundedAfterReceipt(all), dueAtMs: createdAtMs });
      all.rest.atRest(all.owed);
    },
  ],
  [
    "an identifier kept where nothing is left",
    "receipt_wrong",
    (all) => {
      const impUid = take(all);
      const record = all.portone.consoleCancel(impUid, won(109_000));
      if (!record) throw new Error("nothing to cancel");
      const refunded = synced(paid(impUid), [cancelledRecord(record.cancels as never, { impUid })]);
      put(all, { ...refunded, receiptRecipient: "1.sealed", dueAtMs: createdAtMs + 180 * dayMs });
      all.rest.atRest(all.owed);
    },
  ],
  [
    "a receipt that differs and that nobody comes for",
    "not_in_time",
    (all) => {
      all.owed.wrote(paid(), { ...refundedAfterReceipt(all), dueAtMs: createdAtMs + dayMs });
    },
  ],
  [
    "a second read that nobody makes",
    "not_in_time",
    ({ owed }) => {
      const receipt = heldReceipt({ readAtMs: createdAtMs + dayMs });
      owed.wrote(paid(), { ...changeOrder(paid(), { receipt }, stamp), dueAtMs: null });
    },
  ],
  [
    "an identifier that nobody forgets",
    "not_in_time",
    ({ owed }) => {
      const receipt = heldReceipt();
      owed.wrote(paid(), {
        ...changeOrder(paid(), { receipt, receiptRecipient: "1.sealed" }, stamp),
        dueAtMs: null,
      });
    },
  ],
];
