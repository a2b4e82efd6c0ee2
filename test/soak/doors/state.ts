// What a refusal may not change: the table's items and PortOne's records, read only when somebody may have written.
import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Stage } from "../stage.ts";
import { readItemsWith } from "../table.ts";
import type { Json } from "../world.ts";
import type { Snapshot } from "./checks.ts";

export async function takeSnapshot(stage: Stage, client: DynamoDBClient): Promise<Snapshot> {
  const items = await readItemsWith(client, stage.stack.table);
  const state = await stage.control("GET", "/state");
  const records = Object.entries(state).flatMap(([list, all]) =>
    (all as readonly Json[]).map((record, index): [string, string] => [
      `PortOne's ${list} ${index}`,
      JSON.stringify(record),
    ]),
  );
  return {
    items: new Map(items.map(({ pk, item }) => [pk, textOf(item)])),
    records: new Map(records),
  };
}

const reads = /^(GetItem|BatchGetItem|Query|GET .*|POST \/users\/getToken)$/;

/** How many calls the functions have made so far that could change anything. */
export async function countWrites(stage: Stage): Promise<number> {
  const { dynamodb, portone, init } = (await stage.local("GET", "/calls")) as unknown as Calls;
  const counts = [dynamodb.by_function, portone.by_function, init.dynamodb, init.portone].flatMap((by) =>
    Object.values(by),
  );
  return counts
    .flatMap((names) => Object.entries(names))
    .filter(([name]) => !reads.test(name))
    .reduce((total, [, count]) => total + count, 0);
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;
interface Calls {
  readonly dynamodb: { readonly by_function: Counts };
  readonly portone: { readonly by_function: Counts };
  readonly init: { readonly dynamodb: Counts; readonly portone: Counts };
}

/** The table gives a map's names in no order. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const mostAtOnce = 25;

export async function emptyTable({ stack: { table } }: Stage, client: DynamoDBClient): Promise<void> {
  const keys = (await readItemsWith(client, table)).map(({ pk }) => pk);
  for (let first = 0; first < keys.length; first += mostAtOnce) {
    const requests = keys
      .slice(first, first + mostAtOnce)
      .map((pk) => ({ DeleteRequest: { Key: { pk: { S: pk } } } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}
