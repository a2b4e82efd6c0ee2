// KSNET's rules for the window: a row that breaks each rule, a row on its other side, and the old guide's own
// request, which must get a named answer too.

import { describe, expect, it } from "vitest";
import { payMethods } from "../../../lib/domain/ksnet/pay-method.ts";
import { type Contract, contractNames } from "../../../lib/domain/ksnet/rule.ts";
import type { WindowRequest } from "../../../lib/domain/ksnet/window-request.ts";
import { findBrokenWindowRules, windowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import { createdAtMs, won } from "../../support/orders.ts";
import { windowRequest as request } from "../../support/window-requests.ts";

const everything: ReadonlySet<Contract> = new Set(contractNames.filter((name) => name !== "digital_goods"));

const codesOf = (asked: WindowRequest, contracts = everything) =>
  findBrokenWindowRules(asked, { nowMs: createdAtMs, contracts }).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );

const store = { businessName: "샘플상점", businessRegistrationNumber: "1178178260" };
const ksnet = { tcode: "skt", url: "https://shop.example" };
const vbank = { payMethod: "vbank" };
const due = "2026-08-08 23:59:59";

type Row = readonly [named: string, asked: WindowRequest, contracts?: ReadonlySet<Contract>];

const breaking: readonly Row[] = [
  ["pay_method_unknown /pay_method", request({ payMethod: "bitcoin" })],
  ["tax_free_exceeds_amount /tax_free", request({ taxFree: won(109_001) })],
  ["window_billing_unsupported /customer_uid", request({ asksBillingKey: true })],
  ["vbank_due_required /vbank_due", request(vbank)],
  ["vbank_due_past /vbank_due", request(vbank, { vbank_due: "2026-08-05 12:00:00" })],
  ["vbank_due_past /vbank_due", request(vbank, { vbank_due: "20260804" })],
  ["currency_unsupported /currency", request({ currency: "EUR" })],
  ["currency_unsupported /currency", request({ currency: "USD", payMethod: "trans" })],
  [
    "currency_unsupported /currency",
    request(
      { currency: "USD" },
      { card: { direct: { code: "361" } }, buyer_tel: "02-1670-5176", bypass: { ksnet } },
    ),
  ],
  [
    "instalments_below_minimum /display/card_quota",
    request({ amount: won(49_999) }, { display: { card_quota: [2] } }),
  ],
  [
    "instalments_below_minimum /card/direct/quota",
    request(
      { amount: won(9_999) },
      { card: { direct: { code: "367", quota: 2 } }, storeDetails: store, bypass: { ksnet } },
    ),
  ],
  [
    "instalments_below_minimum /display/card_quota: Hyundai among others",
    request(
      { amount: won(49_999) },
      { display: { card_quota: [2] }, card: { detail: [{ card_code: "367", enabled: true }] } },
    ),
  ],
  [
    "instalments_below_minimum /display/card_quota: Hyundai alone, below its own",
    request(
      { amount: won(9_999) },
      {
        display: { card_quota: [2] },
        card: {
          detail: [
            { card_code: "*", enabled: false },
            { card_code: "367", enabled: true },
          ],
        },
      },
    ),
  ],
  [
    "instalments_with_direct /display/card_quota",
    request(
      {},
      {
        display: { card_quota: [2] },
        card: { direct: { code: "366" } },
        storeDetails: store,
        bypass: { ksnet },
      },
    ),
  ],
  [
    "interest_free_issuer /card/detail/0/card_code",
    request({}, { useFreeInterestFromMall: true, card: { detail: [{ card_code: "370", max_month: 3 }] } }),
  ],
  [
    "interest_free_issuer /useFreeInterestFromMall",
    request({ payMethod: "kakaopay" }, { useFreeInterestFromMall: true }),
  ],
  ["escrow_method_unsupported /escrow", request({}, { escrow: true, buyer_email: "buyer@example.com" })],
  ["escrow_email_required /buyer_email", request({ payMethod: "trans" }, { escrow: true })],
  ["digital_required /digital", request({ payMethod: "phone" }, { digital: false }), new Set(contractNames)],
  ["direct_field_required /buyer_tel", request({}, { card: { direct: { code: "361" } }, bypass: { ksnet } })],
  [
    "direct_field_required /bypass/ksnet/tcode",
    request({}, { card: { direct: { code: "090" } }, buyer_tel: "010-1234-5678" }),
  ],
  [
    "direct_field_required /storeDetails/businessName",
    request({}, { card: { direct: { code: "381" } }, storeDetails: { ...store, businessName: " " } }),
  ],
  [
    "direct_field_required /bypass/ksnet/url",
    request({}, { card: { direct: { code: "366" } }, storeDetails: store }),
  ],
  [
    "direct_field_required /storeDetails/businessName",
    request({ payMethod: "naverpay" }, { bypass: { ksnet: { easyPayDirect: true } } }),
  ],
  [
    "direct_field_required /buyer_tel",
    request(
      { payMethod: "payco" },
      { bypass: { ksnet: { easyPayDirect: true } }, storeDetails: store, buyer_email: "buyer@example.com" },
    ),
  ],
  [
    "contract_missing /escrow",
    request({ payMethod: "trans" }, { escrow: true, buyer_email: "buyer@example.com" }),
    new Set(["instalments"] as const),
  ],
  ["contract_missing /pay_method", request({ payMethod: "lpay" }), new Set(["vbank"] as const)],
  [
    "contract_missing /display/card_quota",
    request({}, { display: { card_quota: [0, 6] } }),
    new Set(["vbank"] as const),
  ],
];

const keeping: readonly Row[] = [
  ["pay_method_unknown: a card", request()],
  ["window_billing_unsupported: no billing key asked", request()],
  ["vbank_due_required: not asked of a card", request()],
  ["currency_unsupported: won by account", request(vbank, { vbank_due: due })],
  [
    "interest_free_issuer: shop does not pay it",
    request({}, { card: { detail: [{ card_code: "370", max_month: 3 }] } }),
  ],
  [
    "escrow_email_required: an address is there",
    request({ payMethod: "trans" }, { escrow: true, buyer_email: "buyer@example.com" }),
  ],
  ["contract_missing: nothing that needs one", request(), new Set()],
  ["tax_free_exceeds_amount: all of it tax-free", request({ taxFree: won(109_000) })],
  ["vbank_due_past: a due time one second ahead", request(vbank, { vbank_due: "2026-08-05 12:00:01" })],
  ["vbank_due_required: a due day that is today", request(vbank, { vbank_due: "20260805" })],
  ["currency_unsupported: dollars by card", request({ currency: "USD" })],
  [
    "instalments_below_minimum: instalments from 50,000 won",
    request({ amount: won(50_000) }, { display: { card_quota: [2, 3] } }),
  ],
  [
    "instalments_below_minimum: paying at once, whatever the amount",
    request({ amount: won(100), taxFree: won(0) }, { display: { card_quota: [0] } }),
  ],
  [
    "instalments_below_minimum: Hyundai Card from 10,000 won",
    request(
      { amount: won(10_000) },
      { card: { direct: { code: "367", quota: 2 } }, storeDetails: store, bypass: { ksnet } },
    ),
  ],
  [
    "instalments_below_minimum: only Hyundai Card shown",
    request(
      { amount: won(10_000) },
      {
        display: { card_quota: [2] },
        card: {
          detail: [
            { card_code: "*", enabled: false },
            { card_code: "367", enabled: true },
          ],
        },
      },
    ),
  ],
  [
    "instalments_with_direct: KB direct with a list",
    request({}, { display: { card_quota: [2] }, card: { direct: { code: "381" } }, storeDetails: store }),
  ],
  [
    "interest_free_issuer: interest paid for Shinhan",
    request({}, { useFreeInterestFromMall: true, card: { detail: [{ card_code: "366", max_month: 6 }] } }),
  ],
  [
    "escrow_method_unsupported: escrow on a transfer",
    request({ payMethod: "trans" }, { escrow: true, buyer_email: "buyer@example.com" }),
  ],
  [
    "digital_required: a phone payment of a digital shop",
    request({ payMethod: "phone" }, { digital: true }),
    new Set(contractNames),
  ],
  ["digital_required: a phone payment of another shop", request({ payMethod: "phone" })],
  [
    "direct_field_required: BC direct with phone and carrier",
    request({}, { card: { direct: { code: "361" } }, buyer_tel: "02-1670-5176", bypass: { ksnet } }),
  ],
  [
    "direct_field_required: Kakao direct with all it wants",
    request(
      { payMethod: "kakaopay" },
      {
        bypass: { ksnet: { easyPayDirect: true } },
        storeDetails: { ceoFullName: "김샘플", address: "성수이로 20길 16", phoneNumber: "02-000-0000" },
        buyer_email: "buyer@example.com",
        buyer_tel: "010-1234-5678",
      },
    ),
  ],
];

const published = [
  ["pay_method_unknown", null],
  ["tax_free_exceeds_amount", "R-KS-2"],
  ["window_billing_unsupported", "R-KS-20"],
  ["vbank_due_required", "R-KS-21"],
  ["vbank_due_past", "R-KS-21"],
  ["currency_unsupported", "R-KS-23"],
  ["instalments_below_minimum", "R-KS-24"],
  ["instalments_with_direct", "R-KS-24"],
  ["interest_free_issuer", "R-KS-25"],
  ["escrow_method_unsupported", "R-KS-26"],
  ["escrow_email_required", "R-KS-26"],
  ["digital_required", "R-KS-30"],
  ["direct_field_required", "R-KS-31"],
  ["contract_missing", "R-KS-38"],
];

describe("the window's rules", () => {
  it.each(breaking.map((row) => ({ named: row[0], row })))(
    "refuses: $named",
    ({ row: [named, asked, contracts] }) => {
      expect(codesOf(asked, contracts)).toContain(named.split(":")[0]);
    },
  );

  it.each(keeping.map((row) => ({ named: row[0], row })))("keeps $named", ({ row: [, asked, contracts] }) => {
    expect(codesOf(asked, contracts)).toEqual([]);
  });

  it("has a row on each side of every rule", () => {
    const codes = windowRules.map(({ code }) => code);
    const coveredBy = (rows: readonly Row[]) => new Set(rows.map(([named]) => named.split(/[ :]/)[0]));
    expect(codes.filter((code) => !coveredBy(breaking).has(code))).toEqual([]);
    expect(codes.filter((code) => !coveredBy(keeping).has(code))).toEqual([]);
  });

  it("has the names and ids merchants know, in their order, and texts for two readers", () => {
    expect(windowRules.map(({ code, rule }) => [code, rule])).toEqual(published);
    for (const { title, detail } of windowRules)
      expect([title, detail]).toEqual([
        expect.stringMatching(/^[\x20-\x7e]+$/),
        expect.stringMatching(/[가-힣]/),
      ]);
  });

  it("names every broken rule at once", () => {
    const asked = request(
      { payMethod: "vbank", taxFree: won(200_000), asksBillingKey: true },
      { escrow: true },
    );
    expect(codesOf(asked)).toEqual([
      "tax_free_exceeds_amount /tax_free",
      "window_billing_unsupported /customer_uid",
      "vbank_due_required /vbank_due",
      "escrow_email_required /buyer_email",
    ]);
  });

  it.each(payMethods)("opens the window for %s", (payMethod) => {
    expect(codesOf(request({ payMethod }, payMethod === "vbank" ? { vbank_due: due } : {}))).toEqual([]);
  });
});
