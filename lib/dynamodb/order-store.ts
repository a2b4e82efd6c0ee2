// Orders in the table: strongly consistent reads, and writes that only the version they were decided on
// can win.

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Order } from "../domain/order.ts";
import type { CallOptions } from "../ports/environment.ts";
import type { CreateResult, OrderStore, UpdateResult } from "../ports/table.ts";
import { conditionalUpdate } from "./conditional-update.ts";
import { decodeOrder, encodeOrder, orderKey } from "./order-item.ts";
import { callTable } from "./table-client.ts";

export class DynamoOrderStore implements OrderStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(merchantUid: string, { signal }: CallOptions = {}): Promise<Order | null> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pk: { S: orderKey(merchantUid) } },
      ConsistentRead: true,
    });
    const { Item } = await callTable(() => this.#client.send(command, abortBy(signal)));
    return Item ? decodeOrder(Item) : null;
  }

  async create(order: Order): Promise<CreateResult> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: encodeOrder(order),
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await callTable(() => this.#client.send(command));
      return { outcome: "created" };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return { outcome: "exists", order: decodeOrder(error.Item) };
    }
  }

  async update(previous: Order, next: Order, { signal }: CallOptions = {}): Promise<UpdateResult> {
    const written = { ...next, version: previous.version + 1 };
    const input = conditionalUpdate(this.#table, encodeOrder(previous), encodeOrder(written));
    try {
      await callTable(() => this.#client.send(new UpdateItemCommand(input), abortBy(signal)));
      return { outcome: "updated", order: written };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return { outcome: "conflict", order: decodeOrder(error.Item) };
    }
  }
}

const abortBy = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
