// No order is left to a person: nothing in the plan of a soak that asks this needs one. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import { numberOf, ordersIn, text } from "./world.ts";

export const auditMarks = (items: readonly Item[]): readonly Finding[] =>
  ordersIn(items)
    .filter((order) => order["review_reason"] !== undefined)
    .map((order) => found("unresolved", numberOf(order), text(order["review_reason"])));
