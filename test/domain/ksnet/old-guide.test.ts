// The values of PortOne's old KSNET guide, each with a named answer: taken as it is, or the rule that refuses
// it. A shop that copies the old sample learns exactly what to change.

import { describe, expect, it } from "vitest";
import { buildRequestPay } from "../../../lib/domain/ksnet/request-pay.ts";
import { contractNames } from "../../../lib/domain/ksnet/rule.ts";
import { findBrokenWindowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import { readOrder } from "../../../lib/http/requests/order.ts";
import { createdAtMs } from "../../support/orders.ts";

const sample = {
  pay_method: "card",
  merchant_uid: "order_id_1667634130160",
  name: "나이키 와플 트레이너 2 SD",
  escrow: false,
  amount: "109000",
  tax_free: 3_000,
  buyer_name: "홍길동",
  buyer_email: "buyer@example.com",
  buyer_tel: "02-1670-5176",
  buyer_addr: "성수이로 20길 16",
  buyer_postcode: "04783",
  app_scheme: "portone://",
  m_redirect_url: "https://shop.example/결제/완료",
  currency: "KRW",
  digital: false,
  period: { from: "2022-12-01", to: "2023-01-01" },
  custom_data: { userId: 30930 },
  display: { card_quota: [0, 6] },
  bypass: { ksnet: { sndQpayType: "0" } },
};
const addresses = {
  redirectUrl: "https://pay.shop.example/payments/redirect",
  noticeUrl: "https://pay.shop.example/portone/notice/t",
  confirmUrl: "https://pay.shop.example/portone/confirm/t",
};
const contracts = new Set(contractNames.filter((name) => name !== "digital_goods"));

/** What the window gets, or the names of what is refused. */
function answerTo(body: Record<string, unknown>): Readonly<Record<string, unknown>> | readonly string[] {
  const { request, window, problems } = readOrder(body, { nowMs: createdAtMs, mayReturnToLoopback: false });
  const broken = window ? findBrokenWindowRules(window, { nowMs: createdAtMs, contracts }) : [];
  if (request && broken.length === 0)
    return buildRequestPay(request.window, { pg: "ksnet.2999199999" }, addresses);
  return [...problems, ...broken].map(({ code, pointer }) => `${code} ${pointer}`);
}

describe("the old guide's request", () => {
  it("is taken as it is, its amount as the number it means", () => {
    expect(answerTo(sample)).toEqual({
      ...sample,
      pg: "ksnet.2999199999",
      amount: 109_000,
      notice_url: addresses.noticeUrl,
      confirm_url: addresses.confirmUrl,
    });
  });

  it.each([
    [
      [0, 6],
      [0, 6],
    ],
    [[6], [0, 6]],
    [[], [0]],
    [
      [2, 3, 4, 5, 6],
      [0, 2, 3, 4, 5, 6],
    ],
  ])("with the instalments %j offers %j", (listed, offered) => {
    expect(answerTo({ ...sample, display: { card_quota: listed } })).toMatchObject({
      display: { card_quota: offered },
    });
  });

  it.each(["card", "trans", "phone", "lpay", "ssgpay", "kakaopay", "naverpay", "payco"])(
    "by %s opens a window",
    (pay_method) => {
      expect(answerTo({ ...sample, pay_method })).toMatchObject({ pay_method, tax_free: 3_000 });
    },
  );

  it("by vbank needs the due date the guide left out, and sends no tax-free part", () => {
    const vbank = { ...sample, pay_method: "vbank" };
    expect(answerTo(vbank)).toEqual(["vbank_due_required /vbank_due"]);
    expect(answerTo({ ...vbank, vbank_due: "20260808" })).toMatchObject({
      tax_free: 0,
      vbank_due: "20260808",
    });
  });

  const { amount: _, ...withoutAmount } = sample;
  it.each([
    ["its pg, which is a setting here", { ...sample, pg: "ksnet.2999199999" }, "invalid_field /pg"],
    [
      "a notice_url of its own",
      { ...sample, notice_url: "https://shop.example/n" },
      "invalid_field /notice_url",
    ],
    [
      "a confirm_url of its own",
      { ...sample, confirm_url: "https://shop.example/c" },
      "invalid_field /confirm_url",
    ],
    ["no amount, which meant 0 there", withoutAmount, "invalid_field /amount"],
    ["an amount of 0", { ...sample, amount: 0 }, "invalid_field /amount"],
    [
      "a customer_uid",
      { ...sample, customer_uid: "gildong_0001" },
      "window_billing_unsupported /customer_uid",
    ],
    ["a tenth pay method", { ...sample, pay_method: "paypal" }, "pay_method_unknown /pay_method"],
    [
      "instalments below 50,000 won",
      { ...sample, amount: "3000", tax_free: 0 },
      "instalments_below_minimum /display/card_quota",
    ],
  ])("with %s is refused by name", (_, body, refusal) => {
    expect(answerTo(body)).toEqual([refusal]);
  });
});
