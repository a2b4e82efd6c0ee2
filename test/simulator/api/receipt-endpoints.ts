// /receipts/{imp_uid}: the cash receipt of a payment made through PortOne. Facts: receipt pages of the V1 API;
// a payment nobody knows is assumed 400, because the page lists no 404 for issuing.
import { findPaymentRefusal } from "../ksnet/receipt-rules.ts";
import { remainingOf } from "../payment.ts";
import { latestReceipt, receiptsAsOf } from "../receipt.ts";
import { toWireReceipt } from "../receipt-wire.ts";
import { type ApiCall, type Endpoint, failure, success } from "./endpoint.ts";
import { fileOf, issueReceipt, type ReceiptOwner, revokeLiveReceipt } from "./receipt-file.ts";

const path = "/receipts/{imp_uid}";

const issue: Endpoint = {
  method: "POST",
  path,
  handle: (call) => {
    const { store, settings } = call.simulator;
    const owner = ownerOf(call);
    const payment = store.get("payments", owner.impUid);
    const message = findPaymentRefusal(payment, settings);
    if (!payment || message !== null) return failure(400, message ?? "");
    return issueReceipt(call, owner, remainingOf(payment));
  },
};

const read: Endpoint = {
  method: "GET",
  path,
  handle: (call) => {
    const receipt = latestReceipt(receiptsAsOf(fileOf(call, ownerOf(call)), call.asOfMs));
    return receipt ? success(toWireReceipt(receipt)) : failure(404, "발행된 현금영수증이 없습니다.");
  },
};

const revoke: Endpoint = {
  method: "DELETE",
  path,
  handle: (call) =>
    revokeLiveReceipt(call, ownerOf(call), failure(400, "포트원을 통해 발행된 현금영수증이 없습니다.")),
};

export const receiptEndpoints: readonly Endpoint[] = [issue, read, revoke];

function ownerOf({ path: { imp_uid: impUid = "" }, simulator }: ApiCall): ReceiptOwner & { impUid: string } {
  const merchantUid = simulator.store.get("payments", impUid)?.merchantUid ?? "";
  return { collection: "receipts", impUid, merchantUid };
}
