// The brake on give-backs as the one item it is.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Brake, restingBrake } from "../domain/brake.ts";
import type { BrakeStore } from "../ports.ts";
import { type Item, number, readNumber, text } from "./item.ts";
import { callTable } from "./table-client.ts";

const pk = text("brake#give-back");

export const createBrakeStore = (client: DynamoDBClient, table: string): BrakeStore => ({
  async readBrake() {
    const command = new GetItemCommand({ TableName: table, Key: { pk }, ConsistentRead: true });
    const { Item } = await callTable(() => client.send(command));
    return Item
      ? { brake: decodeBrake(Item), version: readNumber(Item, "version") }
      : { brake: restingBrake, version: 0 };
  },

  async writeBrake(brake, previousVersion) {
    const command = new PutItemCommand({
      TableName: table,
      Item: { pk, ...encodeBrake(brake), version: number(previousVersion + 1) },
      ...(previousVersion === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "#version = :previous",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":previous": number(previousVersion) },
          }),
    });
    try {
      await callTable(() => client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

const encodeBrake = (brake: Brake): Item => ({
  hour_start: number(brake.hourStartMs),
  count: number(brake.count),
  is_on: { BOOL: brake.isOn },
  waiting: { L: brake.waiting.map(text) },
  released: { L: brake.released.map(text) },
});

const decodeBrake = (item: Item): Brake => ({
  hourStartMs: readNumber(item, "hour_start"),
  count: readNumber(item, "count"),
  isOn: item["is_on"]?.BOOL === true,
  waiting: (item["waiting"]?.L ?? []).map((name) => name.S ?? ""),
  released: (item["released"]?.L ?? []).map((name) => name.S ?? ""),
});
