// Cash receipts at PortOne: of a payment, or of a sale outside it. Amounts are the provider's to decide
// for a payment; a server error answered by PortOne itself is its documented "could not be issued".
import * as z from "zod/mini";
import { parseMoney } from "../domain/money.ts";
import type { ReceiptRecord } from "../domain/receipt.ts";
import type { ReceiptGateway, ReceiptTarget } from "../ports/portone.ts";
import { askForOne } from "./ask.ts";
import type { AuthorizedCall, AuthorizedCaller } from "./authorized-caller.ts";
import { sendChange, toCallResult, withoutNull } from "./change-call.ts";
import { pathTo } from "./path.ts";
import { changeLimitMs } from "./policy.ts";
import { address, codeBytes, requiredWords, words } from "./words.ts";

export const createReceipts = (caller: AuthorizedCaller, channelKey: string | null): ReceiptGateway => {
  const send = async (call: Pick<AuthorizedCall, "method" | "path" | "body">) =>
    toCallResult(await sendChange(caller, call, changeLimitMs), toReceiptRecord, {
      isServerErrorFinal: true,
    });

  return {
    login: () => caller.login(),

    issueReceipt(request) {
      const { draft, target } = request;
      const body = withoutNull({
        identifier: request.identifier,
        identifier_type: request.identifierType,
        type: draft.type,
        product_type: request.productType,
        buyer_name: request.buyerName,
        buyer_email: request.buyerEmail,
        buyer_tel: request.buyerTel,
        tax_free: draft.taxFree,
        // Which of the two names the channel is undocumented for KSNET, so both are sent.
        ...(target.kind === "external" && {
          name: request.saleName,
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

const wireReceipt = z.object({
  apply_num: requiredWords(codeBytes),
  amount: z.number(),
  vat: z.number(),
  applied_at: z.number(),
  receipt_tid: words(codeBytes),
  receipt_url: address,
  cancelled_at: z.nullish(z.number()),
});

/** Receipts are won only; null for what is no receipt. */
function toReceiptRecord(response: unknown): ReceiptRecord | null {
  const parsed = wireReceipt.safeParse(response);
  if (!parsed.success) return null;
  const wire = parsed.data;
  const amount = parseMoney(wire.amount, "KRW");
  const vat = parseMoney(wire.vat, "KRW");
  if (amount === null || vat === null) return null;
  return {
    applyNum: wire.apply_num,
    amount,
    vat,
    receiptTid: wire.receipt_tid ?? null,
    receiptUrl: wire.receipt_url || null,
    appliedAtMs: wire.applied_at * 1000,
    // Live is 0 or null: PortOne documents neither.
    cancelledAtMs: wire.cancelled_at ? wire.cancelled_at * 1000 : null,
  };
}
