// Many items read together, a hundred at a time.
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { type Item, text } from "./item.ts";
import { callTable } from "./table-client.ts";
import type { TableAccess } from "./versioned-item.ts";

/** What a busy table leaves unread is asked for again a few times before the page counts as unread. */
const mostRounds = 5;
const mostKeys = 100;

/** Those that exist, in no order. Reads that are not consistent cost half and may be behind. */
export async function readItems(
  access: TableAccess,
  keys: readonly string[],
  { isConsistent }: { readonly isConsistent: boolean },
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += mostKeys)
    found.push(...(await readSome(access, keys.slice(start, start + mostKeys), isConsistent)));
  return found;
}

async function readSome(
  { client, table }: TableAccess,
  names: readonly string[],
  isConsistent: boolean,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let keys: Item[] = [...new Set(names)].map((pk) => ({ pk: text(pk) }));
  for (let round = 1; keys.length > 0 && round <= mostRounds; round += 1) {
    const command = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: keys, ConsistentRead: isConsistent } },
    });
    const { Responses, UnprocessedKeys } = await callTable(() => client.send(command));
    found.push(...(Responses?.[table] ?? []));
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  if (keys.length > 0)
    await callTable(() => Promise.reject(new Error(`${keys.length} items were left unread`)));
  return found;
}
