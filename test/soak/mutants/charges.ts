// Mistakes about money taken without a window.
import type { Mutant } from "./mutant.ts";

export const chargeMutants: readonly Mutant[] = [
  {
    name: "M10",
    mistake: "a decline of the second send is final at once",
    file: "lib/domain/charge.ts",
    from: "const isSure = charge.sends === 1 || isQuiet;",
    to: "const isSure = true;",
    tests: ["test/domain/charge.test.ts", "test/usecases/charges/send-charge.test.ts"],
  },
  {
    name: "M11",
    mistake: "a charge is sent three times",
    file: "lib/domain/charge.ts",
    from: "const mostSends = 2;",
    to: "const mostSends = 3;",
    tests: ["test/domain/charge.test.ts", "test/usecases/charges/charge-order.test.ts"],
  },
  {
    name: "M12",
    mistake: "a superseded order may be paid",
    file: "lib/domain/join-money.ts",
    from: "order.impUid === null && order.voidedAtMs === null && order.supersededBy === null;",
    to: "order.impUid === null && order.voidedAtMs === null;",
    tests: [
      "test/domain/sync.test.ts",
      "test/usecases/charges/charge-order-replacing.test.ts",
      "test/domain/give-back.test.ts",
    ],
  },
  {
    name: "M14",
    mistake: "a debt is charged under a new number before QUIET",
    file: "lib/domain/charge.ts",
    from: `return nowMs < lastMs + quietMs ? "quiet" : null;`,
    to: "return null;",
    tests: ["test/domain/charge.test.ts", "test/usecases/charges/charge-order-replacing.test.ts"],
  },
  {
    name: "M18",
    mistake: "a change leaves over a kept-alive connection",
    file: "lib/portone/change-call.ts",
    from: "limitMs, sendWithinMs, onFreshConnection: true }",
    to: "limitMs, sendWithinMs }",
    tests: ["test/adapters/portone-cancels.test.ts", "test/adapters/portone-changes.test.ts"],
  },
  {
    name: "late-change",
    mistake: "a change leaves however long ago it was claimed",
    file: "lib/portone/change-call.ts",
    from: "limitMs, sendWithinMs, onFreshConnection: true }",
    to: "limitMs, onFreshConnection: true }",
    tests: ["test/adapters/portone-changes.test.ts"],
  },
  {
    name: "M29",
    mistake: "an absence in an incomplete look concludes a charge",
    file: "lib/domain/charge.ts",
    from: "if (fresh.length > 0 || !look.isComplete || !isQuiet",
    to: "if (fresh.length > 0 || !isQuiet",
    tests: ["test/domain/charge.test.ts"],
  },
  {
    name: "M31",
    mistake: "a charge's answer is applied again after a conflict",
    file: "lib/usecases/charges/send-charge.ts",
    from: `  const written = await ports.store.update(order, next);
`,
    to: `  let written = await ports.store.update(order, next);
  if (written.outcome === "conflict" && written.order.charge)
    written = await ports.store.update(written.order, afterCall(written.order, written.order.charge, result, { stamp: stampOf(by, call, ports.clock), ports }));
`,
    tests: ["test/usecases/charges/send-charge.test.ts"],
  },
  {
    name: "refused-repeat",
    mistake: "a refusal of a charge's repeated send is final",
    file: "lib/usecases/charges/send-charge.ts",
    from: `if (result.outcome === "refused" && charge.sends === 1)`,
    to: `if (result.outcome === "refused")`,
    tests: ["test/usecases/charges/send-charge.test.ts"],
  },
  {
    name: "lost-order",
    mistake: "an order whose write got no answer is told as not started",
    file: "lib/usecases/claim.ts",
    from: "const standing = created ? created.order : await unlessSilent(store.read(claimed.merchantUid));",
    to: `const standing = created ? created.order : await unlessSilent(store.read(claimed.merchantUid));
  if (!standing) throw new StorageUnavailableError("not created");`,
    tests: [
      "test/usecases/claim-unanswered.test.ts",
      "test/usecases/charges/charge-order-unanswered.test.ts",
    ],
  },
  {
    name: "charged-twice",
    mistake: "whoever finds the number taken charges it, too",
    file: "lib/usecases/charges/charge-order.ts",
    from: `if (created.outcome === "theirs") return`,
    to: `if (created.outcome === "theirs" && !created.order.charge) return`,
    tests: ["test/usecases/charges/charge-order.test.ts"],
  },
  {
    name: "silence-after-charge",
    mistake: "a table that falls silent after a charge says that nothing was started",
    file: "lib/usecases/charges/charge-order.ts",
    from: "hasTimeToFinish(call) ? await unlessSilent(sendCharge(claimed, call, ports)) : null;",
    to: "hasTimeToFinish(call) ? await sendCharge(claimed, call, ports) : null;",
    tests: ["test/usecases/charges/charge-order-unanswered.test.ts"],
  },
  {
    name: "replaced-later",
    mistake: "the replaced order is closed although its money came after all",
    file: "lib/domain/charge.ts",
    from: "if (!hasFailed || !order.attempts.every(hasEnded)) return",
    to: "if (!hasFailed || order.attempts.every(hasEnded) === null) return",
    tests: ["test/domain/charge.test.ts"],
  },
  {
    name: "card-again",
    mistake: "a key-in is sent again without its card",
    file: "lib/domain/charge.ts",
    from: `if (charge.via === "again" && charge.sends < mostSends) {`,
    to: "if (charge.sends < mostSends) {",
    tests: ["test/domain/charge.test.ts", "test/usecases/charges/charge-order.test.ts"],
  },
];
