// Windows that open straight at one card company or easy pay: what each wants besides, one row per company.
// Facts: PortOne's KSNET page, card direct and easy-pay direct (R-KS-31, R-KS-24, R-KS-25).

import { describe, expect, it } from "vitest";
import { contractNames } from "../../../lib/domain/ksnet/rule.ts";
import type { WindowOptions } from "../../../lib/domain/ksnet/window-request.ts";
import { findBrokenWindowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import { createdAtMs } from "../../support/orders.ts";
import { windowRequest } from "../../support/window-requests.ts";

const contracts = new Set(contractNames.filter((name) => name !== "digital_goods"));
const found = (options: WindowOptions, payMethod = "card") =>
  findBrokenWindowRules(windowRequest({ payMethod }, options), { nowMs: createdAtMs, contracts }).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
const missing = (pointers: readonly string[]) => pointers.map((at) => `direct_field_required ${at}`);

const phone = ["/buyer_tel", "/bypass/ksnet/tcode"];
const store = ["/storeDetails/businessName", "/storeDetails/businessRegistrationNumber"];
const url = "/bypass/ksnet/url";
const everything: WindowOptions = {
  buyer_tel: "010-1234-5678",
  buyer_email: "buyer@example.com",
  storeDetails: {
    businessName: "샘플상점",
    businessRegistrationNumber: "1178178260",
    ceoFullName: "김샘플",
    address: "서울시 성동구 성수이로 20길 16",
    phoneNumber: "02-000-0000",
  },
  bypass: { ksnet: { tcode: "skt", url: "https://shop.example" } },
};

const cards = [
  ["BC", "361", phone],
  ["수협", "369", phone],
  ["전북", "372", phone],
  ["광주", "364", phone],
  ["카카오뱅크", "090", phone],
  ["KB", "381", store],
  ["우리", "041", [...store, url]],
  ["하나", "374", [...store, url]],
  ["NH", "371", [...store, url]],
  ["삼성", "365", [...store, url]],
  ["현대", "367", [...store, url]],
  ["롯데", "368", [...store, url]],
  ["신한", "366", [...store, url]],
  ["씨티", "370", [...store, url]],
  ["another", "999", []],
] as const;

describe("a card company's own window", () => {
  it.each(cards)("of %s (%s) wants its fields, and nothing more", (_, code, wanted) => {
    expect(found({ card: { direct: { code } } })).toEqual(missing(wanted));
    expect(found({ ...everything, card: { direct: { code } } })).toEqual([]);
  });

  it.each(cards)(
    "of %s (%s) takes an instalment list only if it does without the site's address",
    (_, code, wanted) => {
      const listed = { ...everything, card: { direct: { code } }, display: { card_quota: [0, 2, 3] } };
      const isForbidden = wanted.some((at) => at === url);
      expect(found(listed)).toEqual(isForbidden ? ["instalments_with_direct /display/card_quota"] : []);
      expect(found({ ...listed, display: { card_quota: [0] } })).toEqual([]);
    },
  );
});

describe("an easy pay's own window", () => {
  const buyer = ["/buyer_email", "/buyer_tel"];
  const kakao = ["/storeDetails/ceoFullName", "/storeDetails/address", "/storeDetails/phoneNumber"];
  const direct = { ksnet: { easyPayDirect: true } };

  it.each([
    ["naverpay", ["/storeDetails/businessName"]],
    ["kakaopay", [...kakao, ...buyer]],
    ["payco", [...store, ...buyer]],
    ["lpay", []],
  ])("of %s wants its fields, and nothing more", (payMethod, wanted) => {
    expect(found({ bypass: direct }, payMethod)).toEqual(missing(wanted));
    expect(found({ ...everything, bypass: direct }, payMethod)).toEqual([]);
    expect(found({ bypass: { ksnet: { easyPayDirect: false } } }, payMethod)).toEqual([]);
  });
});

describe("interest the shop pays", () => {
  const paying = (card_code: string, max_month?: number): WindowOptions => ({
    useFreeInterestFromMall: true,
    card: { detail: [{ card_code, max_month }] },
  });

  it.each(["361", "381", "374", "365", "366", "367", "368", "371"])("is taken by %s", (code) => {
    expect(found(paying(code, 3))).toEqual([]);
  });

  it.each(["370", "041", "369", "090"])("is not taken by %s, which may still be shown", (code) => {
    expect(found(paying(code, 3))).toEqual(["interest_free_issuer /card/detail/0/card_code"]);
    expect(found(paying(code))).toEqual([]);
  });
});
