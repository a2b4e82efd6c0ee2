// Holds what PortOne gave back against the keys it was asked for under: each cancel that no console made is one key's,
// each key's cancel is its own, and no key that was refused or withdrawn has any. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import { type CancelEntry, isByConsole, type Payment, refundsIn, tagOf, text } from "./world.ts";

export function auditKeys(items: readonly Item[], payments: readonly Payment[]): readonly Finding[] {
  const refunds = Map.groupBy(refundsIn(items), (refund) => text(refund["merchant_uid"]));
  return [...Map.groupBy(payments, ({ merchant_uid }) => merchant_uid)].flatMap(([merchantUid, own]) =>
    auditOrder(
      merchantUid,
      refunds.get(merchantUid) ?? [],
      own.flatMap(({ cancel_history }) => cancel_history),
    ),
  );
}

function auditOrder(
  merchantUid: string,
  refunds: readonly Item[],
  entries: readonly CancelEntry[],
): readonly Finding[] {
  const made = Map.groupBy(refunds, (refund) => text(refund["cancellation_id"]));
  const nobodys = entries
    .filter((entry) => !isByConsole(entry) && !made.has(entry.cancellation_id))
    .map(({ cancellation_id: id, reason }) =>
      found("double_cancel", merchantUid, `${id} ${reason} is no key's`),
    );
  const shared = [...made]
    .filter(([id, keys]) => id !== "" && keys.length > 1)
    .map(([id, keys]) => found("believed", merchantUid, `${id} is the cancel of ${keys.length} keys`));
  const failed = refunds
    .filter(({ state }) => state !== "succeeded")
    .filter(
      ({ tag, cancellation_id: id }) => id !== undefined || entries.some((entry) => tagOf(entry) === tag),
    )
    .map(({ refund_id: id, state }) => found("refused_yet_moved", merchantUid, `${id} is ${state}`));
  return [...nobodys, ...shared, ...failed];
}
