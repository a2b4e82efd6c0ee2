// /receipts/external/{merchant_uid}: the cash receipt of a sale PortOne had no part in. Facts: receipt pages of
// the V1 API and KSNET's page (R-KS-15: one asks for `channel_key`, the other for `pg`; either will do).
import { findChannelRefusal } from "../ksnet/channel.ts";
import { latestReceipt, receiptsAsOf } from "../receipt.ts";
import { toWireReceipt } from "../receipt-wire.ts";
import { type ApiCall, type Endpoint, failure, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";
import { fileOf, issueReceipt, type ReceiptOwner, revokeLiveReceipt } from "./receipt-file.ts";

const path = "/receipts/external/{merchant_uid}";
const neverIssued = failure(404, "발행된 현금영수증이 없습니다.");

const issue: Endpoint = {
  method: "POST",
  path,
  handle: (call) => {
    const { body, simulator } = call;
    const noChannel = findChannelRefusal(
      textField(body, "channel_key"),
      textField(body, "pg"),
      simulator.settings,
    );
    if (noChannel !== null) return failure(400, noChannel);
    if (textField(body, "name") === null) return failure(400, "이름(name)이 없습니다.");
    const amount = numberField(body, "amount");
    if (amount === null || !Number.isSafeInteger(amount) || amount <= 0)
      return failure(400, "발행금액(amount)은 0보다 큰 정수여야 합니다.");
    return issueReceipt(call, ownerOf(call), amount);
  },
};

const read: Endpoint = {
  method: "GET",
  path,
  handle: (call) => {
    const receipt = latestReceipt(receiptsAsOf(fileOf(call, ownerOf(call)), call.asOfMs));
    return receipt ? success(toWireReceipt(receipt)) : neverIssued;
  },
};

const revoke: Endpoint = {
  method: "DELETE",
  path,
  handle: (call) => revokeLiveReceipt(call, ownerOf(call), neverIssued),
};

export const externalReceiptEndpoints: readonly Endpoint[] = [issue, read, revoke];

const ownerOf = ({ path: { merchant_uid: merchantUid = "" } }: ApiCall): ReceiptOwner => ({
  collection: "externalReceipts",
  impUid: null,
  merchantUid,
});
