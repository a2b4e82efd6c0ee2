// A table of a test file's own in the embedded DynamoDB, as it is deployed.
import { randomBytes } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { inject } from "vitest";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import { createTableClient } from "../../lib/dynamodb/table-client.ts";
import { templatePath } from "./local-stack.ts";

/** No two files, and no two runs, share one. */
export const ownTableName = (of: string): string => `${of}-${randomBytes(6).toString("hex")}`;

/** Makes the table; whoever calls destroys the client. */
export async function openTable(table: string): Promise<DynamoDBClient> {
  process.env["AWS_ACCESS_KEY_ID"] = "local";
  process.env["AWS_SECRET_ACCESS_KEY"] = "local";
  process.env["AWS_REGION"] = "ap-northeast-2";
  await createTable(inject("dynamodbUrl"), { ...readTable(templatePath), TableName: table });
  return createTableClient(inject("dynamodbUrl"));
}
