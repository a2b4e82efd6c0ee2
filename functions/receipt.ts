// Merchants issue, preview, read and cancel cash receipts here: for an order, or for a sale made outside
// PortOne under a number of their own.
import type { Answer } from "../lib/http/answer.ts";
import { parseMerchantUid } from "../lib/http/fields.ts";
import { type MerchantRoute, merchantEndpoint } from "../lib/http/merchant-endpoint.ts";
import { problemAnswer } from "../lib/http/problem.ts";
import { malformed, ProblemError } from "../lib/http/problem-error.ts";
import { refuse } from "../lib/http/refusal.ts";
import { parsePreview, readOrderReceipt, readSaleReceipt } from "../lib/http/requests/receipt.ts";
import { viewOrderReceipt, viewPreview, viewSaleReceipt } from "../lib/http/views/receipt.ts";
import { cancelReceipt } from "../lib/usecases/receipts/cancel-receipt.ts";
import { askReceiptRules, issueReceipt, type ReceiptResult } from "../lib/usecases/receipts/issue-receipt.ts";
import { previewReceipt } from "../lib/usecases/receipts/preview-receipt.ts";
import { readSlot, type SlotAddress } from "../lib/usecases/receipts/receipt-slot.ts";
import { wire, wireReceipts } from "../lib/wiring.ts";

const wiring = wire("receipt");
const { config } = wiring;
const ports = { ...wiring, ...wireReceipts(wiring) };
const { channel, mids } = config;
const saleChannel = {
  channelKey: channel.channelKey ?? null,
  pgs: ["ksnet", ...mids.map((mid) => `ksnet.${mid}`), ...(channel.pg === undefined ? [] : [channel.pg])],
};

type Answering = MerchantRoute["answer"];
const receipts = (route: string, action: string, answer: Answering, query: readonly string[] = []) =>
  ({ route, action: `receipt.${action}`, scope: "receipts", query, answer }) as const;

function answerResult(
  { merchantUid }: SlotAddress,
  result: ReceiptResult,
  requestId: string,
  doneStatus: 200 | 201,
): Answer {
  if (!("slot" in result)) return refuse(result, requestId);
  const { outcome, slot, order } = result;
  const body = order ? viewOrderReceipt(order) : viewSaleReceipt(merchantUid, slot);
  // Whoever takes back what was wanted and never issued has no receipt.
  if (!body) return problemAnswer("receipt_not_found", requestId);
  const status = outcome === "done" ? doneStatus : 202;
  return { status, body, outcome, impUid: order?.impUid ?? null };
}

const issue: Answering = async (fields, call) => {
  const previewed = parsePreview(fields);
  if (previewed !== null) return preview(previewed, call.requestId);
  const { request, facts, problems } = readOrderReceipt(fields);
  if (!request) throw malformed(problems, askReceiptRules(facts, ports));
  return answerResult(request.address, await issueReceipt(request, call, ports), call.requestId, 201);
};

/** What would be issued; nothing is sent and no identifier is needed. */
async function preview(merchantUid: string, requestId: string): Promise<Answer> {
  const result = await previewReceipt(merchantUid, ports);
  if (result.outcome !== "issue") return refuse(result, requestId);
  return { status: 200, body: viewPreview(result) };
}

const issueExternal: Answering = async (fields, call) => {
  const { request, facts, problems } = readSaleReceipt(fields, saleChannel);
  if (!request) throw malformed(problems, askReceiptRules(facts, ports));
  return answerResult(request.address, await issueReceipt(request, call, ports), call.requestId, 201);
};

const get =
  (of: SlotAddress["of"]): Answering =>
  async (fields) => {
    const merchantUid = parseMerchantUid(fields);
    const snapshot = await readSlot({ of, merchantUid }, ports);
    if (!snapshot) throw new ProblemError("order_not_found");
    const { order, slot } = snapshot;
    const body = order ? viewOrderReceipt(order) : viewSaleReceipt(merchantUid, slot);
    if (!body) throw new ProblemError("receipt_not_found");
    return { status: 200, body };
  };

const cancel =
  (of: SlotAddress["of"]): Answering =>
  async (fields, call) => {
    const address = { of, merchantUid: parseMerchantUid(fields) };
    return answerResult(address, await cancelReceipt(address, call, ports), call.requestId, 200);
  };

export const { prime } = wiring;
export const handler = merchantEndpoint(wiring, [
  receipts("POST /orders/{merchant_uid}/receipt", "issue", issue, ["preview"]),
  receipts("GET /orders/{merchant_uid}/receipt", "get", get("order")),
  receipts("DELETE /orders/{merchant_uid}/receipt", "cancel", cancel("order")),
  receipts("POST /receipts/external/{merchant_uid}", "issue_external", issueExternal),
  receipts("GET /receipts/external/{merchant_uid}", "get_external", get("sale")),
  receipts("DELETE /receipts/external/{merchant_uid}", "cancel_external", cancel("sale")),
]);
