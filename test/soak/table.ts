// The table's items as plain values, read over DynamoDB's protocol by code of the soak's own: an auditor that
// used the product's decoding would believe its mistakes.
import { type AttributeValue, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { itemBytes } from "../support/item-bytes.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Item = { readonly [name: string]: Value };

/** An item as it stands, and its size as DynamoDB counts it. */
export interface StoredItem {
  readonly pk: string;
  readonly bytes: number;
  readonly item: Item;
}

export const openTable = (dynamodbUrl: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: dynamodbUrl,
    region: "local",
    credentials: { accessKeyId: "soak", secretAccessKey: "soak" },
  });

export async function readTable(dynamodbUrl: string, table: string): Promise<readonly StoredItem[]> {
  const client = openTable(dynamodbUrl);
  const items = await readItemsWith(client, table);
  client.destroy();
  return items;
}

/** For whoever reads often. */
export async function readItemsWith(client: DynamoDBClient, table: string): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    );
    for (const item of page.Items ?? [])
      items.push({ pk: item["pk"]?.S ?? "", bytes: itemBytes(item), item: plainMap(item) });
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

const plainMap = (map: Record<string, AttributeValue>): Item =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, plain(value)]));

function plain(value: AttributeValue): Value {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  // Of bytes there are only refunds' ids.
  if (value.B !== undefined) return `rf_${Buffer.from(value.B).toString("base64url")}`;
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return plainMap(value.M);
  return null;
}
