// Tables as deployed, each for one run, filled with what it begins with.
import { randomBytes } from "node:crypto";
import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createTable, readTable } from "../../../infra/local/host/tables.ts";
import { localRegion } from "../../../infra/local/host/template.ts";
import { templatePath } from "../../support/stack.ts";

export type Item = Record<string, AttributeValue>;

export interface Tables {
  /** The name of a new one with these items. */
  make(items: readonly Item[]): Promise<string>;
  /** Puts the items over what stands there. */
  fill(table: string, items: readonly Item[]): Promise<void>;
  close(): void;
}

const itemsAWrite = 25;

export function openTables(dynamodbUrl: string): Tables {
  const client = new DynamoDBClient({
    endpoint: dynamodbUrl,
    region: localRegion,
    credentials: { accessKeyId: "bench", secretAccessKey: "local" },
  });
  const fill: Tables["fill"] = async (table, items) => {
    for (let start = 0; start < items.length; start += itemsAWrite) {
      const puts = items.slice(start, start + itemsAWrite).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    }
  };
  return {
    make: async (items) => {
      const table = `bench-${randomBytes(6).toString("hex")}`;
      await createTable(dynamodbUrl, { ...readTable(templatePath), TableName: table });
      await fill(table, items);
      return table;
    },
    fill,
    close: () => client.destroy(),
  };
}
