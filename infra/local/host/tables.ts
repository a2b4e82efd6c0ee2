// Makes the table the packaged template describes in a local DynamoDB: name, keys and indexes are the deployed
// ones. Left out on purpose: the stream (the embedded engine scans all stream records on each write, so writes
// slow down with every write made), expiry (it sweeps nothing) and what only AWS has.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { StartError } from "../processes/start-error.ts";
import { isObject } from "./intrinsics.ts";
import { localRegion } from "./template.ts";

export type TableDefinition = Pick<
  CreateTableCommandInput,
  "AttributeDefinitions" | "KeySchema" | "GlobalSecondaryIndexes"
> & { readonly TableName: string };

/** The one table of the template. Throws when there is none, or another one that nobody would create. */
export function readTable(templatePath: string): TableDefinition {
  const template: unknown = JSON.parse(readFileSync(templatePath, "utf8"));
  const resources = isObject(template) && isObject(template["Resources"]) ? template["Resources"] : {};
  const tables = Object.values(resources).filter(isTable);
  const [table] = tables;
  if (!table || tables.length > 1) throw new Error(`${templatePath} has ${tables.length} tables, not one`);
  const { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = table.Properties;
  return { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes };
}

/** The template is our own build's: what it calls a table with a name has a table's properties. */
const isTable = (resource: unknown): resource is { readonly Properties: TableDefinition } =>
  isObject(resource) &&
  resource["Type"] === "AWS::DynamoDB::Table" &&
  isObject(resource["Properties"]) &&
  typeof resource["Properties"]["TableName"] === "string";

/**
 * Makes the table at `endpoint` unless it is there, and resolves once it can be used. Throws when the one there has
 * other indexes, or does not become usable.
 */
export async function createTable(
  endpoint: string,
  table: TableDefinition,
  mostLooks: number = defaultLooks,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: localRegion,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    await makeTable(client, endpoint, table);
    await untilActive(client, table.TableName, mostLooks);
  } finally {
    client.destroy();
  }
}

async function makeTable(client: DynamoDBClient, endpoint: string, table: TableDefinition): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ ...table, BillingMode: "PAY_PER_REQUEST" }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    // It was kept from an earlier run.
    await checkIndexes(client, endpoint, table);
  }
}

const lookEveryMs = 5;
/** Ten seconds at least. */
const defaultLooks = 2_000;

/** dynalite answers before the table can be used, as AWS does. */
async function untilActive(client: DynamoDBClient, name: string, mostLooks: number): Promise<void> {
  for (let look = 1; look <= mostLooks; look += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === "ACTIVE") return;
    await sleep(lookEveryMs);
  }
  throw new StartError("table_unusable", { table: name });
}

async function checkIndexes(client: DynamoDBClient, endpoint: string, table: TableDefinition): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.TableName }));
  const wanted = indexNames(table.GlobalSecondaryIndexes);
  const found = indexNames(Table?.GlobalSecondaryIndexes);
  if (wanted === found) return;
  throw new StartError("table_other_version", {
    table: table.TableName,
    url: endpoint,
    found: found || "-",
    wanted,
  });
}

const indexNames = (indexes: readonly { IndexName?: string | undefined }[] | undefined): string =>
  (indexes ?? [])
    .map(({ IndexName }) => IndexName ?? "")
    .sort()
    .join(", ");
