// One mistake of each kind that the lives were built to see, found by nothing but two thousand of them.
import type { Mutant } from "./mutant.ts";

const tests = ["test/simulation/lives.test.ts"];

export const kindMutants: readonly Mutant[] = [
  {
    name: "lives-next-look",
    mistake: "the ladder's next rung hides what is owed earlier",
    file: "lib/domain/due.ts",
    from: "return Math.min(...ahead, ...(order.nextLookAtMs === null ? [] : [order.nextLookAtMs]));",
    to: "return order.nextLookAtMs ?? Math.min(...ahead);",
    tests,
  },
  {
    name: "lives-owed-read",
    mistake: "an owed read is paid before its time",
    file: "lib/domain/sync.ts",
    from: "if (look.atMs < atMs || (impUid === null && !look.isComplete)) return false;",
    to: "if (atMs < 0 || (impUid === null && !look.isComplete)) return false;",
    tests,
  },
  {
    name: "lives-window",
    mistake: "an order that expires forgets the windows that are open",
    file: "lib/domain/passing-time.ts",
    from: "laterOf(openUntilMs, closingMs(order, look), look.atMs)",
    to: "laterOf(openUntilMs, closingMs(order, { ...look, records: [] }), look.atMs)",
    // Some fifteen of twenty thousand lives see it, and of two thousand none may.
    tests: [...tests, "test/domain/windows.test.ts"],
  },
  {
    name: "lives-mark",
    mistake: "a marked order is not swept",
    file: "lib/usecases/sweeps/due-work.ts",
    from: "if (!before) return null;",
    to: "if (!before || before.reviewReason !== null) return null;",
    tests,
  },
  {
    name: "lives-wish",
    mistake: "a wish that nothing is left for is never done",
    file: "lib/domain/spent-wishes.ts",
    from: `return isSpent ? { ...attempt, state: "given_back", giveBack: "done", isReleased: false } : attempt;`,
    to: "return attempt;",
    tests,
  },
  {
    name: "lives-refusal",
    mistake: "a refusal is believed though the record carries our tag",
    file: "lib/domain/cancel.ts",
    from: "const verdict = record ? resolveCancel(",
    to: "const verdict = record && seen.refused === null ? resolveCancel(",
    tests,
  },
  {
    name: "lives-nothing-started",
    mistake: "nothing was started is said while the lost claim may still land",
    file: "lib/usecases/claim.ts",
    from: `  const taken = await unlessSilent(place.write(standing, standing));
`,
    to: `  const taken = { isWritten: true, stored: standing };
`,
    tests,
  },
  {
    name: "lives-own-write",
    mistake: "an own claim whose answer was lost is taken for somebody else's",
    file: "lib/usecases/claim.ts",
    from: "operation?.claimToken === claimToken;",
    to: `operation?.claimToken === claimToken + " ";`,
    tests,
  },
];
