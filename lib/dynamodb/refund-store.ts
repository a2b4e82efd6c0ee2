// Finished refunds in the table: put once, never changed.

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Refund } from "../domain/refund.ts";
import type { RefundStore } from "../ports/table.ts";
import { decodeRefund, encodeRefund, refundKey } from "./refund-item.ts";
import { callTable } from "./table-client.ts";

export class DynamoRefundStore implements RefundStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async readRefund(merchantUid: string, refundId: string): Promise<Refund | null> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pk: { S: refundKey(merchantUid, refundId) } },
      ConsistentRead: true,
    });
    const { Item } = await callTable(() => this.#client.send(command));
    return Item ? decodeRefund(Item) : null;
  }

  async readRefunds(merchantUid: string, refundIds: readonly string[]): Promise<readonly Refund[]> {
    const refunds = await Promise.all(refundIds.map((refundId) => this.readRefund(merchantUid, refundId)));
    return refunds.flatMap((refund) => refund ?? []);
  }

  async keepRefund(refund: Refund): Promise<Refund> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: encodeRefund(refund),
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await callTable(() => this.#client.send(command));
      return refund;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return decodeRefund(error.Item);
    }
  }
}
