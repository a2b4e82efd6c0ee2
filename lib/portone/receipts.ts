// Cash receipts at PortOne: of a payment, or of a sale outside it. Amounts are the provider's to decide
// for a payment; a server error answered by PortOne itself is its documented "could not be issued".
import * as z from "zod/mini";
import { parseMoney } from "../domain/money.ts";
import type { ReceiptRecord } from "../domain/receipt.ts";
import type {
  CallResult,
  Login,
  ReceiptGateway,
  ReceiptIssueRequest,
  ReceiptTarget,
  Unavailable,
} from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { toCallResult } from "./change-call.ts";
import { ask, unavailable } from "./payments.ts";
import { changeLimitMs } from "./policy.ts";
import { withoutNull } from "./wire-fields.ts";

export class PortOneReceipts implements ReceiptGateway {
  readonly #caller: AuthorizedCaller;
  readonly #channelKey: string | null;

  constructor(caller: AuthorizedCaller, channelKey: string | null) {
    this.#caller = caller;
    this.#channelKey = channelKey;
  }

  login(): Promise<Login> {
    return this.#caller.login();
  }

  async issueReceipt(request: ReceiptIssueRequest): Promise<CallResult<ReceiptRecord>> {
    const { draft, target } = request;
    const answer = await this.#caller.call({
      method: "POST",
      path: pathOf(target),
      limitMs: changeLimitMs,
      onFreshConnection: true,
      body: withoutNull({
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
          channel_key: this.#channelKey,
          pg: "ksnet",
        }),
      }),
    });
    return toCallResult(answer, toReceiptRecord, { isServerErrorFinal: true });
  }

  async cancelReceipt(target: ReceiptTarget): Promise<CallResult<ReceiptRecord>> {
    const answer = await this.#caller.call({
      method: "DELETE",
      path: pathOf(target),
      limitMs: changeLimitMs,
      onFreshConnection: true,
    });
    return toCallResult(answer, toReceiptRecord, { isServerErrorFinal: true });
  }

  async fetchReceipt(
    target: ReceiptTarget,
  ): Promise<{ readonly outcome: "found"; readonly record: ReceiptRecord | null } | Unavailable> {
    const answer = await ask(this.#caller, pathOf(target));
    if (answer.outcome === "not_found") return { outcome: "found", record: null };
    if (answer.outcome !== "success") return unavailable(answer);
    const record = toReceiptRecord(answer.response);
    return record ? { outcome: "found", record } : { outcome: "unavailable", why: "unreadable receipt" };
  }
}

const pathOf = (target: ReceiptTarget): string =>
  target.kind === "payment"
    ? `/receipts/${encodeURIComponent(target.impUid)}`
    : `/receipts/external/${encodeURIComponent(target.merchantUid)}`;

const wireReceipt = z.object({
  apply_num: z.string(),
  amount: z.number(),
  vat: z.number(),
  applied_at: z.number(),
  receipt_tid: z.nullish(z.string()),
  receipt_url: z.nullish(z.string()),
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
    receiptUrl: wire.receipt_url ?? null,
    appliedAtMs: wire.applied_at * 1000,
    // Live is 0 or null: PortOne documents neither.
    cancelledAtMs: wire.cancelled_at ? wire.cancelled_at * 1000 : null,
  };
}
