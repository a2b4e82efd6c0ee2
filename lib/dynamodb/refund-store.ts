// Finished refunds in the table: put once, never changed.
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Refund } from "../domain/refund.ts";
import type { RefundStore } from "../ports/table.ts";
import { text } from "./item.ts";
import { refundKey } from "./keys.ts";
import { decodeRefund, encodeRefund } from "./refund-item.ts";
import { readItem, type TableAccess, whoStandsThere } from "./versioned-item.ts";

export function createRefundStore(access: TableAccess): RefundStore {
  async function readRefund(merchantUid: string, refundId: string): Promise<Refund | null> {
    const item = await readItem(access, text(refundKey(merchantUid, refundId)));
    return item && decodeRefund(item);
  }

  return {
    readRefund,

    async readRefunds(merchantUid, refundIds) {
      const refunds = await Promise.all(refundIds.map((refundId) => readRefund(merchantUid, refundId)));
      return refunds.flatMap((refund) => refund ?? []);
    },

    async keepRefund(refund) {
      const command = new PutItemCommand({
        TableName: access.table,
        Item: encodeRefund(refund),
        ConditionExpression: "attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      const standing = await whoStandsThere(
        access,
        text(refundKey(refund.merchantUid, refund.refundId)),
        () => access.client.send(command),
      );
      return standing ? decodeRefund(standing) : refund;
    },
  };
}
