// One UpdateItem that turns one item into another, on condition that nobody wrote in between.
import { isDeepStrictEqual } from "node:util";
import type { AttributeValue, UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./item.ts";

/** Sets what differs and removes what is gone; a write that leaves index keys alone costs no index unit. */
export function conditionalUpdate(table: string, previous: Item, next: Item): UpdateItemCommandInput {
  const names: Record<string, string> = { "#version": "version" };
  const values: Record<string, AttributeValue> = { ":expected": previous["version"] ?? { N: "0" } };
  const sets: string[] = [];
  const removes: string[] = [];
  for (const name of new Set([...Object.keys(previous), ...Object.keys(next)])) {
    const value = next[name];
    if (name === "pk" || isDeepStrictEqual(previous[name], value)) continue;
    names[`#${name}`] = name;
    if (value === undefined) {
      removes.push(`#${name}`);
    } else {
      values[`:${name}`] = value;
      sets.push(`#${name} = :${name}`);
    }
  }
  const removal = removes.length > 0 ? ` REMOVE ${removes.join(", ")}` : "";
  return {
    TableName: table,
    Key: { pk: next["pk"] ?? { S: "" } },
    ConditionExpression: "#version = :expected",
    UpdateExpression: `SET ${sets.join(", ")}${removal}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
}
