// What PortOne's record proves about a revocation, or an account to be opened, whose outcome is not known: as for
// reserving and moving, a row for each rule.
import { describe, expect, it } from "vitest";
import { revocationWish } from "../../lib/domain/instruction.ts";
import { type InstructionVerdict, judgeInstruction } from "../../lib/domain/instruction-verdict.ts";
import type { Look } from "../../lib/domain/look.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import {
  at,
  confirmed,
  early,
  having,
  no,
  oldMs,
  opening,
  paid,
  quiet,
  revoking,
  sentAtMs,
  stamp,
  toBeVoid,
} from "../support/instructions.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  attempt,
  createdAtMs,
  look,
  synced,
} from "../support/orders.ts";

type Row = readonly [string, Order, Partial<Look>, InstructionVerdict];
const judges = (rows: readonly Row[]) =>
  it.each(rows.map((row) => [...row] as const))("%s", (_, order, seen, verdict) => {
    if (!order.instruction) throw new Error("no instruction");
    expect(judgeInstruction(order, order.instruction, look([], seen))).toBe(verdict);
  });

describe("revoking", () => {
  const wished = changeOrder(confirmed, { instruction: revocationWish(oldMs, stamp) }, stamp);
  judges([
    ["it is revoked", revoking, { atMs: sentAtMs, reservations: [at(oldMs, "revoked")] }, "happened"],
    [
      "it has run, and the call may still land on what is set up anew",
      revoking,
      { atMs: early, reservations: [at(oldMs, "executed")] },
      "wait",
    ],
    ["it has run, after QUIET", revoking, { atMs: quiet, reservations: [at(oldMs, "executed")] }, "never"],
    [
      "it has run, and PortOne said no",
      having(revoking, { refused: no }),
      { atMs: early, reservations: [at(oldMs, "executed")] },
      "never",
    ],
    [
      "only wished for, and it has run",
      wished,
      { atMs: early, reservations: [at(oldMs, "executed")] },
      "never",
    ],
    ["live before QUIET", revoking, { atMs: early, reservations: [at(oldMs)] }, "wait"],
    ["live after QUIET", revoking, { atMs: quiet, reservations: [at(oldMs)] }, "send_again"],
    [
      "live behind a revoked one of the same time",
      revoking,
      { atMs: quiet, reservations: [at(oldMs, "revoked"), at(oldMs)] },
      "send_again",
    ],
    [
      "live after the second send",
      having(revoking, { sends: 2 }),
      { atMs: quiet, reservations: [at(oldMs)] },
      "send_again",
    ],
    [
      "live after the third send",
      having(revoking, { sends: 3 }),
      { atMs: quiet, reservations: [at(oldMs)] },
      "stuck",
    ],
    [
      "refused, and live",
      having(revoking, { refused: no }),
      { atMs: early, reservations: [at(oldMs)] },
      "refused",
    ],
    [
      "refused the second time, and live",
      having(revoking, { refused: no, sends: 2 }),
      { atMs: early, reservations: [at(oldMs)] },
      "wait",
    ],
    [
      "refused, and nothing is shown: an old answer",
      having(revoking, { refused: no }),
      { atMs: early, reservations: [] },
      "wait",
    ],
    [
      "an earlier one is revoked, ours is not shown",
      revoking,
      { atMs: early, reservations: [at(createdAtMs, "revoked")] },
      "wait",
    ],
    ["nothing is shown before QUIET", revoking, { atMs: early, reservations: [] }, "wait"],
    ["nothing is shown after QUIET", revoking, { atMs: quiet, reservations: [] }, "happened"],
    ["only wished for, and live", wished, { atMs: quiet, reservations: [at(oldMs)] }, "send_again"],
    ["only wished for, and nothing is shown", wished, { atMs: quiet, reservations: [] }, "send_again"],
    [
      "only wished for, and revoked by somebody else",
      wished,
      { atMs: sentAtMs, reservations: [at(oldMs, "revoked")] },
      "happened",
    ],
  ]);
});

describe("opening an account", () => {
  const complete = { isComplete: true, atMs: quiet };
  const shown = synced({ ...opening, instruction: null }, [accountRecord]);
  judges([
    ["it is there", { ...shown, instruction: opening.instruction }, { atMs: sentAtMs }, "happened"],
    ["not there before QUIET", opening, { ...complete, atMs: early }, "wait"],
    ["not there after QUIET", opening, complete, "send_again"],
    ["a look at one attempt does not show it", opening, { atMs: quiet }, "wait"],
    ["not there after the third send", having(opening, { sends: 3 }), complete, "stuck"],
    ["refused, and not there", having(opening, { refused: no }), { ...complete, atMs: sentAtMs }, "refused"],
    [
      "refused, and nobody looked at everything",
      having(opening, { refused: no }),
      { atMs: sentAtMs },
      "wait",
    ],
    [
      "the second send refused",
      having(opening, { refused: no, sends: 2 }),
      { ...complete, atMs: early },
      "wait",
    ],
    ["not there, and a buyer may be paying", approvedOrder(opening, "imp_window"), complete, "wait"],
    [
      "not there, and a window's attempt has ended",
      { ...opening, attempts: [attempt("imp_window", { state: "failed" })] },
      complete,
      "send_again",
    ],
    ["not there, and the order is paid", paid(opening), complete, "never"],
    ["not there, and the order is to be void", toBeVoid(opening), complete, "never"],
    ["not there, and the order has expired", { ...opening, isExpired: true }, complete, "never"],
    ["not there, and it would be over", opening, { ...complete, atMs: account.dueAtMs }, "never"],
    [
      "not there, a millisecond before it would be over",
      opening,
      { ...complete, atMs: account.dueAtMs - 1 },
      "send_again",
    ],
  ]);
});
