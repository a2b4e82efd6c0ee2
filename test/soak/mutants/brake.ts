// Mistakes about the brake on give-backs, whom it lets go, and what waits behind it.
import type { Mutant } from "./mutant.ts";

export const brakeMutants: readonly Mutant[] = [
  {
    name: "M13",
    mistake: "the brake never counts",
    file: "lib/domain/brake.ts",
    from: "count: before + 1",
    to: "count: before",
    tests: ["test/domain/brake.test.ts"],
  },
  {
    name: "brake-fixed-hour",
    mistake: "the brake counts hours of the clock",
    file: "lib/domain/brake.ts",
    from: "filter(({ startMs }) => nowMs < startMs + countsMs);",
    to: "filter(({ startMs }) => nowMs - (nowMs % hourMs) <= startMs && countsMs > 0);",
    tests: ["test/domain/brake.test.ts"],
  },
  {
    name: "brake-hour-from-count",
    mistake: "the brake forgets the time from counting to sending",
    file: "lib/domain/brake.ts",
    from: "const countsMs = hourMs + 2 * minuteMs;",
    to: "const countsMs = hourMs;",
    tests: ["test/domain/brake.test.ts"],
  },
  {
    name: "brake-names-stay",
    mistake: "a name of one that never comes back stays for ever",
    file: "lib/domain/brake.ts",
    from: "order !== known && nowMs < order.cameAtMs + forgottenMs",
    to: "order !== known && forgottenMs > 0",
    tests: ["test/domain/brake.test.ts"],
  },
  {
    name: "release-before-claim",
    mistake: "a release is taken before the claim is written",
    file: "lib/usecases/syncing/give-back.ts",
    from: `  const claimed = claimGiveBack(order, attempt, claim, stampOfSender(sender, ports));
  return claimAndSend(order, claimed, sender,`,
    to: `  const attempts = order.attempts.map((one) => ({ ...one, isReleased: false }));
  const taken = await write(order, changeOrder(order, { attempts }, stampOfSender(sender, ports)), ports);
  const claimed = claimGiveBack(taken, attempt, claim, stampOfSender(sender, ports));
  return claimAndSend(taken, claimed, sender,`,
    tests: ["test/usecases/syncing/give-back-brake.test.ts"],
  },
  {
    name: "release-kept",
    mistake: "a release is not used up by the claim",
    file: "lib/domain/give-back.ts",
    from: "withAttempt(order.attempts, { ...attempt, isReleased: false });",
    to: "withAttempt(order.attempts, attempt);",
    tests: ["test/usecases/syncing/give-back-brake.test.ts"],
  },
  {
    name: "lift-forgets",
    mistake: "the brake is off although an order that waited could not be let go",
    file: "lib/usecases/orders/lift-brake.ts",
    from: "brake: isBusy ? brake : liftBrake(brake)",
    to: "brake: liftBrake(brake)",
    tests: ["test/usecases/orders/lift-brake.test.ts"],
  },
  {
    name: "give-back-late-claim",
    mistake: "a give-back is claimed without the time to send it",
    file: "lib/usecases/syncing/give-back.ts",
    from: "if (!hasTimeToSend(call) || ports.clock",
    to: "if (ports.clock",
    tests: ["test/usecases/syncing/give-back-brake.test.ts"],
  },
  {
    name: "brake-old-pass",
    mistake: "whoever was let go may claim its send whenever it wakes up",
    file: "lib/usecases/syncing/give-back.ts",
    from: "|| ports.clock.nowMs() > passed.atMs + passLastsMs) return order;",
    to: "|| passLastsMs < 0) return order;",
    tests: ["test/usecases/syncing/give-back-brake.test.ts"],
  },
  {
    name: "held-up-silently",
    mistake: "nobody is told of money that waits behind a cancel held for good",
    file: "lib/alarming-store.ts",
    from: "if (isGiveBackHeldUp(next) && !isGiveBackHeldUp(previous))",
    to: "if (isGiveBackHeldUp(next) && isGiveBackHeldUp(previous))",
    tests: ["test/adapters/alarming-store.test.ts"],
  },
  {
    name: "held-for-good-hidden",
    mistake: "an earlier mark hides a cancel that only a person can end",
    file: "lib/domain/cancel.ts",
    from: `{ ...stamp, reason: "operation_unresolved", isNoted: true },`,
    to: "stamp,",
    tests: ["test/adapters/alarming-store.test.ts"],
  },
];
