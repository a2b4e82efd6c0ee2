// The local table is the deployed one; where there is no embedded DynamoDB, a person is told the ways out.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import { findDynoxide } from "../../infra/local/processes/dynoxide.ts";
import { findFreePort } from "../../infra/local/processes/free-port.ts";
import { templatePath } from "../support/local-stack.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "표-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const named = (TableName: string) => ({ ...readTable(templatePath), TableName });
const url = () => inject("dynamodbUrl");

it("has the template's keys and indexes, and no stream", async () => {
  const table = named(`tables-${process.pid}-1`);
  await createTable(url(), table);
  const client = new DynamoDBClient({
    endpoint: url(),
    region: "ap-northeast-2",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.TableName }));
  client.destroy();
  expect(Table?.KeySchema).toEqual([{ AttributeName: "pk", KeyType: "HASH" }]);
  const indexes = Table?.GlobalSecondaryIndexes ?? [];
  expect(indexes.map(({ IndexName, Projection }) => [IndexName, Projection?.ProjectionType]).sort()).toEqual([
    ["day", "KEYS_ONLY"],
    ["doubt", "KEYS_ONLY"],
    ["due", "KEYS_ONLY"],
    ["review", "KEYS_ONLY"],
  ]);
  expect(Table?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
});

it("is kept when it is there", async () => {
  const table = named(`tables-${process.pid}-2`);
  await createTable(url(), table);
  await expect(createTable(url(), table)).resolves.toBeUndefined();
});

it("is refused when the one that is there has other indexes", async () => {
  const table = named(`tables-${process.pid}-3`);
  const [due] = table.GlobalSecondaryIndexes ?? [];
  const older = { ...table, GlobalSecondaryIndexes: due && [due] };
  const used = new Set(["pk", ...(due?.KeySchema ?? []).map(({ AttributeName }) => AttributeName)]);
  const attributes = table.AttributeDefinitions?.filter(({ AttributeName }) => used.has(AttributeName));
  await createTable(url(), { ...older, AttributeDefinitions: attributes });
  await expect(createTable(url(), table)).rejects.toThrow("was made by another version");
});

it.each([
  ["no table", {}],
  [
    "two tables",
    {
      A: { Type: "AWS::DynamoDB::Table", Properties: { TableName: "a" } },
      B: { Type: "AWS::DynamoDB::Table", Properties: { TableName: "b" } },
    },
  ],
])("is not guessed from a template with %s", (_, resources) => {
  const file = join(dir, "template.json");
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  expect(() => readTable(file)).toThrow(/has [02] tables, not one/);
});

it("names both ways out on a platform without the embedded DynamoDB", () => {
  const find = () => findDynoxide("sunos", "sparc");
  expect(find).toThrow("The embedded DynamoDB for sunos-sparc is not installed");
  expect(find).toThrow(/npm install --no-save @dynoxide\/sunos-sparc@\d+\.\d+\.\d+/);
  expect(find).toThrow("PAY_DYNAMODB_ENDPOINT");
});

it("moves on to the next port when the first one is taken", async () => {
  const server = createServer();
  const taken = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const next = await findFreePort(taken);
  server.close();
  expect(next).toBeGreaterThan(taken);
  expect(next).toBeLessThan(taken + 100);
});
