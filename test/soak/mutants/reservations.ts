// Mistakes about what PortOne is told to do later, or no longer, or again.
import type { Mutant } from "./mutant.ts";

const verdicts = [
  "test/domain/instruction-verdict.test.ts",
  "test/domain/instruction-verdict-ending.test.ts",
];

export const reservationMutants: readonly Mutant[] = [
  {
    name: "M36",
    mistake: "a void does not revoke the order's reservation",
    file: "lib/domain/voiding.ts",
    from: "return order.charge === null && order.instruction === null",
    to: "return order.merchantUid !== null",
    tests: ["test/simulation/reservations.test.ts", "test/usecases/orders/void-order.test.ts"],
  },
  {
    name: "M37",
    mistake: "PortOne's no to a second request ends the reservation that stands",
    file: "lib/domain/instruction-verdict.ts",
    from: "  if (known.some(isThere))\n",
    to: `  if (isRefused(instruction)) return "refused";
  if (known.some(isThere))\n`,
    tests: verdicts,
  },
  {
    name: "reserved-twice",
    mistake: "whoever finds the number taken reserves it, too",
    file: "lib/usecases/charges/schedule-charges.ts",
    from: `if (claimed.outcome === "ours") ours.push(claimed.order);`,
    to: `if (claimed.outcome !== "unreadable") ours.push(claimed.order);`,
    tests: ["test/usecases/charges/schedule-charges.test.ts"],
  },
  {
    name: "M38",
    mistake: "a move calls before it writes",
    file: "lib/usecases/charges/reschedule-charge.ts",
    from: "  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);",
    to: `  await ports.schedules.reschedule(merchantUid, scheduledAtMs, live !== undefined);
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);`,
    tests: ["test/usecases/charges/reschedule-charge.test.ts"],
  },
  {
    name: "moved-closed",
    mistake: "a move does not ask what the order is",
    file: "lib/usecases/charges/reschedule-charge.ts",
    from: `  if (!mayMove(order)) return { outcome: "schedule_not_open" };
`,
    to: "",
    tests: ["test/usecases/charges/reschedule-charge.test.ts"],
  },
  {
    name: "retried-for-another",
    mistake: "a retry works on another customer's reservation",
    file: "lib/usecases/charges/retry-schedule.ts",
    from: `  if (reservation.customerUid !== customerUid) return { outcome: "schedule_not_found" };
`,
    to: "",
    tests: ["test/usecases/charges/retry-schedule.test.ts"],
  },
  {
    name: "retried-in-doubt",
    mistake: "a retry is sent while a move is in doubt",
    file: "lib/usecases/charges/retry-schedule.ts",
    from: `  if (order.instruction) return { outcome: "operation_in_flight", operationId: merchantUid };
`,
    to: "",
    tests: ["test/usecases/charges/retry-schedule.test.ts"],
  },
  {
    name: "closed-any",
    mistake: "closing an account voids an order that had none opened",
    file: "lib/usecases/orders/void-order.ts",
    from: `order.isAccountAsked ? voidRead(order, call, ports) : { outcome: "order_not_voidable" };`,
    to: "voidRead(order, call, ports);",
    tests: ["test/usecases/orders/void-reserved.test.ts", "test/usecases/charges/issue-account.test.ts"],
  },
  {
    name: "revoked-unseen",
    mistake: "a revocation that shows nothing is done before QUIET",
    file: "lib/domain/instruction-verdict.ts",
    from: `return isOver ? "happened" : "wait";`,
    to: `return "happened";`,
    tests: verdicts,
  },
  {
    name: "instructed-early",
    mistake: "a reservation or a move is sent again before QUIET",
    file: "lib/domain/instruction-verdict.ts",
    from: `  if (!isOver) return "wait";
  const live`,
    to: "  const live",
    tests: verdicts,
  },
  {
    name: "refused-repeat-later",
    mistake: "PortOne's no to a repeated instruction is final",
    file: "lib/domain/instruction-verdict.ts",
    from: "refused !== null && sends === 1;",
    to: "refused !== null && sends > 0;",
    tests: verdicts,
  },
  {
    name: "same-second",
    mistake: "a move within its own second is sent, so that the old reservation is taken for the moved one",
    file: "lib/usecases/charges/reschedule-charge.ts",
    from: "order.charge !== null && isAt(order.charge, scheduledAtMs);",
    to: "order.charge?.scheduledAtMs === scheduledAtMs;",
    tests: ["test/usecases/charges/reschedule-charge.test.ts"],
  },
  {
    name: "revoked-too-late",
    mistake: "a revocation that came too late ends before it can land no more",
    file: "lib/domain/instruction-verdict.ts",
    from: "if (hasRun) return isOver || instruction.sends === 0 || isRefused(instruction) ?",
    to: "if (hasRun) return isOver || instruction.sends >= 0 || isRefused(instruction) ?",
    tests: verdicts,
  },
  {
    name: "moved-to-itself",
    mistake: "a move to the time that an order has is proven by what was there before",
    file: "lib/domain/instruction-verdict.ts",
    from: "|| !isForSameTime(order, instruction) ?",
    to: "|| isForSameTime(order, instruction) !== null ?",
    tests: verdicts,
  },
  {
    name: "moved-unseen",
    mistake: "an order whose move is seen only when it is to be void keeps the old time",
    file: "lib/domain/instruction.ts",
    from: "{ instruction, charge: chargeAt(order, scheduledAtMs) }",
    to: "{ instruction }",
    tests: ["test/domain/instruction.test.ts"],
  },
];
