// A cancel in flight as the map inside its order's item.
import { type CancelOperation, cancelKinds, cancelStates, requesters } from "../domain/operation.ts";
import {
  type Item,
  number,
  present,
  readMoney,
  readNumber,
  readOneOf,
  readOptionalMoney,
  readOptionalOneOf,
  readOptionalText,
  readText,
  text,
  when,
} from "./item.ts";

export const encodeCancel = (cancel: CancelOperation): Item => ({
  id: text(cancel.id),
  kind: text(cancel.kind),
  state: text(cancel.state),
  uid: text(cancel.impUid),
  amount: number(cancel.amount),
  checksum: number(cancel.checksum),
  tag: text(cancel.tag),
  hash: text(cancel.bodyHash),
  claim: text(cancel.claimToken),
  sends: number(cancel.sends),
  sent_at: number(cancel.sentAtMs),
  since: number(cancel.sinceMs),
  ...when(cancel.taxFree > 0, { tax_free: number(cancel.taxFree) }),
  ...present(cancel.reason, (reason) => ({ reason: text(reason) })),
  ...present(cancel.refused, ({ message }) => ({ refused: text(message ?? "") })),
  ...present(cancel.requester, (requester) => ({ requester: text(requester) })),
});

export const decodeCancel = (item: Item): CancelOperation => ({
  id: readText(item, "id"),
  kind: readOneOf(item, "kind", cancelKinds),
  state: readOneOf(item, "state", cancelStates),
  impUid: readText(item, "uid"),
  amount: readMoney(item, "amount"),
  taxFree: readOptionalMoney(item, "tax_free"),
  checksum: readMoney(item, "checksum"),
  tag: readText(item, "tag"),
  reason: readOptionalText(item, "reason"),
  requester: readOptionalOneOf(item, "requester", requesters),
  bodyHash: readText(item, "hash"),
  refused: item["refused"]?.S === undefined ? null : { message: item["refused"].S || null },
  claimToken: readText(item, "claim"),
  sends: readNumber(item, "sends"),
  sentAtMs: readNumber(item, "sent_at"),
  sinceMs: readNumber(item, "since"),
});
