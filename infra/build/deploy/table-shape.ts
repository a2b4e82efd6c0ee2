// Whether a table that was made elsewhere can hold orders: keys and indexes as infra/aws/table.cjs has them.
import type { KeySchemaElement, TableDescription } from "@aws-sdk/client-dynamodb";

export const wantedKey = "pk S HASH";
export const wantedIndexes: Readonly<Record<string, string>> = {
  due: "due_shard S HASH, due_at N RANGE",
  day: "day_shard S HASH, created_at N RANGE",
  review: "review_shard S HASH, review_at N RANGE",
  doubt: "doubt_shard S HASH, doubt_at N RANGE",
};

type Shape = Pick<TableDescription, "AttributeDefinitions" | "KeySchema" | "GlobalSecondaryIndexes">;

/** One line for each difference that would keep the functions from working. */
export function findShapeProblems(table: Shape): readonly string[] {
  const key = describeKey(table, table.KeySchema);
  return [
    ...(key === wantedKey ? [] : [`its key is ${key}, not ${wantedKey}`]),
    ...Object.entries(wantedIndexes).flatMap(([name, wanted]) => {
      const index = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
      if (!index) return [`it has no index ${name} (${wanted})`];
      const found = describeKey(table, index.KeySchema);
      return found === wanted ? [] : [`its index ${name} is ${found}, not ${wanted}`];
    }),
  ];
}

export const describeKey = (
  { AttributeDefinitions = [] }: Shape,
  key: readonly KeySchemaElement[] = [],
): string =>
  key
    .map(({ AttributeName, KeyType }) => {
      const attribute = AttributeDefinitions.find((each) => each.AttributeName === AttributeName);
      return `${AttributeName} ${attribute?.AttributeType} ${KeyType}`;
    })
    .join(", ");
