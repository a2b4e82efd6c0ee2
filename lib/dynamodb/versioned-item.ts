// Items that are read whole and written whole, each write conditional on the version it was decided on.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Item, number, schema } from "./item.ts";
import { abortBy, callTable } from "./table-client.ts";

export interface TableAccess {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** The newest written version. */
export async function readItem(
  { client, table }: TableAccess,
  pk: AttributeValue,
  signal?: AbortSignal,
): Promise<Item | null> {
  const command = new GetItemCommand({ TableName: table, Key: { pk }, ConsistentRead: true });
  const { Item: item } = await callTable(() => client.send(command, abortBy(signal)));
  return item ?? null;
}

/** Writes the next version; 0 creates the item. False when somebody else wrote first. */
export function writeItem(
  { client, table }: TableAccess,
  item: Item,
  previousVersion: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const command = new PutItemCommand({
    TableName: table,
    Item: { ...item, ...schema, version: number(previousVersion + 1) },
    ...onVersion(previousVersion),
  });
  return isWritten(() => client.send(command, abortBy(signal)));
}

/** The condition of a put over this version; 0 stands for no item. */
export const onVersion = (previousVersion: number) =>
  previousVersion === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : {
        ConditionExpression: "#version = :previous",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":previous": number(previousVersion) },
      };

/** False when the write's condition did not hold. */
export async function isWritten(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await callTable(write);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/**
 * The item that kept the write's condition from holding; null when it was written. The write asks for ALL_OLD; a
 * table that does not know it refuses without the item, which is then read, and may be newer than the refusal.
 */
export async function whoStandsThere(
  access: TableAccess,
  pk: AttributeValue,
  write: () => Promise<unknown>,
  signal?: AbortSignal,
): Promise<Item | null> {
  try {
    await callTable(write);
    return null;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const standing = error.Item ?? (await readItem(access, pk, signal));
    // No item at all: a change of something that was never created, which is no conflict but a mistake of ours.
    if (!standing) throw error;
    return standing;
  }
}
