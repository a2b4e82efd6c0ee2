// Every field of PortOne's records, read from whatever stands there.
import { describe, expect, it } from "vitest";
import {
  flagIn,
  impUidIn,
  isNothing,
  merchantUidIn,
  nameIn,
  numberIn,
  timeIn,
} from "../../lib/portone/fields.ts";
import { toPaymentRecord, toUnreadableRow } from "../../lib/portone/translate.ts";
import { wirePayment } from "./scripted-portone.ts";

const atMs = 1_785_900_000_000;
const long = "가".repeat(5_000);

describe("a time", () => {
  it.each<[unknown, number | null]>([
    [1_785_900_000, atMs],
    ["1785900000", atMs],
    [1_785_900_000.9, atMs],
    [4_102_444_799, 4_102_444_799_000],
    [4_102_444_800, null],
    [0, null],
    ["0", null],
    [-1, null],
    [0.5, null],
    [1e15, null],
    [1e300, null],
    [2 ** 53, null],
    ["1e9", null],
    ["2026-08-05T12:00:00+09:00", null],
    ["Infinity", null],
    ["", null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
    [[1_785_900_000], null],
  ])("%j", (value, expected) => expect(timeIn(value)).toBe(expected));
});

describe("a number", () => {
  it.each<[unknown, number | null]>([
    [7, 7],
    ["7", 7],
    [-1, -1],
    ["-1", null],
    ["", null],
    [" 7", null],
    ["9".repeat(16), null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [null, null],
    [true, null],
  ])("%j", (value, expected) => expect(numberIn(value)).toBe(expected));
});

describe("nothing", () => {
  it.each([null, undefined, "", " ", 0, "0"])("%j is", (value) => expect(isNothing(value)).toBe(true));
  it.each([1, "1", false, true, "null", {}, "-", 0.5])("%j is not", (value) =>
    expect(isNothing(value)).toBe(false),
  );
});

describe("yes and no", () => {
  it.each<[unknown, boolean | null]>([
    [true, true],
    ["true", true],
    [1, true],
    [false, false],
    ["false", false],
    [0, false],
    ["y", null],
    [null, null],
    [{}, null],
  ])("%j", (value, expected) => expect(flagIn(value)).toBe(expected));
});

describe("a name", () => {
  it.each<[string, boolean]>([
    ["imp_730112845061", true],
    ["imps_730112845067", true],
    [`imp_${"1".repeat(27)}`, true],
    [`imp_${"1".repeat(28)}`, false],
    ["imp_", false],
    ["109000", false],
    ["null", false],
    ["0", false],
    ["NaN", false],
    ["2026-08-05T12:00:00+09:00", false],
    ["imp_1/cancel", false],
    ["", false],
    [long, false],
  ])("imp_uid %s", (value, isOne) => expect(impUidIn(value)).toBe(isOne ? value : null));

  it.each<[string, boolean]>([
    ["ord-20260805-000142", true],
    ["주문#2026/1", true],
    ["a".repeat(40), true],
    ["a".repeat(41), false],
    [" ", false],
    ["\ufffd", false],
    ["ord\u0000", false],
    [long, false],
  ])("merchant_uid %s", (value, isOne) => expect(merchantUidIn(value)).toBe(isOne ? value : null));

  it.each<[unknown, string | null]>([
    ["c-8f31d2", "c-8f31d2"],
    ["", null],
    [" ", null],
    ["c".repeat(65), null],
    ["\ufffd", null],
    [7, null],
  ])("of any form %s", (value, expected) => expect(nameIn(value)).toBe(expected));
});

describe("a record", () => {
  const read = (more: Record<string, unknown>) => toPaymentRecord(wirePayment(more));

  it.each<[Record<string, unknown>, object]>([
    [{ apply_num: 12_345_678 }, { slip: { applyNum: null } }],
    [{ fail_reason: {} }, { failReason: null }],
    [{ card_quota: "12" }, { slip: { cardQuota: 12 } }],
    [{ card_quota: "열두" }, { slip: { cardQuota: null } }],
    [{ card_quota: 1.5 }, { slip: { cardQuota: null } }],
    [{ card_quota: 100 }, { slip: { cardQuota: null } }],
    [{ vbank_num: "562", vbank_date: "" }, { account: { dueAtMs: 0 } }],
    [{ card_number: 451_842 }, { slip: { cardNumber: null } }],
    [{ cash_receipt_issued: "y" }, { cashReceiptIssued: false }],
    [{ pay_method: 7 }, { payMethod: "" }],
    [{ pg_id: 7 }, { pgId: "" }],
    [{ escrow: "true" }, { escrow: true }],
    [{ escrow: [] }, { escrow: false }],
    [{ sandbox: "x" }, { sandbox: true }],
    [{ sandbox: "true" }, { sandbox: true }],
    [{ sandbox: "false" }, { sandbox: false }],
    [{ sandbox: "" }, { sandbox: false }],
    [{ paid_at: 1e300 }, { paidAtMs: null }],
    [{ started_at: "" }, { startedAtMs: null }],
    [{ started_at: undefined }, { startedAtMs: null }],
    [{ started_at: 0 }, { startedAtMs: null }],
    [{ tax_free: "3000" }, { taxFree: 3_000 }],
    [{ tax_free: 0 }, { taxFree: 0 }],
    [{ tax_free: {} }, { taxFree: null }],
    [{ amount: "109000" }, { amount: 109_000 }],
    [{ amount: null }, { amount: null }],
    [{ amount: 0 }, { amount: null }],
    [{ amount: 1_200_000_000 }, { amount: null }],
    [{ cancel_amount: "0" }, { cancelAmount: 0 }],
    [{ cancel_amount: null }, { cancelAmount: null }],
    [{ cancel_amount: undefined }, { cancelAmount: null }],
    [{ cancel_history: {} }, { cancelAmount: null, cancels: [] }],
    [{ cancel_history: 0 }, { cancelAmount: null, cancels: [] }],
    [
      { cancel_history: [null] },
      { cancels: [{ cancellationId: "0-0", amount: null, atMs: null, reason: "" }] },
    ],
    [{ currency: null }, { currency: "", amount: null, cancelAmount: null }],
    [{ currency: "" }, { currency: "", amount: null }],
    [{ currency: "krw" }, { currency: "", amount: null }],
    [{ currency: "undefined" }, { currency: "", amount: null }],
    [{ currency: 1 }, { currency: "", amount: null }],
    [
      { currency: "VND", amount: 109_000 },
      { currency: "VND", amount: 10_900_000 },
    ],
    [{ status: null }, { status: "unrecognised" }],
    [{ status: ["paid"] }, { status: "unrecognised" }],
    [{ merchant_uid: "" }, { merchantUid: "" }],
    [{ merchant_uid: null }, { merchantUid: "" }],
  ])("with %j", (more, expected) => expect(read(more)).toMatchObject(expected));

  it.each<[string, unknown]>([
    ["no id", ""],
    ["an id of nothing", " "],
    ["an id without end", long],
    ["a figure for an id", 7],
    ["an id that another has", "c-1"],
  ])("names a cancel of %s by its time and place", (_, cancellation_id) => {
    const entry = { amount: 5, cancelled_at: 9, reason: "고객 요청" };
    const cancel_history = [
      { ...entry, cancellation_id: "c-1" },
      { ...entry, cancellation_id },
    ];
    expect(read({ cancel_amount: 10, cancel_history })?.cancels.map((one) => one.cancellationId)).toEqual([
      "c-1",
      "9-1",
    ]);
  });

  it.each<[unknown, object]>([
    [null, { impUid: null, merchantUid: null, why: "no_record" }],
    ["paid", { impUid: null, merchantUid: null, why: "no_record" }],
    [[], { impUid: null, merchantUid: null, why: "no_record" }],
    [wirePayment({ imp_uid: null }), { impUid: null, merchantUid: "ord-20260805-000142", why: "imp_uid" }],
    [
      wirePayment({ imp_uid: "109000" }),
      { impUid: null, merchantUid: "ord-20260805-000142", why: "imp_uid" },
    ],
    [
      wirePayment({ merchant_uid: long }),
      { impUid: "imp_730112845061", merchantUid: null, why: "merchant_uid" },
    ],
    [
      wirePayment({ merchant_uid: {} }),
      { impUid: "imp_730112845061", merchantUid: null, why: "merchant_uid" },
    ],
  ])("is none, and named as far as it goes: %#", (row, expected) => {
    expect(toPaymentRecord(row)).toBeNull();
    expect(toUnreadableRow(row)).toEqual(expected);
  });
});
