// Issuing and revoking a cash receipt, for a PortOne payment and for a sale made elsewhere alike. Facts: receipt
// pages of the V1 API (400 for what is missing or already issued). It stores; whose receipt it is, the
// endpoints say.
import { receiptRules, type WantedReceipt } from "../ksnet/receipt-rules.ts";
import { addReceipt, isLive, latestReceipt, revokeReceipt, vatOf } from "../receipt.ts";
import { toWireReceipt } from "../receipt-wire.ts";
import type { ReceiptFile } from "../state.ts";
import { type Answer, type ApiCall, failure, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

export interface ReceiptOwner {
  readonly collection: "receipts" | "externalReceipts";
  readonly impUid: string | null;
  readonly merchantUid: string;
}

export const fileOf = ({ simulator }: ApiCall, owner: ReceiptOwner): ReceiptFile | null =>
  simulator.store.get(owner.collection, owner.impUid ?? owner.merchantUid);

/** `amount` is what the receipt is made out for, which the caller of PortOne's API may not choose. */
export function issueReceipt(call: ApiCall, owner: ReceiptOwner, amount: number): Answer {
  const { simulator } = call;
  const wanted = readWanted(call, amount);
  for (const rule of receiptRules) {
    const message = rule.refuses(wanted);
    if (message !== null) return failure(400, message);
  }
  const file = fileOf(call, owner);
  const latest = latestReceipt(file);
  if (isLive(latest)) return failure(400, "이미 현금영수증이 발행된 거래입니다.");
  if (latest && simulator.settings.switches.receipt_reissue === "400")
    return failure(400, "현금영수증이 취소된 거래는 다시 발행할 수 없습니다.");
  const receipt = {
    ...wanted,
    impUid: owner.impUid,
    merchantUid: owner.merchantUid,
    generation: (file?.generations.length ?? 0) + 1,
    receiptTid: simulator.nextId("receiptTid"),
    applyNum: simulator.nextId("receiptNum"),
    vat: vatOf(wanted.amount, wanted.taxFree),
    appliedAtMs: simulator.clock.nowMs(),
    cancelledAtMs: null,
  };
  return keep(call, owner, addReceipt(file, receipt));
}

/** `notIssued` is the answer when there never was one. */
export function revokeLiveReceipt(call: ApiCall, owner: ReceiptOwner, notIssued: Answer): Answer {
  const file = fileOf(call, owner);
  const latest = latestReceipt(file);
  if (!latest) return notIssued;
  if (!isLive(latest)) return failure(400, "이미 취소된 현금영수증입니다.");
  return keep(call, owner, revokeReceipt(file, call.simulator.clock.nowMs()));
}

function keep({ simulator }: ApiCall, owner: ReceiptOwner, file: ReceiptFile): Answer {
  simulator.store.put(owner.collection, owner.impUid ?? owner.merchantUid, file);
  const latest = latestReceipt(file);
  return success(latest && toWireReceipt(latest));
}

function readWanted({ body }: ApiCall, amount: number): WantedReceipt {
  return {
    identifier: textField(body, "identifier"),
    identifierType: textField(body, "identifier_type"),
    type: textField(body, "type") ?? "person",
    productType: textField(body, "product_type"),
    buyerName: textField(body, "buyer_name"),
    amount,
    taxFree: numberField(body, "tax_free") ?? 0,
  };
}
