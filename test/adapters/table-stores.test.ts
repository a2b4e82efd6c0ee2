// The stores beside the orders over the real DynamoDB protocol, and their doubles, by one contract each.
import { randomBytes } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, inject } from "vitest";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import { createBrakeStore } from "../../lib/dynamodb/brake-store.ts";
import { createCallBudget } from "../../lib/dynamodb/call-budget.ts";
import { createDeliveryStore } from "../../lib/dynamodb/delivery-store.ts";
import { createExternalSaleStore } from "../../lib/dynamodb/external-sale-store.ts";
import { createRefundStore } from "../../lib/dynamodb/refund-store.ts";
import { createTableClient } from "../../lib/dynamodb/table-client.ts";
import type { TableAccess } from "../../lib/dynamodb/versioned-item.ts";
import { CountedBudget, InMemoryBrakeStore, InMemoryRefundStore } from "../support/doubles.ts";
import { templatePath } from "../support/local-stack.ts";
import { InMemoryDeliveryStore, InMemorySaleStore } from "../support/receipt-doubles.ts";
import {
  brakeStoreContract,
  callBudgetContract,
  deliveryStoreContract,
  refundStoreContract,
  saleStoreContract,
} from "./table-stores.contract.ts";

let client: DynamoDBClient;

beforeAll(() => {
  process.env["AWS_ACCESS_KEY_ID"] = "local";
  process.env["AWS_SECRET_ACCESS_KEY"] = "local";
  process.env["AWS_REGION"] = "ap-northeast-2";
  client = createTableClient(inject("dynamodbUrl"));
});
afterAll(() => client?.destroy());

/** A table of its own for each test: some items have one key for all. */
async function freshTable(): Promise<TableAccess> {
  const table = `stores-${randomBytes(6).toString("hex")}`;
  await createTable(inject("dynamodbUrl"), { ...readTable(templatePath), TableName: table });
  return { client, table };
}

refundStoreContract("InMemoryRefundStore", async () => new InMemoryRefundStore());
refundStoreContract("createRefundStore", async () => createRefundStore(await freshTable()));
brakeStoreContract("InMemoryBrakeStore", async () => new InMemoryBrakeStore());
brakeStoreContract("createBrakeStore", async () => createBrakeStore(await freshTable()));
callBudgetContract("CountedBudget", async (calls) => new CountedBudget(calls));
callBudgetContract("createCallBudget", async (calls) => createCallBudget(await freshTable(), calls));
saleStoreContract("InMemorySaleStore", async () => new InMemorySaleStore());
saleStoreContract("createExternalSaleStore", async () => createExternalSaleStore(await freshTable()));
deliveryStoreContract("InMemoryDeliveryStore", async () => new InMemoryDeliveryStore());
deliveryStoreContract("createDeliveryStore", async () => createDeliveryStore(await freshTable()));
