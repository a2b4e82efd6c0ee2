// /vbanks: virtual accounts without a window. Facts: vbank pages of the V1 API and KSNET's warnings: due date in
// UNIX seconds (R-KS-21), no tax-free part (R-KS-3), the shop's name as holder (R-KS-22), revoked only while
// unpaid; editing is another PG's. Refusals of the issue are HTTP 200, which the page implies by listing no other.
import { newApiAccount } from "../approval.ts";
import { findChannelRefusal } from "../ksnet/channel.ts";
import { findBank } from "../ksnet-codes.ts";
import { newPayment } from "../new-payment.ts";
import { issueAccount, isUnpaidAccount, revokeAccount } from "../payment.ts";
import { toWire } from "../wire.ts";
import { readApiPayment } from "./api-payment.ts";
import { answerWith, noticeUrlOf, textOfBody } from "./charge-answer.ts";
import { type Endpoint, failure, noSuchPayment, refusal, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

const issue: Endpoint = {
  method: "POST",
  path: "/vbanks",
  handle: (call) => {
    const { simulator, body } = call;
    if (!simulator.settings.contracts.includes("vbank"))
      return refusal("가상계좌 결제가 계약되어 있지 않습니다.", -1);
    const noChannel = findChannelRefusal(
      textField(body, "channel_key"),
      textField(body, "pg"),
      simulator.settings,
    );
    if (noChannel !== null) return refusal(noChannel);
    const read = readApiPayment(call, true);
    if (read.outcome === "refused") return refusal(read.message);
    const bank = findBank(textField(body, "vbank_code") ?? "");
    if (!bank) return refusal("은행코드(vbank_code)가 없거나 올바르지 않습니다.");
    const due = numberField(body, "vbank_due");
    if (due === null || !Number.isInteger(due) || !/^\d{10}$/.test(String(due)))
      return refusal("입금기한(vbank_due)은 UNIX 시각(초)이어야 합니다.");
    if (due <= simulator.clock.nowSeconds()) return refusal("입금기한(vbank_due)이 지났습니다.");
    const payment = newPayment(simulator, {
      ...read.wanted,
      taxFree: 0,
      payMethod: "vbank",
      channel: "api",
      escrow: false,
      customData: textField(body, "custom_data"),
      noticeUrl: noticeUrlOf(call),
      customerUid: null,
      text: textOfBody(call),
    });
    const account = newApiAccount(simulator, bank, due * 1000);
    return answerWith(call, issueAccount(payment, account, simulator.nextId("pgTid")));
  },
};

const revoke: Endpoint = {
  method: "DELETE",
  path: "/vbanks/{imp_uid}",
  handle: ({ simulator, path }) => {
    const payment = simulator.store.get("payments", path["imp_uid"] ?? "");
    if (!payment) return noSuchPayment;
    if (!isUnpaidAccount(payment)) return failure(400, "입금 대기 중인 가상계좌가 아닙니다.");
    const { vbank_revoked_status: status } = simulator.settings.switches;
    const revoked = revokeAccount(payment, status, simulator.clock.nowMs());
    simulator.store.put("payments", revoked.impUid, revoked);
    return success(toWire(revoked));
  },
};

const edit: Endpoint = {
  method: "PUT",
  path: "/vbanks/{imp_uid}",
  handle: ({ simulator, path }) =>
    simulator.store.get("payments", path["imp_uid"] ?? "")
      ? failure(400, "KSNET은 가상계좌 수정을 지원하지 않습니다.")
      : noSuchPayment,
};

export const vbankEndpoints: readonly Endpoint[] = [issue, revoke, edit];
