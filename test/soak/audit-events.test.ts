// The auditor of what the shop was told: finds nothing where each change was told, and each thing that is wrong.
import { describe, expect, it } from "vitest";
import { auditEvents, type ToldEvent } from "./audit-events.ts";
import type { FindingKind } from "./findings.ts";
import { nowMs, order } from "./healthy.ts";
import type { Item } from "./table.ts";

const at = (second: number): number => nowMs + second * 1_000;
const line = (second: number, from: string, to: string): string =>
  `${at(second).toString(36)} p ${from} ${to}`;
const own: Item = order({
  version: 6,
  history: [line(0, "-", "cre"), line(1, "cre", "app"), line(2, "app", "pai"), line(3, "pai", "par")],
  attempts: [{ u: "imp_1", s: "pai", c: [["c-1", 20_000, at(3), 550]] }],
});

const event = (version: number, state: string, previous: string, more: object = {}): ToldEvent => ({
  type: `order.${state}`,
  data: {
    event_id: `ord-1#${version}`,
    merchant_uid: "ord-1",
    state,
    previous,
    cancel_amount: state === "partially_refunded" ? 20_000 : 0,
    occurred_at: new Date(at(version - 1)).toISOString(),
    review_reason: null,
    ...more,
  },
});
const approved = event(2, "approved", "created");
const paid = event(3, "paid", "approved");
const refunded = event(4, "partially_refunded", "paid");
const all = [approved, paid, refunded];

const second: Item = {
  ...own,
  cancel_amount: 29_000,
  attempts: [
    {
      u: "imp_1",
      s: "pai",
      c: [
        ["c-1", 20_000, at(3), 550],
        ["c-2", 9_000, at(4)],
      ],
    },
  ],
};
const more = event(5, "partially_refunded", "partially_refunded", { cancel_amount: 29_000 });
const marked: Item = {
  ...own,
  review_reason: "double_cancel",
  history: [...(own["history"] as readonly string[]), `${line(5, "par", "=")} double_cancel`],
};
const mark = {
  ...event(6, "partially_refunded", "partially_refunded", {
    review_reason: "double_cancel",
    cancel_amount: 20_000,
  }),
  type: "order.review",
};
const approvedAgain = (...history: readonly string[]): Item => ({
  pk: "order#ord-1",
  state: "approved",
  cancel_amount: 0,
  version: 3,
  history: [line(0, "-", "cre"), line(1, "cre", "app"), ...history],
});
const closed: Item = {
  pk: "order#ord-1",
  state: "failed",
  cancel_amount: 0,
  version: 6,
  history: [
    line(0, "-", "cre"),
    line(1, "cre", "awa"),
    line(2, "awa", "cre"),
    line(3, "cre", "app"),
    line(4, "app", "fai"),
  ],
};

describe("the auditor of events", () => {
  it.each<readonly [string, readonly Item[], readonly ToldEvent[]]>([
    ["a life that was told", [own], all],
    ["one that was told twice and out of order", [own], [refunded, paid, ...all]],
    ["a second partial refund", [second], [...all, more]],
    ["a mark", [marked], [...all, mark]],
    [
      "one that failed and was approved anew in one write",
      [approvedAgain(line(2, "app", "fai"), line(2, "fai", "app"))],
      [approved],
    ],
    [
      "a receipt",
      [own],
      [...all, { ...event(5, "partially_refunded", "partially_refunded"), type: "receipt.issued" }],
    ],
    ["an order nobody paid", [{ pk: "order#ord-1", state: "created", history: [line(0, "-", "cre")] }], []],
    [
      "an account that was closed",
      [closed],
      [
        event(2, "awaiting_deposit", "created"),
        event(4, "approved", "created"),
        event(5, "failed", "approved"),
      ],
    ],
  ])("finds nothing about %s", (_, items, told) => {
    expect(auditEvents(items, told)).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], readonly ToldEvent[]]>([
    ["event_missing", "a change that was not told, the last", [own], [approved, paid]],
    ["event_missing", "one in between", [own], [approved, refunded]],
    ["event_missing", "the first", [own], [paid, refunded]],
    ["event_missing", "all of them", [own], []],
    ["event_missing", "a second partial refund", [second], all],
    ["event_missing", "a mark", [marked], all],
    [
      "event_missing",
      "one that failed and was approved anew in two",
      [approvedAgain(line(2, "app", "fai"), line(3, "fai", "app"))],
      [approved],
    ],
    [
      "event_invented",
      "an order nobody made",
      [own],
      [...all, event(2, "paid", "created", { merchant_uid: "ord-2" })],
    ],
    [
      "event_invented",
      "a version that was never written",
      [own],
      [approved, paid, event(9, "partially_refunded", "paid", { occurred_at: refunded.data.occurred_at })],
    ],
    [
      "event_invented",
      "a time at which nothing was",
      [own],
      [...all, event(5, "partially_refunded", "partially_refunded")],
    ],
    [
      "event_invented",
      "another write's type",
      [own],
      [approved, { ...paid, type: "order.voided" }, refunded],
    ],
    ["event_differs", "one version told in two ways", [own], [...all, { ...paid, type: "order.review" }]],
  ])("finds %s: %s", (kind, _, items, told) => {
    expect(new Set(auditEvents(items, told).map((finding) => finding.kind))).toContain(kind);
  });
});
