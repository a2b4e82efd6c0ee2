// What a desk watches, over the real DynamoDB protocol: marked orders page by page, calls in doubt, and counts that end at
// their bound.
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import { newAudit } from "../../lib/domain/audit.ts";
import { doubtOfSale } from "../../lib/domain/doubt.ts";
import { firstLook } from "../../lib/domain/ladder.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, markForReview } from "../../lib/domain/order-change.ts";
import { noReceipt } from "../../lib/domain/receipt.ts";
import { createAuditStore } from "../../lib/dynamodb/audit-store.ts";
import { createDeliveryStore } from "../../lib/dynamodb/delivery-store.ts";
import { createDoubtList } from "../../lib/dynamodb/doubt-list.ts";
import { createExternalSaleStore } from "../../lib/dynamodb/external-sale-store.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import { createWatchList } from "../../lib/dynamodb/watch-list.ts";
import type { PagePosition } from "../../lib/ports/table.ts";
import { parcelInDoubt, saleInDoubt } from "../support/beside-orders.ts";
import { templatePath } from "../support/local-stack.ts";
import { createdAtMs, createdOrder, minuteMs } from "../support/orders.ts";
import { openTable, ownTableName } from "../support/own-table.ts";
import { orderWithUnknownRefund } from "../support/syncing-ports.ts";

const table = ownTableName("watch");
const markedCount = 23;
let client: DynamoDBClient;
const watch = () => createWatchList({ client, table });
const store = () => createOrderStore({ client, table });

beforeAll(async () => {
  client = await openTable(table);
  for (let index = 0; index < markedCount; index += 1) await store().create(createdOrder(named(index)));
  // Later orders are marked earlier, and five share a millisecond.
  for (let index = 0; index < markedCount; index += 1) await mark(index, markedCount - Math.floor(index / 5));
  await store().create(createdOrder({ merchantUid: "ord-fine" }));
});
afterAll(() => client?.destroy());

const named = (index: number) => ({ merchantUid: `ord-${index}` });
async function mark(index: number, minutes: number): Promise<void> {
  const order = await stored(`ord-${index}`);
  const stamp = { by: "sweep", atMs: createdAtMs + minutes * minuteMs } as const;
  await store().update(order, markForReview(order, "double_cancel", stamp));
}
async function stored(merchantUid: string): Promise<Order> {
  const order = await store().read(merchantUid);
  if (!order) throw new Error(`no ${merchantUid}`);
  return order;
}
async function change(merchantUid: string, more: Parameters<typeof changeOrder>[1]): Promise<void> {
  const order = await stored(merchantUid);
  const stamp = { by: "operator", atMs: createdAtMs + 60 * minuteMs } as const;
  await store().update(order, changeOrder(order, more, stamp));
}

async function pages(limit: number, between: () => Promise<void> = async () => {}) {
  const read: Order[] = [];
  let after: PagePosition | null = null;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof watch>["listReviews"]>> = await watch().listReviews(
      limit,
      after,
    );
    expect(page.orders.length).toBeLessThanOrEqual(limit);
    read.push(...page.orders);
    if (after === null) await between();
    after = page.next;
  } while (after !== null);
  return read;
}

describe("marked orders", () => {
  it.each([1, 2, 7, 22, 23, 100])("are listed by %i, each once, the oldest mark first", async (limit) => {
    const read = await pages(limit);
    expect(new Set(read.map(({ merchantUid }) => merchantUid)).size).toBe(markedCount);
    expect(read).toHaveLength(markedCount);
    const times = read.map(({ reviewSinceMs }) => reviewSinceMs ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThan(times.at(-1) ?? 0);
  });

  it("keep their place while they are written and others lose their mark", async () => {
    const [first, , , , last] = (await pages(100)).map(({ merchantUid }) => merchantUid);
    const read = await pages(2, async () => {
      await change(first ?? "", { looks: 3 });
      await change(last ?? "", { reviewReason: null });
    });
    expect(read.map(({ merchantUid }) => merchantUid)).not.toContain(last);
    expect(new Set(read).size).toBe(markedCount - 1);
    expect(read[0]?.merchantUid).toBe(first);
    await change(last ?? "", { reviewReason: "manual_refund" });
    expect((await pages(100)).at(-1)?.merchantUid).toBe(last);
  });

  it("are not those whose mark is gone while the index still shows them", async () => {
    const gone = { pk: { S: "order#ord-0" } };
    const set = (UpdateExpression: string, more: object = {}) =>
      client.send(new UpdateItemCommand({ TableName: table, Key: gone, UpdateExpression, ...more }));
    await set("REMOVE review_reason");
    const read = (await pages(100)).map(({ merchantUid }) => merchantUid);
    expect([read.length, read.includes("ord-0")]).toEqual([markedCount - 1, false]);
    const reason = { ExpressionAttributeValues: { ":reason": { S: "double_cancel" } } };
    await set("SET review_reason = :reason", reason);
    expect(await pages(100)).toHaveLength(markedCount);
  });

  it("are counted to a bound, and it is said that there are more", async () => {
    expect(await watch().countReviews(500)).toEqual({ count: markedCount, isMore: false });
    expect(await watch().countReviews(markedCount)).toEqual({ count: markedCount, isMore: false });
    expect(await watch().countReviews(markedCount - 1)).toEqual({ count: markedCount - 1, isMore: true });
    expect(await watch().countReviews(3)).toEqual({ count: 3, isMore: true });
  });
});

it("calls in doubt are listed, the longest in doubt first, to a bound", async () => {
  expect(await watch().listDoubts(50)).toEqual({ items: [], isMore: false });
  const oldest = () => createDoubtList({ client, table }).oldestSinceMs();
  expect(await oldest()).toBeNull();
  const doubtful = orderWithUnknownRefund();
  const since = doubtful.cancel?.sinceMs ?? 0;
  for (const [index, earlier] of [5, 9, 1].entries())
    await store().create({
      ...doubtful,
      merchantUid: `ord-doubt-${index}`,
      cancel: doubtful.cancel && { ...doubtful.cancel, sinceMs: since - earlier * minuteMs },
    });
  const listed = async (limit: number) => {
    const { items, isMore } = await watch().listDoubts(limit);
    return [items.map(({ merchantUid }) => merchantUid), isMore];
  };
  expect(await listed(50)).toEqual([["ord-doubt-1", "ord-doubt-0", "ord-doubt-2"], false]);
  expect(await listed(2)).toEqual([["ord-doubt-1", "ord-doubt-0"], true]);
  expect(await oldest()).toBe(since - 9 * minuteMs);
  await change("ord-doubt-1", { cancel: null });
  expect(await oldest()).toBe(since - 5 * minuteMs);
  expect(await listed(50)).toEqual([["ord-doubt-0", "ord-doubt-2"], false]);
});

describe("beside the orders", () => {
  const beside = async () => (await watch().listDoubts(50)).items.filter(({ kind }) => kind !== "order");

  it("a sale's receipt in doubt is listed with its mark until it is known, whatever cannot be read", async () => {
    const sales = createExternalSaleStore({ client, table });
    const sale = saleInDoubt();
    const sent = await sales.writeSale(null, sale);
    expect(await beside()).toEqual([]);
    const marked = { ...sale, looks: 11, reviewReason: "operation_unresolved" } as const;
    const swept = await sales.writeSale(sent.sale, marked);
    const line = {
      kind: "external_sale",
      merchantUid: "sale-1",
      doubts: [doubtOfSale(marked)],
      reviewReason: "operation_unresolved",
    };
    expect(await beside()).toEqual([line]);
    await sales.writeSale(null, { ...marked, merchantUid: "sale-2", dueAtMs: null });
    const Key = { pk: { S: "external-receipt#sale-2" } };
    await client.send(new UpdateItemCommand({ TableName: table, Key, UpdateExpression: "REMOVE looks" }));
    expect(await beside()).toEqual([line]);
    await sales.writeSale(swept.sale, { ...sale, slot: noReceipt, ...firstLook(null) });
    expect(await beside()).toEqual([]);
  });

  it("a parcel that PortOne does not take is listed from the sweep's first look until it is told", async () => {
    const deliveries = createDeliveryStore({ client, table });
    await deliveries.writeDelivery(null, parcelInDoubt);
    expect(await beside()).toEqual([]);
    await deliveries.writeDelivery({ ...parcelInDoubt, version: 1 }, { ...parcelInDoubt, looks: 1 });
    const doubt = { kind: "delivery_register", state: "scheduled", sinceMs: parcelInDoubt.wantedSinceMs };
    const { merchantUid } = parcelInDoubt;
    expect(await beside()).toEqual([
      { kind: "delivery", merchantUid, doubts: [{ id: merchantUid, ...doubt }], reviewReason: null },
    ]);
    const told = { ...parcelInDoubt, wanted: null, wantedSinceMs: null, ...firstLook(null) };
    await deliveries.writeDelivery({ ...parcelInDoubt, version: 2 }, told);
    expect(await beside()).toEqual([]);
  });
});

it("what is due is counted to a bound, with the age of the longest due", async () => {
  const dueAtMs = (await stored("ord-fine")).dueAtMs ?? 0;
  expect(await watch().glanceDue(dueAtMs - 1, 500)).toEqual({ count: 0, isMore: false, oldestAtMs: null });
  const { count, isMore, oldestAtMs } = await watch().glanceDue(dueAtMs, 500);
  expect([isMore, oldestAtMs]).toEqual([false, dueAtMs]);
  expect(count).toBeGreaterThan(0);
  expect(await watch().glanceDue(dueAtMs, count - 1)).toEqual({ count: count - 1, isMore: true, oldestAtMs });
});

it("what fills many pages is counted on, and no further than to its bound", async () => {
  const full = `${table}-full`;
  await createTable(inject("dynamodbUrl"), { ...readTable(templatePath), TableName: full });
  const inShard = [3, 0, 500, 1_100].flatMap((count, shard) => Array<number>(count).fill(shard));
  const items = inShard.map((shard, index) => ({
    pk: { S: `order#ord-${index}` },
    ...Object.fromEntries(["due", "review"].map((name) => [`${name}_shard`, { S: String(shard) }])),
    ...Object.fromEntries(["due", "review"].map((name) => [`${name}_at`, { N: String(5_000 - index) }])),
  }));
  for (let first = 0; first < items.length; first += 25) {
    const puts = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [full]: puts } }));
  }
  const limits: number[] = [];
  const send = (command: QueryCommand) => {
    limits.push(command.input.Limit ?? Number.POSITIVE_INFINITY);
    return client.send(command);
  };
  const watched = createWatchList({ client: { send } as unknown as DynamoDBClient, table: full });
  const oldestAtMs = 5_000 - 1_602;
  for (const most of [10_000, 1_603, 1_602, 1_101, 1_099, 500, 499, 498]) {
    const counted = { count: Math.min(1_603, most), isMore: most < 1_603 };
    limits.length = 0;
    expect(await watched.glanceDue(9_000, most)).toEqual({ ...counted, oldestAtMs });
    expect(await watched.countReviews(most)).toEqual(counted);
    // Of each of the two, in each shard: one more than is wanted, in a page and what lies behind it.
    expect(limits.length).toBeLessThanOrEqual(16);
    expect(limits.reduce((all, limit) => all + limit, 0)).toBeLessThanOrEqual(8 * (most + 1));
  }
  // One of those that are due lies on its shard's second page, before others that are not.
  const glance = (most: number) => watched.glanceDue(oldestAtMs + 500, most);
  expect(await glance(10_000)).toEqual({ count: 501, isMore: false, oldestAtMs });
  expect(await glance(500)).toEqual({ count: 500, isMore: true, oldestAtMs });
});

it("audits of many days are read together, those that are kept", async () => {
  const audits = createAuditStore({ client, table });
  const reports = ["2026-08-03", "2026-08-05"].map((day) => newAudit(day, { fromMs: 1, toMs: 2 }, null));
  for (const report of reports) await audits.writeAudit(report, 0);
  const read = await audits.readAudits(["2026-08-05", "2026-08-04", "2026-08-03"]);
  expect(read.toSorted((a, b) => a.day.localeCompare(b.day))).toEqual(reports);
  expect(await audits.readAudits(["2026-08-01"])).toEqual([]);
});
