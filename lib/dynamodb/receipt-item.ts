// A cash receipt and the call about it in flight, as maps inside the item of their order or sale, and beside them whom
// it is for, sealed. Readable is only the identifier's mask.
import { vatOf } from "../domain/money.ts";
import {
  type Receipt,
  type ReceiptDraft,
  type ReceiptOperation,
  receiptKinds,
  receiptOperationStates,
  receiptOrigins,
  receiptStates,
  receiptTypes,
} from "../domain/operation.ts";
import { receiptOperationId } from "../domain/receipt.ts";
import {
  type Item,
  number,
  present,
  readMoney,
  readNumber,
  readOneOf,
  readOptionalMoney,
  readOptionalNumber,
  readOptionalOneOf,
  readOptionalText,
  readText,
  text,
  when,
} from "./item.ts";

export const encodeReceipt = (receipt: Receipt): Item => ({
  state: text(receipt.state),
  type: text(receipt.type),
  masked: text(receipt.identifierMasked),
  amount: number(receipt.amount),
  apply_num: text(receipt.applyNum),
  applied_at: number(receipt.appliedAtMs),
  // What nearly every receipt says takes no room.
  ...when(receipt.taxFree > 0, { tax_free: number(receipt.taxFree) }),
  ...when(receipt.vat !== vatOf(receipt.amount, receipt.taxFree), { vat: number(receipt.vat) }),
  ...when(receipt.generation > 1, { generation: number(receipt.generation) }),
  ...when(receipt.origin !== "merchant", { origin: text(receipt.origin) }),
  ...present(receipt.receiptTid, (tid) => ({ tid: text(tid) })),
  ...present(receipt.receiptUrl, (url) => ({ url: text(url) })),
  ...present(receipt.cancelledAtMs, (atMs) => ({ cancelled_at: number(atMs) })),
  ...present(receipt.askedAmount, (amount) => ({ asked_amount: number(amount) })),
  ...present(receipt.restsUntilMs, (atMs) => ({ rests_until: number(atMs) })),
  ...present(receipt.readAtMs, (atMs) => ({ read_at: number(atMs) })),
});

export function decodeReceipt(item: Item): Receipt {
  const amount = readMoney(item, "amount");
  const taxFree = readOptionalMoney(item, "tax_free");
  return {
    state: readOneOf(item, "state", receiptStates),
    type: readOneOf(item, "type", receiptTypes),
    identifierMasked: readText(item, "masked"),
    amount,
    askedAmount: item["asked_amount"] === undefined ? null : readMoney(item, "asked_amount"),
    taxFree,
    vat: item["vat"] === undefined ? vatOf(amount, taxFree) : readMoney(item, "vat"),
    receiptTid: readOptionalText(item, "tid"),
    applyNum: readText(item, "apply_num"),
    receiptUrl: readOptionalText(item, "url"),
    appliedAtMs: readNumber(item, "applied_at"),
    cancelledAtMs: readOptionalNumber(item, "cancelled_at"),
    restsUntilMs: readOptionalNumber(item, "rests_until"),
    readAtMs: readOptionalNumber(item, "read_at"),
    generation: readOptionalNumber(item, "generation") ?? 1,
    origin: readOptionalOneOf(item, "origin", receiptOrigins) ?? "merchant",
  };
}

export const encodeReceiptOperation = (operation: ReceiptOperation): Item => ({
  kind: text(operation.kind),
  state: text(operation.state),
  claim: text(operation.claimToken),
  sends: number(operation.sends),
  sent_at: number(operation.sentAtMs),
  since: number(operation.sinceMs),
  ...when(operation.isFollowing, { follow: { BOOL: true } }),
  ...present(operation.draft, (draft) => ({ draft: { M: encodeDraft(draft) } })),
});

/** Its name is told by the receipt it is about, and is not stored. */
export function decodeReceiptOperation(item: Item, receipt: Receipt | null): ReceiptOperation {
  const kind = readOneOf(item, "kind", receiptKinds);
  return { ...decodeCall(item), kind, id: receiptOperationId(kind, receipt) };
}

const decodeCall = (item: Item): Omit<ReceiptOperation, "id" | "kind"> => ({
  state: readOneOf(item, "state", receiptOperationStates),
  claimToken: readText(item, "claim"),
  sends: readNumber(item, "sends"),
  sentAtMs: readNumber(item, "sent_at"),
  sinceMs: readNumber(item, "since"),
  isFollowing: item["follow"]?.BOOL === true,
  draft: item["draft"]?.M ? decodeDraft(item["draft"].M) : null,
});

const encodeDraft = (draft: ReceiptDraft): Item => ({
  type: text(draft.type),
  masked: text(draft.identifierMasked),
  amount: number(draft.amount),
  tax_free: number(draft.taxFree),
  body_hash: text(draft.bodyHash),
});

const decodeDraft = (item: Item): ReceiptDraft => ({
  type: readOneOf(item, "type", receiptTypes),
  identifierMasked: readText(item, "masked"),
  amount: readMoney(item, "amount"),
  taxFree: readMoney(item, "tax_free"),
  bodyHash: readText(item, "body_hash"),
});
