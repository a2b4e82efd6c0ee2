// Merchants issue, preview, read and cancel cash receipts here: for an order, or for a sale made outside
// PortOne under a number of their own.
import * as z from "zod/mini";
import { decideReceipt } from "../lib/domain/ksnet/receipt-rules.ts";
import { vatOf } from "../lib/domain/money.ts";
import type { ReceiptDraft } from "../lib/domain/receipt.ts";
import type { Answer } from "../lib/http/answer.ts";
import { merchantUid, parseFields } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { ProblemError, problemAnswer } from "../lib/http/problem.ts";
import {
  parsePreview,
  parseReceiptBody,
  parseSaleReceiptBody,
  type ReceiptBody,
} from "../lib/http/requests/receipt.ts";
import { viewReceipt } from "../lib/http/views/receipt.ts";
import { type BookKeeper, orderBook, saleBook } from "../lib/usecases/receipts/receipt-slot.ts";
import {
  cancelReceipt,
  issueReceipt,
  type ReceiptPlan,
  type ReceiptResult,
} from "../lib/usecases/receipts/run-receipt.ts";
import { wire, wireReceipts, wireSyncing } from "../lib/wiring.ts";

const wiring = wire("receipt");
const { config, store } = wiring;
const { sales, receipts } = wireReceipts(wiring);
const ports = { ...wiring, ...wireSyncing(wiring), sales, receipts };
const { channel, mids } = config;
const saleChannel = {
  channelKey: channel.channelKey ?? null,
  pgs: ["ksnet", ...mids.map((mid) => `ksnet.${mid}`), ...(channel.pg === undefined ? [] : [channel.pg])],
};
const named = z.strictObject({ merchant_uid: merchantUid });

const keeperOfOrder = (uid: string): BookKeeper => orderBook(uid, "merchant", ports);

function answerResult(
  result: ReceiptResult,
  uid: string,
  impUid: string | null,
  requestId: string,
  doneStatus: 200 | 201,
): Answer {
  switch (result.outcome) {
    case "done":
    case "pending": {
      const status = result.outcome === "done" ? doneStatus : 202;
      return {
        status,
        body: viewReceipt(uid, impUid, result.book) ?? {},
        outcome: result.outcome,
        merchantUid: uid,
      };
    }
    case "operation_in_flight":
      return problemAnswer("operation_in_flight", requestId, { operation: result.operationId });
    case "provider_refused":
      return problemAnswer("provider_refused", requestId, { provider_message: result.message });
    case "unavailable":
      return problemAnswer("provider_unavailable", requestId);
    case "refused":
      return problemAnswer(result.refusal, requestId);
  }
}

const planned = (
  body: ReceiptBody,
  amounts: Pick<ReceiptDraft, "amount" | "taxFree">,
  buyerName: string,
  saleName: string | null,
): ReceiptPlan => ({
  plan: "issue",
  draft: {
    type: body.type,
    identifierMasked: body.identifierMasked,
    bodyHash: body.bodyHash,
    amount: amounts.amount,
    taxFree: amounts.taxFree,
  },
  request: {
    identifier: body.identifier,
    identifierType: body.identifierType,
    productType: body.productType,
    buyerName,
    buyerEmail: body.buyerEmail,
    buyerTel: body.buyerTel,
    saleName,
  },
});

const issue: MerchantRoute = {
  route: "POST /orders/{merchant_uid}/receipt",
  action: "receipt.issue",
  scope: "receipts",
  query: ["preview"],
  answer: async (fields, { requestId }) => {
    const previewed = parsePreview(fields);
    if (previewed !== null) return preview(previewed);
    const body = parseReceiptBody(fields);
    let impUid: string | null = null;
    const result = await issueReceipt(
      keeperOfOrder(body.merchantUid),
      ({ order }) => {
        if (!order) throw new Error("an order's book without its order");
        const decision = decideReceipt(order);
        impUid = order.impUid;
        if (decision.decision === "refuse") return { plan: "refuse", refusal: decision.refusal };
        return planned(body, decision, body.buyerName ?? order.buyerName, null);
      },
      ports,
    );
    return answerResult(result, body.merchantUid, impUid, requestId, 201);
  },
};

/** What would be issued; nothing is sent and no identifier is needed. */
async function preview(uid: string): Promise<Answer> {
  const order = await store.read(parseFields(named, { merchant_uid: uid }).merchant_uid);
  if (!order) throw new ProblemError("order_not_found");
  const decision = decideReceipt(order);
  if (decision.decision === "refuse") throw new ProblemError(decision.refusal);
  const { amount, taxFree } = decision;
  return { status: 200, body: { amount, tax_free: taxFree, vat: vatOf(amount, taxFree) }, merchantUid: uid };
}

const get: MerchantRoute = {
  route: "GET /orders/{merchant_uid}/receipt",
  action: "receipt.get",
  scope: "receipts",
  answer: async (fields) => {
    const { merchant_uid } = parseFields(named, fields);
    const page = await keeperOfOrder(merchant_uid).read();
    if (!page) throw new ProblemError("order_not_found");
    const body = viewReceipt(merchant_uid, page.order?.impUid ?? null, page.book);
    if (!body) throw new ProblemError("receipt_not_found");
    return { status: 200, body, merchantUid: merchant_uid };
  },
};

const cancel: MerchantRoute = {
  route: "DELETE /orders/{merchant_uid}/receipt",
  action: "receipt.cancel",
  scope: "receipts",
  answer: async (fields, { requestId }) => {
    const { merchant_uid } = parseFields(named, fields);
    const keeper = keeperOfOrder(merchant_uid);
    const page = await keeper.read();
    if (!page) throw new ProblemError("order_not_found");
    const result = await cancelReceipt(keeper, ports);
    return answerResult(result, merchant_uid, page.order?.impUid ?? null, requestId, 200);
  },
};

const issueExternal: MerchantRoute = {
  route: "POST /receipts/external/{merchant_uid}",
  action: "receipt.issue_external",
  scope: "receipts",
  answer: async (fields, { requestId }) => {
    const body = parseSaleReceiptBody(fields, saleChannel);
    // A number with an order here gets the order's receipt; two over one sale would be deducted twice.
    if (await store.read(body.merchantUid)) throw new ProblemError("receipt_not_applicable");
    const plan = planned(body, body, body.buyerName ?? "", body.name);
    const result = await issueReceipt(saleBook(body.merchantUid, ports), () => plan, ports);
    return answerResult(result, body.merchantUid, null, requestId, 201);
  },
};

const getExternal: MerchantRoute = {
  route: "GET /receipts/external/{merchant_uid}",
  action: "receipt.get_external",
  scope: "receipts",
  answer: async (fields) => {
    const { merchant_uid } = parseFields(named, fields);
    const page = await saleBook(merchant_uid, ports).read();
    const body = page && viewReceipt(merchant_uid, null, page.book);
    if (!body) throw new ProblemError("receipt_not_found");
    return { status: 200, body, merchantUid: merchant_uid };
  },
};

const cancelExternal: MerchantRoute = {
  route: "DELETE /receipts/external/{merchant_uid}",
  action: "receipt.cancel_external",
  scope: "receipts",
  answer: async (fields, { requestId }) => {
    const { merchant_uid } = parseFields(named, fields);
    const result = await cancelReceipt(saleBook(merchant_uid, ports), ports);
    return answerResult(result, merchant_uid, null, requestId, 200);
  },
};

export const { prime } = wiring;
export const handler = merchantEndpoint({ ...wiring, merchantKeys: config.merchantKeys }, [
  issue,
  get,
  cancel,
  issueExternal,
  getExternal,
  cancelExternal,
]);
