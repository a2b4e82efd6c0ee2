// The table as it lies there: every item over DynamoDB's own protocol, its values as plain ones. Nothing of
// the product reads here.
import { type AttributeValue, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";

export type PlainItem = Readonly<Record<string, unknown>>;

export interface TableReader {
  /** Every item of the table, whatever it is. */
  scan(): Promise<readonly PlainItem[]>;
  close(): void;
}

export function createTableReader(endpoint: string, table: string): TableReader {
  const client = new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "auditor", secretAccessKey: "auditor" },
  });
  return {
    async scan() {
      const items: PlainItem[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const command = new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          ...(start && { ExclusiveStartKey: start }),
        });
        const page = await client.send(command);
        items.push(...(page.Items ?? []).map(toPlainItem));
        start = page.LastEvaluatedKey;
      } while (start);
      return items;
    },
    close: () => client.destroy(),
  };
}

const toPlainItem = (item: Record<string, AttributeValue>): PlainItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toPlain(value)]));

function toPlain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(toPlain);
  if (value.M !== undefined) return toPlainItem(value.M);
  return null;
}
