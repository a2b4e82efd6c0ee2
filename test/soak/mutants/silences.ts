// Mistakes about looks that nobody answered, and about what ends before a person.
import type { Mutant } from "./mutant.ts";

export const silenceMutants: readonly Mutant[] = [
  {
    name: "silent-rung",
    mistake: "a look that nobody answered uses up a rung",
    file: "lib/domain/ladder.ts",
    from: "const looks = isNewlyOwed(before, claimed.lookedAtMs ?? stamp.atMs) ? 0 : before.looks;",
    to: "const looks = claimed.looks;",
    tests: ["test/domain/ladder-silence.test.ts", "test/usecases/sweeps/silent-hours.test.ts"],
  },
  {
    name: "silent-for-ever",
    mistake: "whoever is never answered ends before nobody",
    file: "lib/domain/ladder.ts",
    from: "silences + 1 >= mostSilences;",
    to: "silences + 1 >= mostSilences * 1_000;",
    tests: ["test/domain/ladder-silence.test.ts"],
  },
  {
    name: "silent-daily",
    mistake: "a look that nobody answered waits for the ladder's next rung",
    file: "lib/domain/ladder.ts",
    from: "const silentWaitMs = (silences: number): number => silentWaitsMs[silences] ??",
    to: "const silentWaitMs = (silences: number): number => rungMs(silences) ?? silentWaitsMs[silences] ??",
    tests: ["test/domain/ladder-silence.test.ts"],
  },
  {
    name: "poison-is-silence",
    mistake: "an item that throws is looked at every minute for ever",
    file: "lib/usecases/sweeps/due-work.ts",
    from: "if (error instanceof StorageUnavailableError) await unlessSilent(giveBack());",
    to: "if (error instanceof Error) await unlessSilent(giveBack());",
    tests: ["test/usecases/sweeps/reconcile-beside-orders.test.ts"],
  },
  {
    name: "unreadable-is-silence",
    mistake: "an answer nobody can read is taken for none",
    file: "lib/usecases/sweeps/look-report.ts",
    from: "result.isAnswered !== true",
    to: `result.why !== ""`,
    tests: ["test/usecases/sweeps/silent-hours.test.ts"],
  },
  {
    name: "half-look",
    mistake: "a look that saw no reservation uses up a rung",
    file: "lib/usecases/syncing/sync.ts",
    from: `isHalf: read?.outcome === "unavailable" && read.isAnswered !== true,`,
    to: "isHalf: false,",
    tests: ["test/usecases/sweeps/silent-hours.test.ts"],
  },
  {
    name: "sale-without-end",
    mistake: "what lies beside the orders is looked at for ever, and nobody is told",
    file: "lib/domain/ladder.ts",
    from: `reviewReason: reviewReason ?? (isLadderUsedUp(looks) ? "operation_unresolved" : null),`,
    to: "reviewReason,",
    tests: ["test/domain/ladder-silence.test.ts", "test/usecases/sweeps/reconcile-beside-orders.test.ts"],
  },
  {
    name: "sale-unheard-alarm",
    mistake: "nobody is told of a sale that needs a person",
    file: "lib/alarming-store.ts",
    from: "if (stored?.version === (previous?.version ?? 0) + 1 && stored.reviewReason === reviewReason)",
    to: "if (stored?.version === 0)",
    tests: ["test/adapters/alarming-store.test.ts"],
  },
];
