// Cash receipts at PortOne: of a payment, or of a sale outside it. Amounts are the provider's to decide
// for a payment; a server error answered by PortOne itself is its documented "could not be issued".
import { parseMoney } from "../domain/money.ts";
import type { ReceiptRecord } from "../domain/receipt.ts";
import type { ReceiptGateway, ReceiptTarget } from "../ports/portone.ts";
import { askForOne } from "./ask.ts";
import type { AuthorizedCall, AuthorizedCaller } from "./authorized-caller.ts";
import { sendChange, toCallResult, withoutNull } from "./change-call.ts";
import { asWire, isNothing, timeIn } from "./fields.ts";
import { pathTo } from "./path.ts";
import { changeLimitMs } from "./policy.ts";
import { addressIn, codeBytes, wordsIn } from "./words.ts";

export const createReceipts = (caller: AuthorizedCaller, channelKey: string | null): ReceiptGateway => {
  const send = async (call: Pick<AuthorizedCall, "method" | "path" | "body">) =>
    toCallResult(await sendChange(caller, call, changeLimitMs), toReceiptRecord, {
      isServerErrorFinal: true,
    });

  return {
    login: () => caller.login(),

    issueReceipt(request) {
      const { draft, target, recipient } = request;
      const body = withoutNull({
        identifier: recipient.identifier,
        identifier_type: recipient.identifierType,
        type: draft.type,
        product_type: recipient.productType,
        buyer_name: request.buyerName,
        buyer_email: recipient.buyerEmail,
        buyer_tel: recipient.buyerTel,
        tax_free: draft.taxFree,
        // Which of the two names the channel is undocumented for KSNET, so both are sent.
        ...(target.kind === "external" && {
          name: recipient.saleName,
          amount: draft.amount,
          channel_key: channelKey,
          pg: "ksnet",
        }),
      });
      return send({ method: "POST", path: pathOf(target), body });
    },

    cancelReceipt: (target) => send({ method: "DELETE", path: pathOf(target) }),

    fetchReceipt: (target) => askForOne(caller, pathOf(target), toReceiptRecord),
  };
};

const pathOf = (target: ReceiptTarget) =>
  target.kind === "payment"
    ? pathTo`/receipts/${target.impUid}`
    : pathTo`/receipts/external/${target.merchantUid}`;

/** Receipts are won only; null for what is no receipt, or does not tell whether it is cancelled. */
function toReceiptRecord(response: unknown): ReceiptRecord | null {
  const wire = asWire(response);
  const applyNum = wire && approvalNumberIn(wire["apply_num"]);
  if (!wire || applyNum === null) return null;
  const amount = parseMoney(wire["amount"], "KRW");
  const vat = parseMoney(wire["vat"], "KRW");
  const cancelledAtMs = timeIn(wire["cancelled_at"]);
  // Live is 0 or null: PortOne documents neither.
  const isTold = cancelledAtMs !== null || isNothing(wire["cancelled_at"]);
  if (amount === null || vat === null || !isTold) return null;
  return {
    applyNum,
    amount,
    vat,
    receiptTid: wordsIn(wire["receipt_tid"], codeBytes),
    receiptUrl: addressIn(wire["receipt_url"]),
    appliedAtMs: timeIn(wire["applied_at"]),
    cancelledAtMs,
  };
}

/** It tells one receipt from another, so that one written as a number is one all the same. */
const approvalNumberIn = (value: unknown): string | null =>
  wordsIn(typeof value === "number" ? String(value) : value, codeBytes) || null;
