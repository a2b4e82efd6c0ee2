// The table's stream as the embedded engine writes it, held against the deployed pipe's filter: each event passes once,
// in its order, and nothing else does.
import { randomBytes } from "node:crypto";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { passes, type StreamRecord, toBusEvent } from "../../infra/local/host/events/pipe.ts";
import { readTable } from "../../infra/local/host/tables.ts";
import { type PipeDefinition, readTemplate } from "../../infra/local/host/template.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder, makeDueNow } from "../../lib/domain/order-change.ts";
import { createDueList } from "../../lib/dynamodb/due-list.ts";
import { createOrderStore } from "../../lib/dynamodb/order-store.ts";
import { createRefundStore } from "../../lib/dynamodb/refund-store.ts";
import { createTableClient } from "../../lib/dynamodb/table-client.ts";
import { parseEvent } from "../../lib/http/requests/event.ts";
import { itBeyondDynalite } from "../support/beyond-dynalite.ts";
import { templatePath } from "../support/local-stack.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../support/orders.ts";
import { refundRecord } from "../support/refunds.ts";

const table = `stream-${randomBytes(6).toString("hex")}`;
const url = inject("dynamodbUrl");
let client: DynamoDBClient;
let pipe: PipeDefinition;

beforeAll(() => {
  process.env["AWS_ACCESS_KEY_ID"] = "local";
  process.env["AWS_SECRET_ACCESS_KEY"] = "local";
  process.env["AWS_REGION"] = "ap-northeast-2";
  client = createTableClient(url);
  const { pipe: deployed } = readTemplate(templatePath);
  if (!deployed) throw new Error("the template has no pipe");
  pipe = deployed;
});
afterAll(() => client?.destroy());

/** DynamoDB's other door, which the SDK has in a package of its own. */
async function streams<Answer>(action: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-date": "20260805T030000Z",
      "x-amz-target": `DynamoDBStreams_20120810.${action}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=local/20260805/ap-northeast-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.status, `${action}: ${text}`).toBe(200);
  return JSON.parse(text) as Answer;
}

async function readStream(): Promise<readonly StreamRecord[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    "DescribeStream",
    { StreamArn },
  );
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const start = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
    let { ShardIterator: next } = await streams<{ ShardIterator?: string }>("GetShardIterator", start);
    for (let count = -1; next !== undefined && count !== 0; ) {
      const page: { Records: StreamRecord[]; NextShardIterator?: string } = await streams("GetRecords", {
        ShardIterator: next,
      });
      records.push(...page.Records);
      count = page.Records.length;
      next = page.NextShardIterator;
    }
  }
  return records;
}

const stamp = (minutes: number) => ({ by: "sweep", atMs: createdAtMs + minutes * minuteMs }) as const;

async function playLife(merchantUid: string): Promise<number> {
  const store = createOrderStore({ client, table });
  const due = createDueList({ client, table });
  const record = { merchantUid };
  let writes = 1;
  let order = createdOrder({ merchantUid });
  await store.create(order);
  const write = async (next: Order): Promise<void> => {
    const result = await store.update(order, next);
    expect(result.outcome).toBe("updated");
    order = result.order;
    writes += 1;
  };
  await write(approvedOrder(order));
  await write(synced(order, [paymentRecord(record)]));
  await write(makeDueNow(order, stamp(5)));
  const partly = cancelledRecord([cancelEntry("c-1", 20_000)], record);
  await write(synced(order, [partly], { atMs: stamp(6).atMs }));
  await write(makeDueNow(order, stamp(7)));
  expect(await due.putOff({ kind: "order", merchantUid }, stamp(8).atMs, stamp(20).atMs)).toBe(true);
  order = { ...order, version: order.version + 1 };
  writes += 1;
  await write(changeOrder(order, { reviewReason: "manual_refund" }, stamp(9)));
  await write(order);
  await write(changeOrder(order, { reviewReason: null }, stamp(10)));
  return writes;
}

describe("the pipe's filter", () => {
  itBeyondDynalite("the table's stream")("passes each event once and nothing else", async () => {
    await client.send(
      new CreateTableCommand({
        ...readTable(templatePath),
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    const lives = ["ord-s1", "ord-s2"];
    let writes = 0;
    for (const merchantUid of lives) writes += await playLife(merchantUid);
    await createRefundStore({ client, table }).keepRefund(
      refundRecord("rf_AAAAAAAAAAAAAAAAAAAAAA", { merchantUid: "ord-s1" }),
    );
    // A write that lost leaves no record, and what is taken away is no event.
    const old = createdOrder({ merchantUid: "ord-s1" });
    const lost = await createOrderStore({ client, table }).update(old, approvedOrder(old));
    expect(lost.outcome).toBe("conflict");
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: "order#ord-s2" } } }));
    const records = await readStream();
    expect(records).toHaveLength(writes + 2);
    const passed = records.filter((record) => passes(pipe, record));
    const events = passed.map((record) => parseEvent(toBusEvent(pipe, record, createdAtMs)));
    expect(events.map((event) => [event?.type, event?.detail.event_id])).toEqual(
      lives.flatMap((merchantUid) => [
        ["order.approved", `${merchantUid}#2`],
        ["order.paid", `${merchantUid}#3`],
        ["order.partially_refunded", `${merchantUid}#5`],
        ["order.review", `${merchantUid}#8`],
        ["order.review", `${merchantUid}#10`],
      ]),
    );
    expect(events[3]?.detail).toMatchObject({ review_reason: "manual_refund", cancel_amount: 20_000 });
    expect(events[4]?.detail.review_reason).toBeNull();
  });
});

describe("a pattern", () => {
  const pattern = { a: { b: [{ exists: true }] } };
  const of = (more: object): PipeDefinition => ({ ...pipe, patterns: [more] });
  const record = (more: object) => ({ eventName: "MODIFY", dynamodb: {}, ...more });
  it.each<[object, object, boolean]>([
    [pattern, { a: { b: "x" } }, true],
    [pattern, { a: { b: null } }, true],
    [pattern, { a: { b: { c: 1 } } }, false],
    [pattern, { a: {} }, false],
    [pattern, {}, false],
    [{ a: [{ exists: false }] }, {}, true],
    [{ eventName: ["INSERT", "MODIFY"] }, {}, true],
    [{ eventName: ["INSERT"] }, {}, false],
  ])("%j over %j: %s", (wanted, more, expected) => {
    expect(passes(of(wanted), record(more))).toBe(expected);
  });
  it("that says what is not known here is an error", () => {
    expect(() => passes(of({ eventName: [{ prefix: "M" }] }), record({}))).toThrow("no such matcher");
  });
});
