// What is handed to the window, the old guide's own request included.

import { describe, expect, it } from "vitest";
import { buildRequestPay } from "../../../lib/domain/ksnet/request-pay.ts";
import { contractNames } from "../../../lib/domain/ksnet/rule.ts";
import type { WindowRequest } from "../../../lib/domain/ksnet/window-request.ts";
import { findBrokenWindowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import { createdAtMs } from "../../support/orders.ts";
import { windowRequest as request } from "../../support/window-requests.ts";

const rules = { nowMs: createdAtMs, contracts: new Set(contractNames) };

describe("buildRequestPay", () => {
  const addresses = { redirectUrl: "https://pay/r", noticeUrl: "https://pay/n", confirmUrl: "https://pay/c" };
  const build = (asked: WindowRequest) => buildRequestPay(asked, { channelKey: "channel-key-1" }, addresses);

  it("hands the old guide's request to the window, amounts as numbers and paying at once made explicit", () => {
    const guide = request(
      { merchantUid: "order_id_1667634130160" },
      {
        buyer_email: "buyer@example.com",
        buyer_tel: "02-1670-5176",
        buyer_addr: "성수이로 20길 16",
        buyer_postcode: "04783",
        app_scheme: "portone://",
        escrow: false,
        digital: false,
        period: { from: "2022-12-01", to: "2023-01-01" },
        custom_data: { userId: 30930 },
        display: { card_quota: [6] },
        bypass: { ksnet: { sndQpayType: "0" } },
      },
    );
    expect(findBrokenWindowRules(guide, rules)).toEqual([]);
    expect(build(guide)).toEqual({
      channelKey: "channel-key-1",
      pay_method: "card",
      merchant_uid: "order_id_1667634130160",
      name: "나이키 와플 트레이너 2 SD",
      amount: 109_000,
      tax_free: 3_000,
      currency: "KRW",
      buyer_name: "홍길동",
      buyer_email: "buyer@example.com",
      buyer_tel: "02-1670-5176",
      buyer_addr: "성수이로 20길 16",
      buyer_postcode: "04783",
      app_scheme: "portone://",
      escrow: false,
      digital: false,
      period: { from: "2022-12-01", to: "2023-01-01" },
      custom_data: { userId: 30930 },
      display: { card_quota: [0, 6] },
      bypass: { ksnet: { sndQpayType: "0" } },
      m_redirect_url: "https://pay/r",
      notice_url: "https://pay/n",
      confirm_url: "https://pay/c",
    });
  });

  it.each([
    [[], [0]],
    [[0], [0]],
    [[6], [0, 6]],
    [
      [2, 3, 4, 5, 6],
      [0, 2, 3, 4, 5, 6],
    ],
    [
      [0, 6],
      [0, 6],
    ],
  ])("writes the instalment list %j as %j", (given, sent) => {
    expect(build(request({}, { display: { card_quota: given } }))["display"]).toEqual({ card_quota: sent });
  });

  it("sends no tax-free part for a virtual account, and none of what was not asked", () => {
    const sent = build(request({ payMethod: "vbank" }, { vbank_due: "2026-08-08 23:59:59" }));
    expect(sent).toMatchObject({ tax_free: 0, vbank_due: "2026-08-08 23:59:59" });
    expect(Object.keys(sent)).not.toContain("display");
  });

  it("speaks of the old channel name where that is configured, and takes the shop's own way back", () => {
    const asked = request({}, { m_redirect_url: "https://shop.example/돌아오기" });
    const sent = buildRequestPay(asked, { pg: "ksnet.2999199999" }, addresses);
    expect(sent).toMatchObject({ pg: "ksnet.2999199999", m_redirect_url: "https://shop.example/돌아오기" });
    expect(Object.keys(sent)).not.toContain("channelKey");
  });
});
