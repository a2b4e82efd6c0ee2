// The local table is the deployed one; where there is no dynoxide to be asked for, a person is told the ways out.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, inject, it, onTestFinished } from "vitest";
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

/** A DynamoDB that makes a table and says these words about it, the last one again and again. */
async function tableBeing(...statuses: readonly string[]) {
  const told: string[] = [];
  const server = createServer((request, response) => {
    const isMade = String(request.headers["x-amz-target"]).endsWith("CreateTable");
    const TableStatus = isMade ? "CREATING" : (statuses[told.length] ?? statuses.at(-1) ?? "");
    if (!isMade) told.push(TableStatus);
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(isMade ? { TableDescription: { TableStatus } } : { Table: { TableStatus } }));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { told, url: `http://127.0.0.1:${port}` };
}

it("is waited for until it can be used", async () => {
  const { url, told } = await tableBeing("CREATING", "CREATING", "ACTIVE");
  await createTable(url, named("waited-for"));
  expect(told).toEqual(["CREATING", "CREATING", "ACTIVE"]);
});

it("is not waited for without end", async () => {
  const { url, told } = await tableBeing("CREATING");
  await expect(createTable(url, named("never"), 3)).rejects.toThrow(
    "The table never is there but cannot be used",
  );
  expect(told).toHaveLength(3);
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

it("names the ways out where dynoxide was asked for and there is none", () => {
  const find = () => findDynoxide("sunos", "sparc");
  expect(find).toThrow("dynoxide for sunos-sparc is not installed");
  expect(find).toThrow("leave --table out: dynalite runs on any machine");
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
