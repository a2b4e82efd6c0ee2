// KSNET's rules for giving money back, a row on each side of every boundary.
import { describe, expect, it } from "vitest";
import {
  findBrokenRefundRules,
  findForbidding,
  payMethodOf,
  type RefundFacts,
  refundFactsOf,
  refundRuleOf,
  refundRules,
} from "../../../lib/domain/ksnet/refund-rules.ts";
import { type Contract, contractNames } from "../../../lib/domain/ksnet/rule.ts";
import { refundRuleCodes } from "../../../lib/domain/ksnet/rule-code.ts";
import { attempt, cancelEntry, createdOrder, won } from "../../support/orders.ts";

const paidAtMs = Date.parse("2026-08-05T12:02:00+09:00");
const noonMs = Date.parse("2026-08-05T12:30:00+09:00");
const dayMs = 24 * 3_600_000;
const account = { holder: "홍길동", bank: "088", number: "110123456789" };

const facts = (more: Partial<RefundFacts> = {}): RefundFacts => ({
  payMethod: "card",
  isEscrow: false,
  paid: won(109_000),
  paidAtMs,
  cancelled: [],
  remaining: won(109_000),
  amount: won(20_000),
  account: null,
  ...more,
});
const parts = (count: number) => ({
  cancelled: Array.from({ length: count }, () => won(1_000)),
  remaining: won(109_000 - count * 1_000),
});
const broken = (
  about: RefundFacts,
  nowMs: number | string = noonMs,
  contracts: readonly Contract[] = contractNames,
) =>
  findBrokenRefundRules(about, {
    nowMs: typeof nowMs === "string" ? Date.parse(nowMs) : nowMs,
    contracts: new Set(contracts),
  }).map(({ code, rule, pointer }) => `${rule} ${code} ${pointer}`);

describe("R-KS-4 a payment goes back in nine parts at most", () => {
  const limit = "R-KS-4 partial_refund_limit_reached /amount";
  const vbank = { payMethod: "vbank", account };
  it.each<[string, Partial<RefundFacts>, readonly string[]]>([
    ["the ninth part", parts(8), []],
    ["the tenth", parts(9), [limit]],
    ["the tenth, which clears the rest", { ...parts(9), amount: won(100_000) }, [limit]],
    ["the ninth of a virtual account", { ...parts(8), ...vbank }, []],
    ["the tenth of a virtual account", { ...parts(9), ...vbank }, [limit]],
    ["the tenth of a transfer", { ...parts(9), payMethod: "trans" }, [limit]],
    ["the tenth of an easy pay", { ...parts(9), payMethod: "kakaopay" }, [limit]],
    ["a whole one", { amount: won(109_000) }, []],
  ])("%s", (_, more, expected) => {
    expect(broken(facts(more))).toEqual(expected);
  });
});

describe("R-KS-5 a payment goes back within six months", () => {
  const closed = ["R-KS-5 refund_window_closed /amount"];
  it.each([
    ["2026-08-05T12:02:00+09:00", "2027-02-05T23:59:59.999+09:00", []],
    ["2026-08-05T12:02:00+09:00", "2027-02-06T00:00:00+09:00", closed],
    ["2026-08-05T00:00:00+09:00", "2027-02-05T23:59:59.999+09:00", []],
    ["2026-08-31T12:00:00+09:00", "2027-02-28T23:59:59.999+09:00", []],
    ["2026-08-31T12:00:00+09:00", "2027-03-01T00:00:00+09:00", closed],
    ["2027-08-31T12:00:00+09:00", "2028-02-29T23:59:59.999+09:00", []],
    ["2027-08-31T12:00:00+09:00", "2028-03-01T00:00:00+09:00", closed],
    ["2026-03-31T12:00:00+09:00", "2026-09-30T23:59:59.999+09:00", []],
    ["2026-03-31T12:00:00+09:00", "2026-10-01T00:00:00+09:00", closed],
  ])("paid %s, asked %s", (paidAt, nowAt, expected) => {
    expect(broken(facts({ paidAtMs: Date.parse(paidAt) }), nowAt)).toEqual(expected);
  });
});

describe("R-KS-6 no virtual account is refunded at night", () => {
  const vbank = facts({ payMethod: "vbank", account });
  const closed = ["R-KS-6 vbank_refund_closed_at_night /refund_account"];
  it.each([
    ["2026-08-05T22:57:59.999+09:00", []],
    ["2026-08-05T22:58:00+09:00", closed],
    ["2026-08-05T23:00:00+09:00", closed],
    ["2026-08-06T05:59:59.999+09:00", closed],
    ["2026-08-06T06:00:00+09:00", []],
  ])("at %s", (nowAt, expected) => {
    expect(broken(vbank, nowAt)).toEqual(expected);
    expect(broken(facts(), nowAt)).toEqual([]);
  });
});

it("R-KS-7 refunds of virtual accounts are in the contract, or none is made", () => {
  const vbank = facts({ payMethod: "vbank", account });
  const others = contractNames.filter((name) => name !== "vbank_refund");
  expect(broken(vbank, noonMs, others)).toEqual(["R-KS-7 vbank_refund_not_contracted /refund_account"]);
  expect(broken(vbank, noonMs, ["vbank_refund"])).toEqual([]);
  expect(broken(facts(), noonMs, [])).toEqual([]);
});

describe("R-KS-8 a virtual account's refund names an account, every part of it", () => {
  it.each([
    [null, ["/refund_holder", "/refund_bank", "/refund_account"]],
    [{ ...account, holder: null }, ["/refund_holder"]],
    [{ ...account, bank: null }, ["/refund_bank"]],
    [{ ...account, number: null }, ["/refund_account"]],
    [{ ...account, number: "" }, ["/refund_account"]],
    [account, []],
  ])("%o", (named, pointers) => {
    const about = facts({ payMethod: "vbank", account: named });
    expect(broken(about)).toEqual(pointers.map((pointer) => `R-KS-8 refund_account_required ${pointer}`));
  });

  it.each(["card", "trans", "phone"])("%s needs none", (payMethod) => {
    expect(broken(facts({ payMethod, amount: won(109_000) }))).toEqual([]);
  });
});

describe("R-KS-9 a phone payment goes back as a whole", () => {
  const refused = ["R-KS-9 phone_partial_refund_unsupported /amount"];
  it.each<[string, Partial<RefundFacts>, readonly string[]]>([
    ["all of it", { amount: won(109_000) }, []],
    ["one won less", { amount: won(108_999) }, refused],
    ["what the console left of it", { ...parts(1), amount: won(108_000) }, refused],
  ])("%s", (_, more, expected) => {
    expect(broken(facts({ payMethod: "phone", ...more }))).toEqual(expected);
  });
});

describe("R-KS-10 a phone payment goes back in its calendar month", () => {
  const over = ["R-KS-10 phone_refund_month_over /amount"];
  it.each([
    ["2026-08-05T12:02:00+09:00", "2026-08-31T23:59:59.999+09:00", []],
    ["2026-08-05T12:02:00+09:00", "2026-09-01T00:00:00+09:00", over],
    ["2026-01-31T23:59:00+09:00", "2026-01-31T23:59:59.999+09:00", []],
    ["2026-01-31T23:59:00+09:00", "2026-02-01T00:00:00+09:00", over],
    ["2028-02-29T12:00:00+09:00", "2028-02-29T23:59:59.999+09:00", []],
    ["2028-02-29T12:00:00+09:00", "2028-03-01T00:00:00+09:00", over],
    ["2025-12-31T12:00:00+09:00", "2026-01-01T00:00:00+09:00", over],
    ["2026-08-01T00:00:00+09:00", "2026-08-01T00:00:01+09:00", []],
  ])("paid %s, asked %s", (paidAt, nowAt, expected) => {
    const phone = { payMethod: "phone", amount: won(109_000), paidAtMs: Date.parse(paidAt) };
    expect(broken(facts(phone), nowAt)).toEqual(expected);
    expect(broken(facts({ ...phone, payMethod: "card" }), nowAt)).toEqual([]);
  });
});

describe("R-KS-33 no part of an escrow payment goes back before the purchase is confirmed", () => {
  const escrow = { isEscrow: true, payMethod: "trans" };
  const early = ["R-KS-33 escrow_not_confirmed /amount"];
  it.each<[string, Partial<RefundFacts>, number, readonly string[]]>([
    ["all of it at any time", { amount: won(109_000) }, paidAtMs, []],
    ["all that is left", { ...parts(1), amount: won(108_000) }, paidAtMs, []],
    ["a part in the last moment", { amount: won(108_999) }, paidAtMs + 14 * dayMs - 1, early],
    ["a part when it must be confirmed", { amount: won(108_999) }, paidAtMs + 14 * dayMs, []],
    ["a part without escrow", { amount: won(1), isEscrow: false }, paidAtMs, []],
  ])("%s", (_, more, nowMs, expected) => {
    expect(broken(facts({ ...escrow, ...more }), nowMs)).toEqual(expected);
  });
});

describe("what the rules look at", () => {
  const order = createdOrder({ payMethod: "vbank", escrow: true });

  it.each([
    ["PortOne's word", "card", "card"],
    ["the order's where PortOne said nothing yet", null, "vbank"],
    ["the order's where PortOne named none", "", "vbank"],
  ])("the way to pay is %s", (_, payMethod, expected) => {
    expect(payMethodOf(order, attempt("imp_2", { payMethod }))).toBe(expected);
  });

  it("is the attempt that the money goes back from", () => {
    const cancels = [{ ...cancelEntry("c-1", 9_000), taxFree: won(0), refundId: null }];
    const paid = attempt("imp_2", { state: "paid", payMethod: "trans", paidAtMs, cancels });
    expect(refundFactsOf(order, paid, { amount: won(1_000), account })).toEqual({
      payMethod: "trans",
      isEscrow: true,
      paid: 109_000,
      paidAtMs,
      cancelled: [9_000],
      remaining: 100_000,
      amount: 1_000,
      account,
    });
    const untimed = { ...paid, paidAtMs: null, stateSinceMs: noonMs };
    expect(refundFactsOf(order, untimed, { amount: won(1), account })).toMatchObject({ paidAtMs: noonMs });
  });
});

it("the first rule that forbids it leads, and every code has its words in Korean", () => {
  const phone = facts({ payMethod: "phone" });
  const context = { nowMs: noonMs + 300 * dayMs, contracts: new Set(contractNames) };
  expect(findForbidding(phone, context)).toBe("refund_window_closed");
  expect(findForbidding(facts(), { ...context, nowMs: noonMs })).toBeNull();
  expect(refundRules.map(({ code }) => code).sort()).toEqual([...refundRuleCodes].sort());
  for (const code of refundRuleCodes) expect(refundRuleOf(code).detail).toMatch(/\p{Script=Hangul}/u);
});
