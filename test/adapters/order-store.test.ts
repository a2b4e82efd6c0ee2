// The order table over the real DynamoDB protocol, and its in-memory double, by one contract. Then what only
// a table has: indexes, cost, and trouble.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideConfirmation } from "../../lib/domain/confirmation.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { conditionalUpdate } from "../../lib/dynamodb/conditional-update.ts";
import { createDayList } from "../../lib/dynamodb/day-list.ts";
import { createDueList } from "../../lib/dynamodb/due-list.ts";
import { encodeOrder } from "../../lib/dynamodb/order-item.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import { createTableClient } from "../../lib/dynamodb/table-client.ts";
import { type PagePosition, StorageUnavailableError } from "../../lib/ports/table.ts";
import { itBeyondDynalite } from "../support/beyond-dynalite.ts";
import { InMemoryOrderStore } from "../support/in-memory-order-store.ts";
import { itemBytes } from "../support/item-bytes.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  holds,
  look,
  paymentRecord,
  policy,
} from "../support/orders.ts";
import { openTable, ownTableName } from "../support/own-table.ts";
import { orderStoreContract } from "./order-store.contract.ts";

const table = ownTableName("orders");
let client: DynamoDBClient;

beforeAll(async () => {
  client = await openTable(table);
});
afterAll(() => client?.destroy());

orderStoreContract("InMemoryOrderStore", async () => new InMemoryOrderStore());
orderStoreContract("createOrderStore", async () => createOrderStore({ client, table }));

describe("the table", () => {
  it("charges an order's usual life one unit a write, at the longest names there are", async () => {
    const longest = createdOrder({
      merchantUid: `ord-${"x".repeat(36)}`,
      name: "가".repeat(40),
      buyerName: "홍".repeat(16),
    });
    const confirmation = decideConfirmation(
      longest,
      { impUid: "imp_730112845061", amount: longest.amount },
      createdAtMs,
      holds,
    );
    const approved = confirmation.decision === "approve" ? confirmation.order : longest;
    const own = { merchantUid: longest.merchantUid };
    const paid = decideSync(approved, look([paymentRecord(own)]), policy);
    const refunded = decideSync(
      paid,
      look([cancelledRecord([cancelEntry("c-8f31d2", 109_000)], own)]),
      policy,
    );
    expect(refunded.state).toBe("refunded");
    const bytes = [longest, approved, paid, refunded].map((order) => itemBytes(encodeOrder(order)));
    for (const size of bytes) expect(size).toBeLessThanOrEqual(1_024);
  });

  it("writes only what differs, so that a confirm costs no index unit", () => {
    const order = createdOrder();
    const confirmation = decideConfirmation(
      order,
      { impUid: "imp_1", amount: order.amount },
      createdAtMs + 60_000,
      holds,
    );
    if (confirmation.decision !== "approve") throw new Error(confirmation.decision);
    const next = { ...confirmation.order, version: 2 };
    const update = conditionalUpdate(table, encodeOrder(order), encodeOrder(next));
    expect(Object.values(update.ExpressionAttributeNames ?? {}).sort()).toEqual([
      "attempts",
      "history",
      "hold_until",
      "state",
      "version",
    ]);
  });

  it("carries index keys for what needs attention only", async () => {
    const store = createOrderStore({ client, table });
    const order = createdOrder({ merchantUid: "ord-due" });
    await store.create(order);
    const due = createDueList({ client, table });
    const dueAt = order.dueAtMs ?? 0;
    const named = async (nowMs: number) =>
      (await due.listDue(nowMs, null)).items.map(({ merchantUid }) => merchantUid);
    expect(await named(dueAt - 1)).not.toContain("ord-due");
    expect(await named(dueAt)).toContain("ord-due");
    const paid = decideSync(order, look([paymentRecord({ merchantUid: "ord-due" })]), policy);
    await store.update(order, paid);
    expect(await named(dueAt + 86_400_000)).not.toContain("ord-due");
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: "order#ord-due" } } }),
    );
    expect(Item).toMatchObject({
      state: { S: "paid" },
      imp_uid: { S: "imp_730112845061" },
      amount: { N: "109000" },
      cancel_amount: { N: "0" },
    });
    expect([Item?.["due_at"], Item?.["due_shard"]]).toEqual([undefined, undefined]);
  });

  it.each([1, 2, 3, 7, 100])(
    "lists a day oldest first by pages of %d, nothing twice, nothing left out",
    async (limit) => {
      const store = createOrderStore({ client, table });
      const dayAtMs = Date.parse("2026-09-01T00:00:00+09:00") + limit * 86_400_000;
      const day = new Date(dayAtMs + 9 * 3_600_000).toISOString().slice(0, 10);
      // Several share a millisecond, within a shard and between shards.
      const created = Array.from({ length: 12 }, (_, index) =>
        createdOrder({
          merchantUid: `ord-day-${limit}-${index}`,
          createdAtMs: dayAtMs + Math.floor(index / 5),
        }),
      );
      for (const order of created) await store.create(order);
      const listed: string[] = [];
      let last = 0;
      let after: PagePosition | null = null;
      do {
        const page: Awaited<ReturnType<ReturnType<typeof createDayList>["listDay"]>> = await createDayList({
          client,
          table,
        }).listDay(day, limit, after);
        for (const order of page.orders) {
          expect(order.createdAtMs).toBeGreaterThanOrEqual(last);
          last = order.createdAtMs;
          listed.push(order.merchantUid);
        }
        after = page.next;
      } while (after !== null);
      expect(listed.sort()).toEqual(created.map(({ merchantUid }) => merchantUid).sort());
    },
  );
});

describe("a table in trouble", () => {
  let server: Server;
  let answer: { status: number; type: string } | null = null;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      if (!answer) return;
      response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
      response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${answer.type}`, message: "문제" }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.closeAllConnections());

  const storeOf = () =>
    createOrderStore({
      client: createTableClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      table,
    });

  it.each([
    [400, "ProvisionedThroughputExceededException"],
    [500, "InternalServerError"],
  ])("that answers %d %s did not answer, after a second try", async (status, type) => {
    answer = { status, type };
    asked = 0;
    await expect(storeOf().read("ord-1")).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(asked).toBe(2);
  });

  it.each(["AccessDeniedException", "ValidationException", "SerializationException"])(
    "that answers %s did answer: the fault is ours",
    async (type) => {
      answer = { status: 400, type };
      const refusal = storeOf().read("ord-1");
      await expect(refusal).rejects.not.toBeInstanceOf(StorageUnavailableError);
      await expect(refusal).rejects.toMatchObject({ name: type });
    },
  );

  itBeyondDynalite("refusing what is no text")(
    "that cannot store half an emoji is in no trouble",
    async () => {
      const broken = createOrderStore({ client, table }).create(createdOrder({ name: "선물 \ud83c" }));
      await expect(broken).rejects.toThrow();
      await expect(broken).rejects.not.toBeInstanceOf(StorageUnavailableError);
    },
  );

  it("that is not there did not answer", async () => {
    const store = createOrderStore({ client: createTableClient("http://127.0.0.1:9"), table });
    await expect(store.read("ord-1")).rejects.toBeInstanceOf(StorageUnavailableError);
  });

  it("that says nothing is given up at once when the caller's time is over", async () => {
    answer = null;
    const signal = AbortSignal.timeout(50);
    await expect(storeOf().read("ord-1", { signal })).rejects.toBeInstanceOf(StorageUnavailableError);
  });
});
