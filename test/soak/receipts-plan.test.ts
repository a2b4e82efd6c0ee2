// The same seed is the same plan, of exactly as many orders as asked for; no way, fault or hour is left out, and no two
// buyers are alike.
import { describe, expect, it } from "vitest";
import type { PlannedBuyer } from "./receipts-buyers.ts";
import { ownersOf } from "./receipts-leaks.ts";
import { drawReceiptsPlan, type ReceiptsBatch, storiesOf } from "./receipts-plan.ts";
import { buyersOf, dayWays, deedsOf, nightWays, saleWays, windowWays } from "./receipts-ways.ts";

const { phases } = drawReceiptsPlan(7, 300);
const stories = phases.flatMap(storiesOf);
const batches = phases.flatMap((phase) => phase.batches);
const faultsOf = ({ rounds, morning, following }: ReceiptsBatch) =>
  [...rounds.flatMap(({ faults, sweepFaults }) => [...faults, ...sweepFaults]), ...morning, ...following].map(
    ({ body }) => body,
  );
const faults = batches.flatMap(faultsOf);

describe("the plan of receipts", () => {
  it("is drawn from its seed alone", () => {
    expect(drawReceiptsPlan(7, 300)).toEqual(drawReceiptsPlan(7, 300));
    expect(drawReceiptsPlan(7, 300).hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(drawReceiptsPlan(8, 300).hash).not.toBe(drawReceiptsPlan(7, 300).hash);
  });

  it.each([0, 1, 5, 40, 300])("has %i orders, each with a number of its own", (count) => {
    const numbers = drawReceiptsPlan(11, count)
      .phases.flatMap(storiesOf)
      .map(({ order }) => order.merchantUid);
    expect([numbers.length, new Set(numbers).size]).toEqual([count, count]);
  });

  it("has every way of a receipt, by day and by night, of transfers and accounts", () => {
    expect(new Set(stories.map(({ way }) => way))).toEqual(
      new Set([...dayWays, ...nightWays, ...windowWays, ...saleWays]),
    );
    expect(new Set(stories.map(({ order }) => order.payMethod))).toEqual(new Set(["trans", "vbank"]));
    expect(batches.filter(({ isNight }) => isNight).length).toBeGreaterThan(2);
    const deeds = stories.flatMap(deedsOf).map(({ what }) => what);
    for (const what of ["ask", "console", "withdraw", "issue", "take_back", "look"])
      expect(deeds.filter((one) => one === what).length, what).toBeGreaterThan(4);
    const taxFree = stories.map(({ order: { taxFree = 0, amount } }) => taxFree / amount);
    expect(taxFree.filter((share) => share === 0).length).toBeGreaterThan(50);
    expect(taxFree.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(50);
  });

  it("has a PortOne that refuses the rest, one that refuses another receipt, and one that tells absurd things", () => {
    const refusing = Object.fromEntries(phases.map(({ name, switches }) => [name, Object.values(switches)]));
    expect(refusing).toEqual({
      first: ["allowed", "allowed"],
      on_partial: ["400", "allowed"],
      reissue: ["allowed", "400"],
      absurd: ["allowed", "allowed"],
      last: ["allowed", "allowed"],
    });
    for (const phase of phases) expect(storiesOf(phase).length, phase.name).toBeGreaterThan(20);
    const patched = phases.filter(({ batches: own }) =>
      own.flatMap(faultsOf).some(({ name }) => name === "record_patched"),
    );
    expect(patched.map(({ name }) => name)).toEqual(["absurd"]);
  });

  it.each([
    ["POST", ["late_effect", "late_answer"]],
    ["DELETE", ["late_effect", "late_answer"]],
    ["GET", ["stale_read", "late_answer"]],
  ])("has every fault of a %s, of orders and sales", (method, others) => {
    const ofOrder = faults.filter(({ call }) => call === `${method} /receipts/{imp_uid}`);
    expect(new Set(ofOrder.map(({ name }) => name))).toEqual(
      new Set([
        ...["answer_lost_after_effect", "reset_mid_body", "invalid_json", "server_error_then_ok"],
        ...["rate_limited", "token_expired", "no_answer", "record_patched", ...others],
      ]),
    );
    expect(faults).toContainEqual(
      expect.objectContaining({ call: `${method} /receipts/external/{merchant_uid}` }),
    );
  });

  it.each(["receipt", "reconcile", "refund"])("kills %s before and after its calls", (functionName) => {
    for (const name of ["crash_before", "crash_after"])
      expect(faults).toContainEqual(expect.objectContaining({ name, function: functionName }));
  });

  it("names nobody twice, and nobody within another's number", () => {
    const owners = [...ownersOf(stories).keys()];
    const named = stories.flatMap((story) => [
      ...buyersOf(story).flatMap(({ identifier, email }) => [identifier, email]),
      ...(story.order.cashReceipt === undefined ? [] : [story.order.cashReceipt]),
    ]);
    expect(owners).toHaveLength(named.length);
    const bare = owners.map((number) => number.replaceAll(/[ -]/g, ""));
    expect(bare.filter((one) => bare.some((other) => other !== one && other.includes(one)))).toEqual([]);
    expect(new Set(bare).size).toBe(bare.length);
  });

  it("names people as each kind of number is written", () => {
    const forms: Readonly<Record<PlannedBuyer["identifierType"], RegExp>> = {
      phone: /^01[01]([- ]?)\d{3,4}\1\d{4}$/,
      business: /^\d{3}([- ]?)\d{2}\1\d{5}$/,
      person: /^\d{6}([- ]?)[12]\d{6}$/,
      taxcard: /^15\d\d([- ]?)\d{4}\1\d{4}\1\d{6}$/,
    };
    const buyers = stories.flatMap(buyersOf);
    expect(new Set(buyers.map(({ identifierType }) => identifierType)).size).toBe(4);
    for (const { identifier, identifierType, type } of buyers) {
      expect(identifier).toMatch(forms[identifierType]);
      expect(type).toBe(identifierType === "business" ? "company" : "person");
    }
    for (const separator of ["-", " "])
      expect(buyers.filter(({ identifier }) => identifier.includes(separator)).length).toBeGreaterThan(20);
  });
});
