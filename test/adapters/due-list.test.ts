// What is due, over the real DynamoDB protocol: every page once, money told apart, counted truly, and what cannot be
// read moved away.
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDueList } from "../../lib/dynamodb/due-list.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import { createSweepStore } from "../../lib/dynamodb/sweep-store.ts";
import type { DueItem, DuePosition, ListedItem } from "../../lib/ports/table.ts";
import { approvedOrder, createdAtMs, createdOrder, minuteMs } from "../support/orders.ts";
import { openTable, ownTableName } from "../support/own-table.ts";

const table = ownTableName("due");
let client: DynamoDBClient;
const nowMs = createdAtMs + 5 * minuteMs;
const count = 250;
const nameOf = (index: number) => `ord-${index}`;

beforeAll(async () => {
  client = await openTable(table);
  const store = createOrderStore({ client, table });
  for (let index = 0; index < count; index += 1) {
    const order = createdOrder({ merchantUid: nameOf(index) });
    await store.create(index % 50 === 7 ? approvedOrder(order, `imp_${index}`) : order);
  }
});
afterAll(() => client?.destroy());

const dueList = () => createDueList({ client, table });

async function listAll(): Promise<readonly ListedItem[]> {
  const items: ListedItem[] = [];
  let after: DuePosition | null = null;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof dueList>["listDue"]>> = await dueList().listDue(
      nowMs,
      after,
    );
    expect(page.items.length).toBeLessThanOrEqual(100);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

describe("what is due", () => {
  it("is listed page by page, each once", async () => {
    const names = (await listAll()).map(({ merchantUid }) => merchantUid);
    expect(names).toHaveLength(count);
    expect(new Set(names).size).toBe(count);
  });

  it("tells money from windows that nobody is known to have paid in", async () => {
    const money = (await listAll()).filter(({ isMoney }) => isMoney).map(({ merchantUid }) => merchantUid);
    expect(money.toSorted()).toEqual(["ord-107", "ord-157", "ord-207", "ord-57", "ord-7"]);
  });

  it("is counted, with the age of the oldest, but for what was just taken", async () => {
    const { dueAtMs } = createdOrder();
    expect(await dueList().countDue(nowMs, [])).toEqual({ count, oldestAtMs: dueAtMs });
    const taken: DueItem[] = [{ kind: "order", merchantUid: "ord-3" }];
    expect(await dueList().countDue(nowMs, taken)).toMatchObject({ count: count - 1 });
    expect(await dueList().countDue(createdAtMs, [])).toEqual({ count: 0, oldestAtMs: null });
  });

  it("that cannot be read counts as money, and is moved, its version with it", async () => {
    const key = { pk: { S: "order#ord-11" } };
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: "SET #state = :broken, event = :told",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":broken": { S: "고장" },
          ":told": { M: { type: { S: "order.paid" } } },
        },
      }),
    );
    const broken = { kind: "order", merchantUid: "ord-11" } as const;
    expect(await listAll()).toContainEqual({ ...broken, isMoney: true });
    expect(await dueList().putOff(broken, nowMs, nowMs + minuteMs)).toBe(true);
    expect(await listAll()).toHaveLength(count - 1);
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key }));
    expect(Item).toMatchObject({ due_at: { N: String(nowMs + minuteMs) }, version: { N: "2" } });
    expect(Item?.["event"]).toBeUndefined();
    // Somebody wrote it meanwhile: it is theirs.
    expect(await dueList().putOff(broken, nowMs, nowMs + 2 * minuteMs)).toBe(false);
  });
});

it("what a sweep has at work is kept, each sweep's apart", async () => {
  const sweeps = createSweepStore({ client, table });
  const items: DueItem[] = [
    { kind: "order", merchantUid: "ord-1" },
    { kind: "external_sale", merchantUid: "매출-1" },
    { kind: "delivery", merchantUid: "ord-1" },
  ];
  expect(await sweeps.readInWork(0)).toEqual([]);
  await sweeps.keepInWork(0, items);
  await sweeps.keepInWork(1, []);
  expect([await sweeps.readInWork(0), await sweeps.readInWork(1)]).toEqual([items, []]);
});
