// Mistakes about what a record of PortOne's says.
import type { Mutant } from "./mutant.ts";

const fields = ["test/adapters/portone-fields.test.ts"];
const held = ["test/domain/held-cancels.test.ts", "test/domain/cancel.test.ts"];

export const readingMutants: readonly Mutant[] = [
  {
    name: "reading-no-currency",
    mistake: "what is in no currency is counted as dollars",
    file: "lib/portone/translate.ts",
    from: `currency === "" ? null : parseMoney(`,
    to: `currency === "-" ? null : parseMoney(`,
    tests: fields,
  },
  {
    name: "reading-history",
    mistake: "a history that is none counts as no cancels",
    file: "lib/portone/translate.ts",
    from: `isHistory(wire["cancel_history"]) ? money(wire["cancel_amount"]) : null`,
    to: `money(wire["cancel_amount"])`,
    tests: fields,
  },
  {
    name: "reading-same-id",
    mistake: "two cancels of one id are one",
    file: "lib/portone/translate.ts",
    from: "id === null || named.has(id) ?",
    to: "id === null ?",
    tests: fields,
  },
  {
    name: "reading-two-names",
    mistake: "two cancels that PortOne names apart are one where amount and time are alike",
    file: "lib/domain/held-cancels.ts",
    from: "(standIn === null && standInOf(entry.cancellationId) === null) || amount !== entry.amount",
    to: "amount !== entry.amount",
    tests: held,
  },
  {
    name: "reading-sums-at-once",
    mistake: "a difference of sums is a person's before QUIET",
    file: "lib/domain/held-cancels.ts",
    from: "owed.some(({ atMs }) => atMs <= look.atMs)",
    to: "owed.some(({ atMs }) => atMs > look.atMs)",
    tests: held,
  },
  {
    name: "reading-sums-of-unwanted",
    mistake: "money with sums that differ pays the order at its second look",
    file: "lib/domain/sync.ts",
    from: `broken === "cancel_sum_mismatch" && order.impUid === record.impUid`,
    to: `broken === "cancel_sum_mismatch" && known !== undefined`,
    tests: held,
  },
  {
    name: "reading-unknown-payment",
    mistake: "what PortOne does not know stays wished for, and nobody is told",
    file: "lib/usecases/syncing/give-back.ts",
    from: "if (nowMs < attempt.stateSinceMs + quietMs) return order;",
    to: "if (nowMs >= attempt.stateSinceMs) return order;",
    tests: ["test/usecases/syncing/give-back.test.ts"],
  },
];
