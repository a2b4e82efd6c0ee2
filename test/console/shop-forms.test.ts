// The sample shop's order form: what it takes, and what it asks the backend for.
import { describe, expect, it } from "vitest";
import { findItem, type Item } from "../../infra/console/shop/catalogue.ts";
import { readCardForm, readOrderForm } from "../../infra/console/shop/order-form.ts";
import { createNumberMaker, depositDueOf } from "../../infra/console/shop/order-number.ts";
import { orderOf } from "../../infra/console/shop/place-order.ts";
import { buyerOf, readSession } from "../../infra/console/shop/session.ts";
import { buyer, card, type Fields } from "../support/visitor.ts";

const item = (id: string): Item => {
  const found = findItem(id);
  if (found === null) throw new Error(`no item ${id}`);
  return found;
};
const sneakers = item("sneakers");
const errorsOf = (typed: Fields, sold = sneakers) => readOrderForm({ ...buyer, ...typed }, sold).errors;

describe("the order form", () => {
  it("takes what is filled in", () => {
    expect(errorsOf({})).toEqual([]);
    for (const phone of ["01012345678", "010-1234-5678", "011-123-4567"])
      expect(errorsOf({ phone })).toEqual([]);
    for (const quantity of ["1", "9"]) expect(errorsOf({ quantity })).toEqual([]);
    expect(errorsOf({ name: "홍".repeat(16) })).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ["quantity", "0", "quantity", "수량은 1개부터 9개까지 고를 수 있습니다."],
    ["quantity", "10", "quantity", "수량은 1개부터 9개까지 고를 수 있습니다."],
    ["quantity", "1.5", "quantity", "수량은 1개부터 9개까지 고를 수 있습니다."],
    ["quantity", "-1", "quantity", "수량은 1개부터 9개까지 고를 수 있습니다."],
    ["method", "bitcoin", "method", "결제수단을 골라 주세요."],
    ["method", "key", "method", "결제수단을 골라 주세요."],
    ["months", "5", "months", "할부 개월을 골라 주세요."],
    ["name", " ", "name", "받는 분의 이름을 입력해 주세요."],
    ["name", "홍".repeat(17), "name", "이름은 16자까지 쓸 수 있습니다."],
    ["phone", "02-123-4567", "phone", "휴대폰 번호를 010-1234-5678처럼 입력해 주세요."],
    ["phone", "", "phone", "휴대폰 번호를 010-1234-5678처럼 입력해 주세요."],
    ["email", "hong", "email", "이메일을 hong@example.com처럼 입력해 주세요."],
    ["email", `${"a".repeat(60)}@a.kr`, "email", "이메일을 hong@example.com처럼 입력해 주세요."],
  ])("of %s %j is told what is wrong", (name, value, field, text) => {
    expect(errorsOf({ [name]: value })).toEqual([{ field, text }]);
  });

  it("asks for an easy pay there is", () => {
    expect(errorsOf({ method: "easy", easyPay: "toString" })).toEqual([
      { field: "easyPay", text: "간편결제를 골라 주세요." },
    ]);
    expect(errorsOf({ method: "card", easyPay: "" })).toEqual([]);
  });

  it("sells a subscription by its card only", () => {
    expect(errorsOf({ method: "card" }, item("coffee"))).toEqual([
      { field: "method", text: "결제수단을 골라 주세요." },
    ]);
    expect(errorsOf({ method: "key" }, item("coffee"))).toEqual([]);
  });

  it("of a card is told what is wrong, without repeating it", () => {
    expect(readCardForm(card).errors).toEqual([]);
    const { errors } = readCardForm({ number: "4518", expiry: "12/31", birth: "82", passwordDigits: "0" });
    expect(errors.map(({ field }) => field)).toEqual(["number", "expiry", "birth", "passwordDigits"]);
    expect(JSON.stringify(errors)).not.toContain("4518");
  });
});

describe("what is asked of the backend", () => {
  const asked = (typed: Fields, sold = sneakers) => {
    const { form } = readOrderForm({ ...buyer, ...typed }, sold);
    return orderOf({ number: "shop-20260805-AB23CD45", item: sold, form, buyer: "b1" });
  };

  it.each<[string, Fields, object]>([
    ["a card at once", {}, { pay_method: "card", display: { card_quota: [0] } }],
    ["a card in three months", { months: "3" }, { pay_method: "card", display: { card_quota: [3] } }],
    ["an easy pay", { method: "easy", easyPay: "naverpay" }, { pay_method: "naverpay" }],
    ["a transfer", { method: "trans", months: "3" }, { pay_method: "trans" }],
    ["a transfer with escrow", { method: "trans", isEscrow: "on" }, { pay_method: "trans", escrow: true }],
    ["an account", { method: "vbank" }, { pay_method: "vbank", vbank_due: "2026-08-08" }],
    ["a phone, where escrow was ticked before", { method: "phone", isEscrow: "on" }, { pay_method: "phone" }],
  ])("%s", (_, typed, expected) => {
    expect(asked(typed)).toEqual({
      merchant_uid: "shop-20260805-AB23CD45",
      name: "캔버스 스니커즈",
      amount: 109_000,
      tax_free: 0,
      buyer_name: "홍길동",
      buyer_tel: "010-1234-5678",
      buyer_email: "hong@example.com",
      custom_data: { buyer: "b1" },
      ...expected,
    });
  });
});

describe("an order number", () => {
  const at = (time: string, ...bytes: number[]) =>
    createNumberMaker("merchant-key", {
      nowMs: () => Date.parse(time),
      randomBytes: (count) => Uint8Array.from({ length: count }, (_, index) => bytes[index] ?? 0),
    });

  it("names its day in Korea", () => {
    expect(at("2026-08-05T23:59:59+09:00", 1, 2, 3, 30, 31).create("s").number).toBe(
      "shop-20260805-345Z2222",
    );
    expect(at("2026-08-06T00:00:00+09:00").create("s").number).toBe("shop-20260806-22222222");
  });

  it("gives three days to pay into an account, whenever that is asked", () => {
    expect(depositDueOf("shop-20260805-22222222")).toBe("2026-08-08");
    expect(depositDueOf("shop-20261230-22222222")).toBe("2027-01-02");
  });

  it("belongs to one browser, and to a shop with the same key also after a restart", () => {
    const made = at("2026-08-05T12:00:00+09:00").create("hong");
    const later = at("2026-08-07T12:00:00+09:00", 9);
    expect(later.isSealed("hong", made)).toBe(true);
    expect(later.isSealed("kim", made)).toBe(false);
    expect(later.isSealed("hong", { ...made, number: "shop-20260805-33333333" })).toBe(false);
    expect(later.isSealed("hong", { ...made, seal: "" })).toBe(false);
    const other = createNumberMaker("another-key", {
      nowMs: () => 0,
      randomBytes: (count) => new Uint8Array(count),
    });
    expect(other.isSealed("hong", made)).toBe(false);
  });
});

describe("a session", () => {
  const session = "a-b_C9".padEnd(43, "x");
  it("is read among other cookies, and only in its own form", () => {
    expect(readSession(`console=1; shop_session=${session}; x=y`)).toBe(session);
    for (const cookies of [undefined, "", "shop_session=", "shop_session=short", `shop_session=${session}"`])
      expect(readSession(cookies)).toBeNull();
  });

  it("is told by no order", () => {
    expect(buyerOf(session)).toMatch(/^[\w-]{22}$/);
    expect(session).not.toContain(buyerOf(session));
    expect(buyerOf(session)).not.toBe(buyerOf(`${session.slice(1)}y`));
  });
});
