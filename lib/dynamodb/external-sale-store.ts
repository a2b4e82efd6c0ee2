// Cash receipts of sales outside PortOne, one item each, every change conditional on the version.
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { doubtOfSale } from "../domain/doubt.ts";
import type { ExternalSale, ExternalSaleStore } from "../ports/table.ts";
import { decodeClimb, encodeClimb, encodeDoubt } from "./climb-item.ts";
import { type Item, number, present, readNumber, readOptionalText, schema, text } from "./item.ts";
import { saleKey } from "./keys.ts";
import {
  decodeReceipt,
  decodeReceiptOperation,
  encodeReceipt,
  encodeReceiptOperation,
} from "./receipt-item.ts";
import { onVersion, readItem, type TableAccess, whoStandsThere } from "./versioned-item.ts";

export const createExternalSaleStore = (access: TableAccess): ExternalSaleStore => ({
  async readSale(merchantUid) {
    const item = await readItem(access, text(saleKey(merchantUid)));
    return item && decodeSale(merchantUid, item);
  },

  async writeSale(previous, next) {
    const sale = { ...next, version: (previous?.version ?? 0) + 1 };
    const command = new PutItemCommand({
      TableName: access.table,
      Item: encodeSale(sale),
      ...onVersion(previous?.version ?? 0),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    const standing = await whoStandsThere(access, text(saleKey(next.merchantUid)), () =>
      access.client.send(command),
    );
    return standing
      ? { outcome: "conflict", sale: decodeSale(next.merchantUid, standing) }
      : { outcome: "updated", sale };
  },
});

const encodeSale = (sale: ExternalSale): Item => ({
  pk: text(saleKey(sale.merchantUid)),
  ...schema,
  version: number(sale.version),
  ...present(sale.slot.receipt, (receipt) => ({ receipt: { M: encodeReceipt(receipt) } })),
  ...present(sale.slot.operation, (operation) => ({
    receipt_operation: { M: encodeReceiptOperation(operation) },
  })),
  ...present(sale.slot.recipient, (sealed) => ({ receipt_to: text(sealed) })),
  ...encodeClimb(sale),
  ...encodeDoubt(sale.merchantUid, doubtOfSale(sale)),
});

export function decodeSale(merchantUid: string, item: Item): ExternalSale {
  const receipt = item["receipt"]?.M ? decodeReceipt(item["receipt"].M) : null;
  const operation = item["receipt_operation"]?.M ?? null;
  return {
    merchantUid,
    slot: {
      receipt,
      operation: operation && decodeReceiptOperation(operation, receipt),
      recipient: readOptionalText(item, "receipt_to"),
    },
    ...decodeClimb(item),
    version: readNumber(item, "version"),
  };
}
