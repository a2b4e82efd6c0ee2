// Holds what the nightly audits reported against what became of it: no difference is left that nobody brought level or
// told a person of, nothing was unreadable, and no day is left behind. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import { type NightReport, ordersByNumber, reasonsOf } from "./world.ts";

export function auditNights(items: readonly Item[], nights: readonly NightReport[]): readonly Finding[] {
  const orders = ordersByNumber(items);
  const last = nights.at(-1);
  if (!last) return [found("audit_behind", "nights", "nobody audited anything")];
  return [
    ...nights.flatMap((night) => [
      ...auditReadable(night),
      ...night.differences.flatMap((difference) => auditDifference(difference, orders)),
    ]),
    ...(last.complete ? [] : [found("audit_behind", last.window.from, "did not come to its end")]),
    ...last.behind.map((day) => found("audit_behind", day, "is still unfinished")),
  ];
}

const auditReadable = ({ window, unreadable }: NightReport): readonly Finding[] =>
  unreadable === 0 ? [] : [found("audit_differs", window.from, `${unreadable} were not readable`)];

type Difference = NightReport["differences"][number];

function auditDifference(difference: Difference, orders: ReadonlyMap<string, Item>): readonly Finding[] {
  const { kind, merchant_uid: merchantUid, ours, theirs, synced } = difference;
  const differs = (detail: string) => [found("audit_differs", merchantUid, `${kind}: ${detail}`)];
  // Computed in every write, so that no night may find another.
  if ("due_at" in theirs) return differs(`due at ${ours["due_at"]}, not ${theirs["due_at"]}`);
  const order = orders.get(merchantUid);
  if (!order) return differs("of an order that does not exist");
  const isTold =
    order["review_reason"] !== undefined || reasonsOf(order).some((why) => why.startsWith("cleared"));
  return synced || isTold ? [] : differs("neither brought level nor told a person");
}
