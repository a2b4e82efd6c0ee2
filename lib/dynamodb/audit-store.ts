// Audit reports, one item a day. The differences are stored as one JSON text: nobody queries inside it.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { AuditPlace, Difference } from "../domain/audit.ts";
import type { AuditStore } from "../ports.ts";
import { number, readNumber, readText, text } from "./item.ts";
import { callTable } from "./table-client.ts";

const keyOf = (day: string) => text(`audit#${day}`);

export const createAuditStore = (client: DynamoDBClient, table: string): AuditStore => ({
  async readAudit(day) {
    const command = new GetItemCommand({ TableName: table, Key: { pk: keyOf(day) }, ConsistentRead: true });
    const { Item } = await callTable(() => client.send(command));
    if (!Item) return null;
    const report = {
      day,
      fromMs: readNumber(Item, "from"),
      toMs: readNumber(Item, "to"),
      payments: readNumber(Item, "payments"),
      orders: readNumber(Item, "orders"),
      differences: JSON.parse(readText(Item, "differences")) as readonly Difference[],
      place: JSON.parse(readText(Item, "place")) as AuditPlace,
    };
    return { report, version: readNumber(Item, "version") };
  },

  async writeAudit(report, previousVersion) {
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        pk: keyOf(report.day),
        version: number(previousVersion + 1),
        from: number(report.fromMs),
        to: number(report.toMs),
        payments: number(report.payments),
        orders: number(report.orders),
        differences: text(JSON.stringify(report.differences)),
        place: text(JSON.stringify(report.place)),
      },
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
