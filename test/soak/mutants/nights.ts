// Mistakes about refunds that wait for the morning, the accounts they are paid to, and KSNET's rules about them.
import type { Mutant } from "./mutant.ts";

const scheduled = "test/usecases/refunds/scheduled-refund.test.ts";
const withdrawal = "test/usecases/refunds/withdraw-refund.test.ts";
const accounts = "test/usecases/refunds/request-refund-account.test.ts";
const domain = "test/domain/scheduled-cancel.test.ts";

export const nightMutants: readonly Mutant[] = [
  {
    name: "uncounted-run",
    mistake: "what waited goes out without a send counted for it",
    file: "lib/usecases/syncing/resolve-cancel.ts",
    from: "const next = claimAnotherSend(order, cancel, ports.ids.newClaimToken(), stamp);",
    to: `const claimed = claimAnotherSend(order, cancel, ports.ids.newClaimToken(), stamp);
      const next = { ...claimed, cancel: claimed.cancel && { ...claimed.cancel, sends: cancel.sends } };`,
    tests: [scheduled],
  },
  {
    name: "claimed-as-sent",
    mistake: "what waits counts as sent",
    file: "lib/domain/operation.ts",
    from: "sends: 0,",
    to: "sends: 1,",
    tests: [domain, scheduled],
  },
  {
    name: "before-its-time",
    mistake: "what waits is sent by whoever looks first",
    file: "lib/domain/cancel-verdict.ts",
    from: "atMs < (cancel.scheduledAtMs ?? 0)",
    to: "atMs < 0",
    tests: [domain, scheduled],
  },
  {
    name: "look-alike",
    mistake: "a cancel made by others is taken for one that was never sent",
    file: "lib/domain/cancel-verdict.ts",
    from: "const isSent = cancel.sends > 0;",
    to: "const isSent = cancel.sends >= 0;",
    tests: [domain],
  },
  {
    name: "sent-after-withdrawal",
    mistake: "what was taken back may still be sent",
    file: "lib/domain/scheduled-cancel.ts",
    from: `...closing, state: "closed", sentAtMs`,
    to: "...closing, state: cancel.state, sentAtMs",
    tests: [domain, withdrawal],
  },
  {
    name: "withdrawn-in-flight",
    mistake: "a refund is taken back while its send is out",
    file: "lib/domain/scheduled-cancel.ts",
    from: `boolean => state === "scheduled";`,
    to: `boolean => state !== "closed";`,
    tests: [withdrawal],
  },
  {
    name: "withdrawn-too-soon",
    mistake: "a withdrawal keeps the key's item before it has the slot",
    file: "lib/usecases/refunds/withdraw-refund.ts",
    from: "const claimed = await claimOnOrder(order, closed, closing.claimToken, ports.store);",
    to: `if (closed.cancel) await endClosed(order, closed.cancel, sender, ports);
      const claimed = await claimOnOrder(order, closed, closing.claimToken, ports.store);`,
    tests: [withdrawal],
  },
  {
    name: "key-forgotten",
    mistake: "a withdrawal frees the slot and keeps no item",
    file: "lib/usecases/syncing/resolve-cancel.ts",
    from: `  if (concluded.isOver)
    return done(`,
    to: `  if (concluded.isOver && cancel.state === "closed") return done(concluded.next);
  if (concluded.isOver)
    return done(`,
    tests: [scheduled, withdrawal],
  },
  {
    name: "account-kept",
    mistake: "the account is kept after PortOne's no",
    file: "lib/domain/cancel.ts",
    from: "const account = refused === null ? cancel.account : null;",
    to: "const { account } = cancel;",
    tests: [accounts],
  },
  {
    name: "anothers-account",
    mistake: "the account that a key's repeat names is used for other money",
    file: "lib/usecases/syncing/sync.ts",
    from: "senderOf(mover, mover.request.giveBackAccount ?? null);",
    to: "senderOf(mover, mover.request.refund?.account ?? mover.request.giveBackAccount ?? null);",
    tests: [scheduled],
  },
  {
    name: "rules-asked-once",
    mistake: "the rules are not asked when it runs",
    file: "lib/domain/scheduled-cancel.ts",
    from: `if (by !== null) return { step: "forbidden", by };`,
    to: `if (by !== null && context.nowMs < 0) return { step: "forbidden", by };`,
    tests: [domain, scheduled],
  },
  {
    name: "sent-at-night",
    mistake: "what comes late is sent in the next night",
    file: "lib/domain/scheduled-cancel.ts",
    from: "return atMs > context.nowMs ?",
    to: "return atMs < 0 ?",
    tests: [domain, scheduled],
  },
  {
    name: "rules-of-the-night",
    mistake: "the rules are asked as of the night and not of the morning",
    file: "lib/usecases/refunds/request-refund.ts",
    from: "{ nowMs: goesAtMs, contracts }",
    to: "{ nowMs, contracts }",
    tests: [scheduled],
  },
  {
    name: "forbidden-for-good",
    mistake: "a rule ends a refund of which nobody knows whether it happened",
    file: "lib/usecases/syncing/resolve-cancel.ts",
    from: "return cancel.sends === 0\n",
    to: "return cancel.sends >= 0\n",
    tests: ["test/usecases/syncing/resolve-cancel.test.ts"],
  },
  {
    name: "give-back-unasked",
    mistake: "an operator's give-back asks no rule",
    file: "lib/usecases/orders/resolve-review.ts",
    from: `if (broken.length > 0) return { outcome: "rules_broken", broken };`,
    to: `if (broken.length > 99) return { outcome: "rules_broken", broken };`,
    tests: [scheduled],
  },
];
