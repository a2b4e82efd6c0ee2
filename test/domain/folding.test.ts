// Eight attempts: what is folded, what never is, and that what was folded is not met as something new.
import { describe, expect, it } from "vitest";
import { compareWithRecord } from "../../lib/domain/audit.ts";
import { isFolded } from "../../lib/domain/folding.ts";
import { type Attempt, newAttempt, type Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import {
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  policy,
  synced,
  won,
} from "../support/orders.ts";

const dayMs = 24 * 3_600_000;
const order = createdOrder();

const attempt = (number: number, more: Partial<Attempt>): Attempt => ({
  ...newAttempt(`imp_${number}`, order, createdAtMs + number),
  ...more,
});
const cancelled = (number: number) => [
  {
    cancellationId: `c-${number}`,
    amount: order.amount,
    atMs: createdAtMs + number,
    taxFree: won(0),
    refundId: null,
  },
];
const givenBack = (number: number) =>
  attempt(number, {
    state: "given_back",
    giveBack: "done",
    paidAtMs: createdAtMs,
    cancels: cancelled(number),
  });
const held = (number: number) => attempt(number, { state: "paid", paidAtMs: createdAtMs });
const ended = (number: number) => attempt(number, { state: "failed" });

const having = (attempts: readonly Attempt[], atMs = createdAtMs + dayMs): Order =>
  changeOrder(order, { attempts }, { by: "sweep", atMs });
const many = (count: number, make: (number: number) => Attempt) =>
  Array.from({ length: count }, (_, index) => make(index));
const names = ({ attempts }: Order) => attempts.map(({ impUid }) => impUid);

describe("a ninth attempt", () => {
  it("folds the oldest that ended without money, into a count and no sum", () => {
    const next = having([ended(0), ended(1), ...many(8, (number) => held(number + 2))]);
    expect(next.folded).toEqual({ count: 2, givenBack: 0, untilMs: 0 });
    expect(names(next)).toEqual(many(8, (number) => held(number + 2)).map(({ impUid }) => impUid));
    expect(next.reviewReason).toBeNull();
  });

  it("folds the oldest long given back, into a count and a sum, and no other", () => {
    const next = having([...many(8, givenBack), held(8)], createdAtMs + 31 * dayMs);
    expect(next.folded).toEqual({ count: 1, givenBack: order.amount, untilMs: createdAtMs });
    const again = changeOrder(
      next,
      { attempts: [...next.attempts, held(9)] },
      { by: "sweep", atMs: createdAtMs + 31 * dayMs },
    );
    expect(again.folded).toEqual({ count: 2, givenBack: 2 * order.amount, untilMs: createdAtMs + 1 });
    expect(names(again)[0]).toBe("imp_2");
  });

  it("that finds nobody long given back is kept beside them, and marked", () => {
    const next = having([...many(8, givenBack), held(8)], createdAtMs + 29 * dayMs);
    expect(next.attempts).toHaveLength(9);
    expect(next).toMatchObject({ folded: null, reviewReason: "manual_refund" });
  });

  it("that holds money is kept and marked once: a person's answer stands", () => {
    const next = having(many(9, held));
    expect(next.attempts).toHaveLength(9);
    expect(next.reviewReason).toBe("manual_refund");
    const stamp = { by: "operator", atMs: createdAtMs + dayMs } as const;
    const cleared = changeOrder(next, { reviewReason: null }, stamp);
    expect(changeOrder(cleared, { looks: 1 }, stamp).reviewReason).toBeNull();
    expect(changeOrder(cleared, { attempts: [...cleared.attempts, held(9)] }, stamp).reviewReason).toBe(
      "manual_refund",
    );
  });

  it("keeps the last that confirm approved, whose end the state follows", () => {
    const approved = attempt(0, { state: "failed", wasApproved: true });
    expect(names(having([approved, ...many(8, (number) => ended(number + 1))]))).toContain("imp_0");
  });
});

describe("what was folded", () => {
  const folded = having([...many(9, givenBack)], createdAtMs + 40 * dayMs);
  const record = (atMs: number, amount = order.amount) => ({
    ...cancelledRecord([{ ...cancelEntry("c-0", amount), atMs }], { impUid: "imp_0" }),
  });

  it("is not met as a new payment, by a look or by the audit", () => {
    expect(folded.folded).toMatchObject({ count: 1 });
    expect(isFolded(folded, record(createdAtMs))).toBe(true);
    expect(synced(folded, [record(createdAtMs)], { atMs: createdAtMs + 41 * dayMs }).attempts).toEqual(
      folded.attempts,
    );
    expect(compareWithRecord(folded, record(createdAtMs), policy)).toBeNull();
  });

  it("is none that still holds money, or was cancelled later", () => {
    expect(isFolded(folded, record(createdAtMs, won(20_000)))).toBe(false);
    expect(isFolded(folded, record(createdAtMs + dayMs))).toBe(false);
    expect(isFolded(order, record(createdAtMs))).toBe(false);
  });
});
