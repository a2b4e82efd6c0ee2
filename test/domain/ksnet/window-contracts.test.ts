// What a shop may offer only with a contract (R-KS-38): without it KSNET declines, or approves something else.

import { expect, it } from "vitest";
import type { Contract } from "../../../lib/domain/ksnet/rule.ts";
import type { WindowOptions } from "../../../lib/domain/ksnet/window-request.ts";
import { findBrokenWindowRules } from "../../../lib/domain/ksnet/window-rules.ts";
import { createdAtMs } from "../../support/orders.ts";
import { windowRequest } from "../../support/window-requests.ts";

const due = { vbank_due: "2026-08-08" };
const escrow = { escrow: true, buyer_email: "buyer@example.com" };
const hyundai = {
  card: { direct: { code: "367", quota: 3 } },
  storeDetails: { businessName: "샘플상점", businessRegistrationNumber: "1178178260" },
  bypass: { ksnet: { url: "https://shop.example" } },
};

const found = (payMethod: string, options: WindowOptions, contracts: readonly Contract[]) =>
  findBrokenWindowRules(windowRequest({ payMethod }, options), {
    nowMs: createdAtMs,
    contracts: new Set(contracts),
  }).map(({ code, pointer }) => `${code} ${pointer}`);

it.each<[Contract, string, string, WindowOptions]>([
  ["vbank", "vbank", "/pay_method", due],
  ["phone", "phone", "/pay_method", {}],
  ["easy_pay", "lpay", "/pay_method", {}],
  ["easy_pay", "ssgpay", "/pay_method", {}],
  ["easy_pay", "kakaopay", "/pay_method", {}],
  ["easy_pay", "naverpay", "/pay_method", {}],
  ["easy_pay", "payco", "/pay_method", {}],
  ["escrow", "trans", "/escrow", escrow],
  ["interest_free", "card", "/useFreeInterestFromMall", { useFreeInterestFromMall: true }],
  ["instalments", "card", "/display/card_quota", { display: { card_quota: [0, 2] } }],
  ["instalments", "card", "/card/direct/quota", hyundai],
])("without %s, %s is refused at %s; with it alone it is not", (contract, payMethod, at, options) => {
  expect(found(payMethod, options, [])).toEqual([`contract_missing ${at}`]);
  expect(found(payMethod, options, [contract])).toEqual([]);
});

it.each(["card", "trans"])("%s, paid at once, needs none", (payMethod) => {
  expect(found(payMethod, { display: { card_quota: [0] } }, [])).toEqual([]);
});

it("several missing are named each", () => {
  expect(found("vbank", { ...due, ...escrow }, ["phone"])).toEqual([
    "contract_missing /pay_method",
    "contract_missing /escrow",
  ]);
});
