// Nothing falls below nothing: neither the whole nor its tax-free or taxable part, in any of the places that say it.
import { describe, expect, it } from "vitest";
import { auditLeft, auditOrdersLeft } from "./audit-left.ts";
import { entry, order, payment, refund, refunded } from "./healthy.ts";
import { consoleReason } from "./world.ts";

type Facts = Parameters<typeof auditLeft>[0];
const facts: Facts = { items: [order(), refund()], payments: [payment()], answers: [refunded] };
const went = (amount: number, tax_free: number) => ({ ...entry, amount, tax_free });
const gone = (...cancel_history: (typeof entry)[]) => ({ ...facts, payments: [payment({ cancel_history })] });
const byConsole = (amount: number) => ({ ...went(amount, 0), cancellation_id: "c-2", reason: consoleReason });
const ofAccount = { pay_method: "vbank", tax_free: 0, cancel_history: [went(20_000, 0)] };
const account = payment(ofAccount);
/** Of a payment that is not as its order asked for it. */
const other = (more: Parameters<typeof payment>[0], ...cancel_history: (typeof entry)[]) => ({
  ...facts,
  payments: [payment({ ...more, cancel_history })],
});
const another = { amount: 108_000 };

describe("the auditor of what is left", () => {
  it.each<readonly [string, Facts]>([
    ["a part", facts],
    ["all of it", gone(went(20_000, 550), went(89_000, 2_450))],
    [
      "an order without taxes that is all given back",
      { ...other({ tax_free: 0 }, went(109_000, 0)), items: [order({ tax_free: 0 })] },
    ],
    ["a payment's own tax-free part, which is not its order's", other({ tax_free: 500 }, went(109_000, 500))],
    ["all of another amount at once, of which nothing is said", other(another, went(108_000, 0))],
    ["all of another amount with its own part", other(another, went(108_000, 3_000))],
    ["all of another amount in two parts", other(another, went(20_000, 550), went(88_000, 2_450))],
    [
      "an account's of another amount, which has no part free of tax",
      {
        ...other({ ...ofAccount, ...another }, went(20_000, 0), {
          ...went(88_000, 0),
          cancellation_id: "c-2",
        }),
        items: [order(), refund({ tax_free: 0 })],
      },
    ],
    ["what the console took of the tax-free part", gone(byConsole(107_000), went(2_000, 2_000))],
    ["an account's, for which PortOne takes no tax", { ...facts, payments: [account] }],
    [
      "an answer that nothing is left",
      { ...facts, answers: [{ ...refunded, json: { remaining: 0, remaining_tax_free: 0 } }] },
    ],
  ])("finds nothing about %s", (_, world) => {
    expect(auditLeft(world)).toEqual([]);
  });

  it.each<readonly [string, Facts]>([
    ["more free of tax than was paid so", gone(went(20_000, 3_001))],
    ["a taxable part that the console had taken", gone(byConsole(107_000), went(2_000, 1_999))],
    ["more taxable than was paid so", gone(went(20_000, 550), went(89_000, 2_449))],
    ["all at once, of which nothing is said", gone(went(109_000, 0))],
    ["its order's tax-free part, which is not the payment's", other({ tax_free: 500 }, went(500, 501))],
    ["its order's taxable part, which is not the payment's", other({ tax_free: 3_500 }, went(106_000, 0))],
    ["all of another amount with too little free of tax", other(another, went(108_000, 1))],
    ["all of another amount and more", other(another, went(108_000, 0), byConsole(1))],
    ["most of another amount, of which nothing is said", other(another, went(107_999, 0))],
    [
      "a rest of another amount, of which nothing is said",
      other(another, byConsole(20_000), { ...went(88_000, 0), cancellation_id: "c-3" }),
    ],
    [
      "an account's of another amount with a part free of tax",
      {
        ...other({ ...ofAccount, ...another }, went(20_000, 0)),
        items: [order(), refund({ tax_free: 550 })],
      },
    ],
    [
      "an account's keys with more free of tax",
      { ...facts, payments: [account], items: [order(), refund({ tax_free: 3_001 })] },
    ],
    [
      "an account's keys with more taxable",
      { ...facts, payments: [account], items: [order({ tax_free: 109_000 }), refund({ tax_free: 0 })] },
    ],
    [
      "an order that counts more given back than was paid",
      { ...facts, items: [order({ cancel_amount: 109_001 })] },
    ],
    [
      "an answer that less than nothing is left",
      { ...facts, answers: [{ ...refunded, json: { remaining: -1 } }] },
    ],
    [
      "an answer that less than nothing is left free of tax",
      { ...facts, answers: [{ ...refunded, json: { remaining_tax_free: -1 } }] },
    ],
  ])("finds %s", (_, world) => {
    expect(auditLeft(world).map(({ kind, merchantUid }) => `${kind} ${merchantUid}`)).toEqual([
      "over_refunded ord-1",
    ]);
  });

  it("finds an order that counts too much whenever the table is read", () => {
    expect(auditOrdersLeft([order(), refund()])).toEqual([]);
    expect(auditOrdersLeft([order({ cancel_amount: 109_001 })])).toMatchObject([{ kind: "over_refunded" }]);
  });
});
