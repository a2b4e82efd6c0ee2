// How long the console's pages take on a day with many orders: as the browser waits for them, from the console's own
// server on the laptop, with PortOne's simulator beside it.
import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { startConsole } from "../../../infra/console/start-console.ts";
import { startEmbeddedDynamoDb } from "../../../infra/local/processes/embedded-dynamodb.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { toPaymentRecord } from "../../../lib/portone/translate.ts";
import { type LocalStack, startStackOn } from "../../support/stack.ts";
import type { FamilyOptions } from "../family.ts";
import { paidItem } from "../growth/orders.ts";
import { KeptConnections } from "../kept-connections.ts";
import { type Row, rowOf } from "../rows.ts";

const ordersOfADay = 5_000;
const limitMs = 100;
const connections = 8;
const itemsAWrite = 25;
const kstOffsetMs = 9 * 3_600_000;

export async function consoleRows({ runs, say, done, engine }: FamilyOptions): Promise<readonly Row[]> {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const dynamodb = await startEmbeddedDynamoDb(engine, null);
  const stack = await startStackOn(dynamodb.url);
  const { gatewayUrl, simulatorUrl, merchantKey } = stack;
  const desk = await startConsole({
    apiUrl: gatewayUrl,
    key: merchantKey,
    local: { simulatorUrl },
    port: 0,
    print: () => {},
    log: console.error,
  });
  try {
    say(`making ${ordersOfADay} orders`);
    const records = await pay(simulatorUrl, (made) => done("orders", made, ordersOfADay));
    await keep(records, stack);
    const read = await enter(desk.url);
    const [newest] = records.toReversed();
    const day = new Date((newest?.startedAtMs ?? 0) - 600_000 + kstOffsetMs).toISOString().slice(0, 10);
    const rows: Row[] = [];
    for (const [page, path] of [
      ["order list", `/orders?day=${day}`],
      ["order", `/orders/${newest?.merchantUid}`],
      ["queue", "/queue"],
    ] as const) {
      // The first one waits for functions that start.
      await read(path);
      const tookMs: number[] = [];
      for (let run = 0; run < runs; run += 1) tookMs.push(await read(path));
      const of = `${page} page, ${ordersOfADay} orders of a day: ms`;
      rows.push(rowOf({ goal: "console", of, limit: limitMs, isAtLeast: false }, tookMs));
    }
    return rows;
  } finally {
    await desk.close();
    await stack.close();
    await dynamodb.close();
  }
}

async function pay(simulatorUrl: string, onPaid: (made: number) => void): Promise<readonly PaymentRecord[]> {
  const simulator = new KeptConnections(simulatorUrl, connections);
  const left = Array.from(
    { length: ordersOfADay },
    (_, index) => `ord-day-${String(index).padStart(6, "0")}`,
  );
  const records: PaymentRecord[] = [];
  const worker = async () => {
    for (let merchant_uid = left.shift(); merchant_uid !== undefined; merchant_uid = left.shift()) {
      const request_pay = { pay_method: "card", name: "캔버스 스니커즈", amount: 109_000, merchant_uid };
      const body = { request_pay: { ...request_pay, tax_free: 3_000, buyer_name: "홍길동" } };
      const paid = JSON.parse(await simulator.send("POST", "/_control/pay", body, null)) as {
        readonly payment: unknown;
      };
      const record = toPaymentRecord(paid.payment);
      if (!record) throw new Error(`not paid: ${JSON.stringify(paid)}`);
      records.push(record);
      onPaid(records.length);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  simulator.close();
  return records;
}

/** The orders as they are once the notices have come. */
async function keep(records: readonly PaymentRecord[], stack: LocalStack): Promise<void> {
  const settings = await fetch(`${stack.simulatorUrl}/_control/settings`);
  const { mid } = (await settings.json()) as { readonly mid: string };
  const items: Record<string, AttributeValue>[] = records.map((record) => paidItem(record, mid));
  const client = new DynamoDBClient({
    endpoint: stack.dynamodbUrl,
    region: "local",
    credentials: { accessKeyId: "bench", secretAccessKey: "local" },
  });
  for (let start = 0; start < items.length; start += itemsAWrite) {
    const puts = items.slice(start, start + itemsAWrite).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [stack.table]: puts } }));
  }
  client.destroy();
}

/** Reads a page as somebody who was let in; how long it took until its last byte. */
async function enter(address: string): Promise<(path: string) => Promise<number>> {
  const entered = await fetch(address, { redirect: "manual" });
  const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
  return async (path) => {
    const startMs = performance.now();
    const response = await fetch(new URL(path, address), { headers: { cookie } });
    const text = await response.text();
    const tookMs = performance.now() - startMs;
    if (response.status !== 200) throw new Error(`${path} is ${response.status}: ${text.slice(0, 300)}`);
    return tookMs;
  };
}
