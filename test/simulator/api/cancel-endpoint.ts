// POST /payments/cancel. Facts: cancel page of the V1 API (imp_uid wins over merchant_uid, HTTP 200 with
// `code` not 0 is a refusal, a notice only with `enable_webhook` and only for payments that had one).
import { type CancelRequest, checksumRefusal, commitCancel, decideCancel, failsChecksum } from "../cancel.ts";
import { planNotice, releaseHeldNotices, sendNotice } from "../notices.ts";
import { remainingOf, wasPaid } from "../payment.ts";
import type { Simulator } from "../simulator.ts";
import type { StoredPayment } from "../state.ts";
import { toWire } from "../wire.ts";
import { type ApiCall, type Endpoint, refusal, success } from "./endpoint.ts";
import { flagField, numberField, textField } from "./fields.ts";

export const cancelEndpoint: Endpoint = {
  method: "POST",
  path: "/payments/cancel",
  admit: (call) => (comparesAt(call, "arrival") && isChecksumWrong(call) ? refusal(checksumRefusal) : null),
  handle: (call) => {
    const { simulator } = call;
    const payment = findPayment(call);
    if (!payment) return refusal("취소할 결제건이 존재하지 않습니다.");
    if (comparesAt(call, "commit") && isChecksumWrong(call)) return refusal(checksumRefusal);
    const request = readRequest(call);
    if (Object.values(request).some(Number.isNaN)) return refusal("파라미터가 올바르지 않습니다.");
    const decision = decideCancel(simulator, payment, request);
    if (decision.outcome === "refused") return refusal(decision.message);
    const done = commitCancel(simulator, payment, decision.wanted, request.reason ?? "");
    const url = flagField(call.body, "enable_webhook") ? cancelNoticeAddress(simulator, done.payment) : null;
    const { impUid, merchantUid, status } = done.payment;
    const content = { impUid, merchantUid, status, cancellationId: done.cancel.cancellationId };
    const notice = url === null ? null : planNotice(simulator, { ...content, status: "cancelled" }, url);
    call.afterwards(() => {
      if (notice) sendNotice(simulator, notice);
      releaseHeldNotices(simulator, impUid);
    });
    return success(toWire(done.payment));
  },
};

const comparesAt = ({ simulator }: ApiCall, at: "arrival" | "commit"): boolean =>
  simulator.settings.switches.checksum_at === at;

function isChecksumWrong(call: ApiCall): boolean {
  const payment = findPayment(call);
  // With nothing to cancel the checksum is not what is wrong.
  if (!payment || !wasPaid(payment) || remainingOf(payment) === 0) return false;
  return failsChecksum(payment, numberField(call.body, "checksum"));
}

/** A wrong imp_uid fails even beside a right merchant_uid. Of several attempts, the one with money. */
function findPayment({ body, simulator }: ApiCall): StoredPayment | null {
  const { store } = simulator;
  const impUid = textField(body, "imp_uid");
  if (impUid !== null) return store.get("payments", impUid);
  const attempts = store.paymentsOf(textField(body, "merchant_uid") ?? "");
  return attempts.findLast(wasPaid) ?? attempts.at(-1) ?? null;
}

function readRequest({ body }: ApiCall): CancelRequest {
  return {
    amount: numberField(body, "amount"),
    taxFree: numberField(body, "tax_free"),
    checksum: numberField(body, "checksum"),
    reason: textField(body, "reason"),
    refundHolder: textField(body, "refund_holder"),
    refundBank: textField(body, "refund_bank"),
    refundAccount: textField(body, "refund_account"),
    byConsole: false,
  };
}

/** Where the page says "the address in the merchant's settings"; a payment never told of has none. */
function cancelNoticeAddress(simulator: Simulator, payment: StoredPayment): string | null {
  if (payment.noticeSentTo === null) return null;
  const { webhook_url, switches } = simulator.settings;
  return switches.enable_webhook_target === "console" ? webhook_url : payment.noticeUrl;
}
