// Cash receipts of sales outside PortOne, one item each, every change conditional on the version.

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { ExternalSale, ExternalSaleStore, SaleUpdateResult } from "../ports/table.ts";
import { type Item, number, present, readNumber, readOptionalNumber, readText, text } from "./item.ts";
import { shardOf } from "./order-item.ts";
import {
  decodeReceipt,
  decodeReceiptOperation,
  encodeReceipt,
  encodeReceiptOperation,
} from "./receipt-item.ts";
import { callTable } from "./table-client.ts";

export const saleKeyPrefix = "external-receipt#";

export class DynamoExternalSaleStore implements ExternalSaleStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async readSale(merchantUid: string): Promise<ExternalSale | null> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pk: { S: `${saleKeyPrefix}${merchantUid}` } },
      ConsistentRead: true,
    });
    const { Item } = await callTable(() => this.#client.send(command));
    return Item ? decodeSale(Item) : null;
  }

  async writeSale(
    previous: ExternalSale | null,
    next: Omit<ExternalSale, "version">,
  ): Promise<SaleUpdateResult> {
    const sale = { ...next, version: (previous?.version ?? 0) + 1 };
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: encodeSale(sale),
      ...(previous
        ? {
            ConditionExpression: "#version = :expected",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":expected": number(previous.version) },
          }
        : { ConditionExpression: "attribute_not_exists(pk)" }),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await callTable(() => this.#client.send(command));
      return { outcome: "updated", sale };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return { outcome: "conflict", sale: decodeSale(error.Item) };
    }
  }
}

const encodeSale = (sale: ExternalSale): Item => ({
  pk: text(`${saleKeyPrefix}${sale.merchantUid}`),
  version: number(sale.version),
  looks: number(sale.looks),
  ...present(sale.book.receipt, (receipt) => ({ receipt: { M: encodeReceipt(receipt) } })),
  ...present(sale.book.operation, (operation) => ({
    receipt_operation: { M: encodeReceiptOperation(operation) },
  })),
  ...present(sale.dueAtMs, (atMs) => ({
    due_at: number(atMs),
    due_shard: text(String(shardOf(sale.merchantUid))),
  })),
});

const decodeSale = (item: Item): ExternalSale => ({
  merchantUid: readText(item, "pk").slice(saleKeyPrefix.length),
  book: {
    receipt: item["receipt"]?.M ? decodeReceipt(item["receipt"].M) : null,
    operation: item["receipt_operation"]?.M ? decodeReceiptOperation(item["receipt_operation"].M) : null,
  },
  dueAtMs: readOptionalNumber(item, "due_at"),
  looks: readNumber(item, "looks"),
  version: readNumber(item, "version"),
});
