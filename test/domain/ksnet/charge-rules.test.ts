// KSNET's requirements for calls without a window, a row on each side of every rule, and the calls of the
// old guide with its own values.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { type CardFields, CardSecret, groupedNumber } from "../../../lib/domain/card-secret.ts";
import {
  type ChargeFacts,
  findBrokenChargeRules,
  isCardNumber,
} from "../../../lib/domain/ksnet/charge-rules.ts";
import { type Contract, contractNames } from "../../../lib/domain/ksnet/rule.ts";
import { won } from "../../support/orders.ts";

const nowMs = Date.parse("2026-08-31T23:59:59+09:00");
const card = { cardNumber: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd2Digit: "00" };
/** The facts with the card in clear, as a table row can be read. */
type Asked = Omit<ChargeFacts, "card"> & { readonly card: CardFields | null };

const charge: Asked = {
  calls: ["key_in"],
  card,
  productType: "real",
  buyerName: "홍길동",
  amount: won(50_000),
  taxFree: won(0),
  currency: "KRW",
  cardQuota: null,
  dueAtMs: null,
  asksBillingKey: false,
};
const factsOf = (asked: Asked): ChargeFacts => ({ ...asked, card: asked.card && new CardSecret(asked.card) });
const keyCharge = { calls: ["key_charge"], card: null } as const;
const account = { calls: ["virtual_account"], card: null, buyerName: null } as const;
const found = (more: Partial<Asked>, contracts: readonly Contract[] = contractNames) =>
  findBrokenChargeRules(factsOf({ ...charge, ...more }), { nowMs, contracts: new Set(contracts) }).map(
    ({ code, rule, pointer }) => [code, rule, pointer],
  );

describe("a call without a window", () => {
  it.each<[string, Partial<Asked>]>([
    ["key-in", {}],
    ["key-in without birth or password (R-KS-18)", { card: { ...card, birth: null, pwd2Digit: null } }],
    ["a business card", { card: { ...card, birth: "1178178260" } }],
    ["a card in its last month", { card: { ...card, expiry: "2026-08" } }],
    ["born on 29 February", { card: { ...card, birth: "000229" } }],
    ["instalments of exactly 50,000 won", { cardQuota: 2 }],
    ["all of it tax-free", { taxFree: won(50_000) }],
    ["a key's charge", keyCharge],
    [
      "a billing key",
      { calls: ["billing_key"], productType: null, buyerName: null, amount: null, taxFree: null },
    ],
    ["an account", account],
    ["an account due a millisecond later", { ...account, dueAtMs: nowMs + 1 }],
    ["a key-in that issues a key", { calls: ["key_in", "billing_key"] }],
  ])("takes %s", (_, more) => {
    expect(found(more)).toEqual([]);
  });

  it.each<[Partial<Asked>, [string, string | null, string]]>([
    [{ asksBillingKey: true }, ["customer_uid_unsupported", "R-KS-19", "/customer_uid"]],
    [{ productType: null }, ["product_type_required", "R-KS-16", "/product_type"]],
    [{ buyerName: null }, ["buyer_name_required", "R-KS-16", "/buyer_name"]],
    [{ buyerName: "  " }, ["buyer_name_required", "R-KS-16", "/buyer_name"]],
    [{ buyerName: "\u3164" }, ["buyer_name_required", "R-KS-16", "/buyer_name"]],
    [{ card: { ...card, cardNumber: "4518-4200-0000-0016" } }, ["card_number_invalid", null, "/card_number"]],
    [{ card: { ...card, cardNumber: "카드번호" } }, ["card_number_invalid", null, "/card_number"]],
    [{ card: { ...card, expiry: "2026-07" } }, ["expiry_past", null, "/expiry"]],
    [{ card: { ...card, expiry: "2031-13" } }, ["expiry_past", null, "/expiry"]],
    [{ card: { ...card, expiry: "12/31" } }, ["expiry_past", null, "/expiry"]],
    [{ card: { ...card, birth: "820230" } }, ["birth_invalid", "R-KS-17", "/birth"]],
    [{ card: { ...card, birth: "19820213" } }, ["birth_invalid", "R-KS-17", "/birth"]],
    [{ calls: ["billing_key"], card: { ...card, birth: null } }, ["birth_invalid", "R-KS-17", "/birth"]],
    [{ card: { ...card, pwd2Digit: "0" } }, ["pwd_2digit_invalid", "R-KS-17", "/pwd_2digit"]],
    [
      { calls: ["billing_key"], card: { ...card, pwd2Digit: null } },
      ["pwd_2digit_invalid", "R-KS-17", "/pwd_2digit"],
    ],
    [{ taxFree: won(50_001) }, ["tax_free_exceeds_amount", "R-KS-2", "/tax_free"]],
    [{ currency: "USD" }, ["currency_unsupported", "R-KS-23", "/currency"]],
    [{ cardQuota: 2, amount: won(49_999) }, ["instalments_below_minimum", "R-KS-24", "/card_quota"]],
    [{ ...account, productType: null }, ["product_type_required", "R-KS-16", "/product_type"]],
    [{ ...account, dueAtMs: nowMs }, ["vbank_due_past", "R-KS-21", "/vbank_due_at"]],
  ])("is refused %o", (more, broken) => {
    expect(found(more)).toEqual([broken]);
  });

  it.each<[Partial<Asked>, Contract, string]>([
    [{}, "key_in", "/card_number"],
    [keyCharge, "billing", "/customer_uid"],
    [{ calls: ["billing_key"] }, "billing", "/customer_uid"],
    [account, "vbank", "/vbank_code"],
  ])("needs its contract (R-KS-38): %o", (more, contract, pointer) => {
    const others = contractNames.filter((name) => name !== contract);
    expect(found(more, others)).toEqual([["contract_missing", "R-KS-38", pointer]]);
    expect(found(more, [contract])).toEqual([]);
  });

  it("is never told a value back", () => {
    const broken = findBrokenChargeRules(
      factsOf({
        ...charge,
        card: { cardNumber: "1111222233334445", expiry: "2019-01", birth: "123456", pwd2Digit: "9x" },
      }),
      { nowMs, contracts: new Set(contractNames) },
    );
    expect(broken).toHaveLength(4);
    expect(JSON.stringify(broken)).not.toMatch(/1111|2019|123456|9x/);
  });
});

describe("the calls of the old guide, with its own values", () => {
  const oldCard = { cardNumber: "1234-1234-1234-1234", expiry: "2019-01", birth: "123456", pwd2Digit: null };

  it.each<[string, Partial<Asked>, readonly string[]]>([
    [
      "1 key-in",
      { card: oldCard, amount: won(3_000), productType: null, buyerName: null },
      ["product_type_required", "buyer_name_required", "card_number_invalid", "expiry_past", "birth_invalid"],
    ],
    [
      "2 a billing key",
      {
        calls: ["billing_key"],
        card: { cardNumber: "1234-1234-1234-1234", expiry: "2025-12", birth: "820213", pwd2Digit: "00" },
      },
      ["card_number_invalid", "expiry_past"],
    ],
    [
      "3 a key and its first charge in one call",
      { card: oldCard, amount: won(3_000), productType: null, buyerName: null, asksBillingKey: true },
      [
        "customer_uid_unsupported",
        "product_type_required",
        "buyer_name_required",
        "card_number_invalid",
        "expiry_past",
        "birth_invalid",
      ],
    ],
    [
      "4 a charge of a key",
      { ...keyCharge, amount: won(3_000), productType: null, buyerName: null },
      ["product_type_required", "buyer_name_required"],
    ],
  ])("%s", (_, more, codes) => {
    expect(found(more).map(([code]) => code)).toEqual(codes);
  });
});

describe("a card number", () => {
  it.each([
    ["4518-4200-0000-0015", true],
    ["4518420000000015", true],
    ["4518 4200 0000 0015", true],
    ["378282246310005", true],
    ["451842000000001", false],
    ["1234-1234-1234-1234", false],
    ["", false],
  ])("%s: %s", (text, isRight) => {
    expect(isCardNumber(text)).toBe(isRight);
  });

  it("is sent in groups of four", () => {
    expect(groupedNumber("4518420000000015")).toBe("4518-4200-0000-0015");
  });
});

describe("a card's secrets print as a mask", () => {
  const secret = new CardSecret(card);

  it.each([
    ["as text", `${secret}`],
    ["as JSON", JSON.stringify({ secret })],
    ["inspected", inspect({ secret }, { depth: 9, showHidden: true })],
    ["spread", JSON.stringify({ ...secret })],
    ["in an error", new Error(`with ${secret}`, { cause: secret }).stack ?? ""],
  ])("%s", (_, printed) => {
    expect(printed).not.toMatch(/4518|0015|2031|820213/);
  });

  it("but for what PortOne shows of them, too", () => {
    expect(secret.maskedNumber).toBe("451842******0015");
  });
});
