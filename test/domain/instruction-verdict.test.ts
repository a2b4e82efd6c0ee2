// What PortOne's reservations and attempts prove about an instruction whose outcome is not known: a row for each rule,
// on both sides of QUIET, of the number of sends and of the wanted time.
import { describe, expect, it } from "vitest";
import { claimMove } from "../../lib/domain/instruction.ts";
import { type InstructionVerdict, judgeInstruction } from "../../lib/domain/instruction-verdict.ts";
import type { Look } from "../../lib/domain/look.ts";
import type { Order } from "../../lib/domain/order.ts";
import {
  at,
  confirmed,
  early,
  having,
  moving,
  newMs,
  no,
  oldMs,
  others,
  paid,
  quiet,
  renewing,
  scheduling,
  sentAtMs,
  stamp,
  toBeVoid,
} from "../support/instructions.ts";
import { createdAtMs, look } from "../support/orders.ts";

type Row = readonly [string, Order, Partial<Look>, InstructionVerdict];
const judges = (rows: readonly Row[]) =>
  it.each(rows.map((row) => [...row] as const))("%s", (_, order, seen, verdict) => {
    if (!order.instruction) throw new Error("no instruction");
    expect(judgeInstruction(order, order.instruction, look([], seen))).toBe(verdict);
  });

describe("reserving", () => {
  judges([
    ["nobody asked PortOne", scheduling, { atMs: quiet }, "wait"],
    ["it is live", scheduling, { atMs: early, reservations: [at(oldMs)] }, "happened"],
    ["it has run", scheduling, { atMs: early, reservations: [at(oldMs, "executed")] }, "happened"],
    [
      "it is live behind an earlier, revoked one",
      scheduling,
      { atMs: early, reservations: [at(createdAtMs, "revoked"), at(oldMs)] },
      "happened",
    ],
    [
      "refused, and yet live: the record has the last word",
      having(scheduling, { refused: no }),
      { atMs: early, reservations: [at(oldMs)] },
      "happened",
    ],
    [
      "refused, and not there",
      having(scheduling, { refused: no }),
      { atMs: sentAtMs, reservations: [] },
      "refused",
    ],
    [
      "the second send refused, and not there",
      having(scheduling, { refused: no, sends: 2 }),
      { atMs: early, reservations: [] },
      "wait",
    ],
    ["not there before QUIET", scheduling, { atMs: early, reservations: [] }, "wait"],
    ["not there after QUIET", scheduling, { atMs: quiet, reservations: [] }, "send_again"],
    [
      "another order's, or another customer's, is there",
      scheduling,
      { atMs: quiet, reservations: others },
      "send_again",
    ],
    [
      "not there after the second send",
      having(scheduling, { sends: 2 }),
      { atMs: quiet, reservations: [] },
      "send_again",
    ],
    [
      "not there after the third send",
      having(scheduling, { sends: 3 }),
      { atMs: quiet, reservations: [] },
      "stuck",
    ],
    ["at another time before QUIET", scheduling, { atMs: early, reservations: [at(newMs)] }, "wait"],
    [
      "at another time after QUIET: moved in the console",
      scheduling,
      { atMs: quiet, reservations: [at(newMs)] },
      "happened",
    ],
    ["revoked in the console", scheduling, { atMs: quiet, reservations: [at(oldMs, "revoked")] }, "never"],
    ["not there, and its time is over", scheduling, { atMs: oldMs, reservations: [] }, "never"],
    [
      "not there, a millisecond before its time",
      scheduling,
      { atMs: oldMs - 1, reservations: [] },
      "send_again",
    ],
    [
      "not there, and the order is to be void",
      toBeVoid(scheduling),
      { atMs: quiet, reservations: [] },
      "never",
    ],
    [
      "not there, and the order is to be void, before QUIET",
      toBeVoid(scheduling),
      { atMs: early, reservations: [] },
      "wait",
    ],
    ["not there, and the order is paid", paid(scheduling), { atMs: quiet, reservations: [] }, "never"],
  ]);
});

describe("moving", () => {
  const toSameTime = claimMove(
    confirmed,
    { wantedAtMs: oldMs, claimToken: "claim-twin", isLive: true },
    stamp,
  );
  judges([
    ["it is live at the new time", moving, { atMs: early, reservations: [at(newMs)] }, "happened"],
    [
      "it has run at the new time",
      moving,
      { atMs: newMs, reservations: [at(newMs, "executed")] },
      "happened",
    ],
    [
      "to the time it has: that it is there proves nothing before QUIET",
      toSameTime,
      { atMs: early, reservations: [at(oldMs)] },
      "wait",
    ],
    ["to the time it has, after QUIET", toSameTime, { atMs: quiet, reservations: [at(oldMs)] }, "happened"],
    [
      "to the time it has, and PortOne said no",
      having(toSameTime, { refused: no }),
      { atMs: early, reservations: [at(oldMs)] },
      "happened",
    ],
    ["still at the old time before QUIET", moving, { atMs: early, reservations: [at(oldMs)] }, "wait"],
    ["still at the old time after QUIET", moving, { atMs: quiet, reservations: [at(oldMs)] }, "send_again"],
    [
      "still at the old time after the third send",
      having(moving, { sends: 3 }),
      { atMs: quiet, reservations: [at(oldMs)] },
      "stuck",
    ],
    [
      "refused, and at the old time",
      having(moving, { refused: no }),
      { atMs: early, reservations: [at(oldMs)] },
      "refused",
    ],
    [
      "refused the second time",
      having(moving, { refused: no, sends: 2 }),
      { atMs: early, reservations: [at(oldMs)] },
      "wait",
    ],
    [
      "run at the old time before QUIET",
      moving,
      { atMs: early, reservations: [at(oldMs, "executed")] },
      "wait",
    ],
    [
      "run at the old time after QUIET",
      moving,
      { atMs: quiet, reservations: [at(oldMs, "executed")] },
      "never",
    ],
    ["at the old time, and the new one is over", moving, { atMs: newMs, reservations: [at(oldMs)] }, "never"],
    [
      "at the old time, and the order is to be void",
      toBeVoid(moving),
      { atMs: quiet, reservations: [at(oldMs)] },
      "never",
    ],
    [
      "at the old time of an order that is paid",
      paid(moving),
      { atMs: quiet, reservations: [at(oldMs)] },
      "never",
    ],
    [
      "one set up anew is live",
      renewing,
      { atMs: early, reservations: [at(oldMs, "executed"), at(newMs)] },
      "happened",
    ],
    [
      "one set up anew is not there before QUIET",
      renewing,
      { atMs: early, reservations: [at(oldMs, "executed")] },
      "wait",
    ],
    [
      "one set up anew is not there after QUIET",
      renewing,
      { atMs: quiet, reservations: [at(oldMs, "executed")] },
      "send_again",
    ],
  ]);
});
