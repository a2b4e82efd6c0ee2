// A cancel in flight as the map inside its order's item.
import type { CancelOperation } from "../domain/cancel.ts";
import {
  type Item,
  number,
  present,
  readMoney,
  readNumber,
  readOptionalMoney,
  readOptionalText,
  readText,
  text,
  when,
} from "./item.ts";

export const encodeOperation = (operation: CancelOperation): Item => ({
  id: text(operation.id),
  kind: text(operation.kind),
  state: text(operation.state),
  imp_uid: text(operation.impUid),
  amount: number(operation.amount),
  checksum: number(operation.checksum),
  tag: text(operation.tag),
  body_hash: text(operation.bodyHash),
  owner: text(operation.owner),
  sends: number(operation.sends),
  sent_at: number(operation.sentAtMs),
  since: number(operation.sinceMs),
  ...when(operation.taxFree > 0, { tax_free: number(operation.taxFree) }),
  ...present(operation.reason, (reason) => ({ reason: text(reason) })),
  ...present(operation.requester, (requester) => ({ requester: text(requester) })),
});

export const decodeOperation = (item: Item): CancelOperation => ({
  id: readText(item, "id"),
  kind: readText(item, "kind") as CancelOperation["kind"],
  state: readText(item, "state") as CancelOperation["state"],
  impUid: readText(item, "imp_uid"),
  amount: readMoney(item, "amount"),
  taxFree: readOptionalMoney(item, "tax_free"),
  checksum: readMoney(item, "checksum"),
  tag: readText(item, "tag"),
  reason: readOptionalText(item, "reason"),
  requester: readOptionalText(item, "requester") as CancelOperation["requester"],
  bodyHash: readText(item, "body_hash"),
  owner: readText(item, "owner"),
  sends: readNumber(item, "sends"),
  sentAtMs: readNumber(item, "sent_at"),
  sinceMs: readNumber(item, "since"),
});
