// Mistakes about money on its way back.
import type { Mutant } from "./mutant.ts";

export const refundMutants: readonly Mutant[] = [
  {
    name: "M01",
    mistake: "a record in which more is left than before the send is not old",
    file: "lib/domain/cancel-verdict.ts",
    from: "if (lacksHeld || remaining > cancel.checksum) return",
    to: "if (lacksHeld) return",
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "M02",
    mistake: "a record that lacks a cancel we hold is not old",
    file: "lib/domain/cancel-verdict.ts",
    from: "if (lacksHeld || remaining > cancel.checksum) return",
    to: "if (remaining > cancel.checksum) return",
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "M03",
    mistake: "QUIET is counted from the first send",
    file: "lib/domain/operation.ts",
    from: `export const isQuiet = ({ sentAtMs }: Pick<Operation, "sentAtMs">, nowMs: number): boolean =>
  nowMs >= sentAtMs + quietMs;`,
    to: `export const isQuiet = (sent: Pick<Operation, "sentAtMs">, nowMs: number): boolean =>
  nowMs >= Number("sinceMs" in sent ? sent.sinceMs : sent.sentAtMs) + quietMs;`,
    tests: ["test/domain/cancel.test.ts", "test/usecases/syncing/sync.test.ts"],
  },
  {
    name: "M04",
    mistake: "a refusal of a repeated send is final",
    file: "lib/usecases/syncing/send-cancel.ts",
    from: `result.outcome === "refused" && isOnlySend ? result : null`,
    to: `result.outcome === "refused" ? result : null`,
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "M05",
    mistake: "the slot is freed before the refund's item is kept",
    file: "lib/usecases/syncing/send-cancel.ts",
    from: `  const { kept, next } = await keepEnd(concluded, ending, ports.refunds);
  const written = await ports.store.update(order, next);`,
    to: `  const written = await ports.store.update(order, concluded.next);
  const { kept } = await keepEnd(concluded, ending, ports.refunds);`,
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "M06",
    mistake: "the key's item is read before the order",
    file: "lib/usecases/refunds/request-refund.ts",
    from: `    const order = await ports.store.read(request.merchantUid);
    if (!order) return { outcome: "order_not_found" };
    // The order first, then the key's item; the claim below stands on this version of the order. Reversed,
    // a refund finished in between would be seen neither as running nor as done.
    const isClaimed = order.cancel?.id === request.refundId;
    const reading = ports.refunds.readRefund(request.merchantUid, request.refundId);
`,
    to: `    const reading = ports.refunds.readRefund(request.merchantUid, request.refundId);
    await reading;
    const order = await ports.store.read(request.merchantUid);
    if (!order) return { outcome: "order_not_found" };
    const isClaimed = order.cancel?.id === request.refundId;
`,
    tests: ["test/usecases/refunds/request-refund-unanswered.test.ts"],
  },
  {
    name: "M07",
    mistake: "a claim is recognised by the refund's key",
    file: "lib/usecases/refunds/request-refund.ts",
    from: `if (claimed.outcome === "theirs" || !cancel) continue;`,
    to: "if (cancel?.id !== request.refundId) continue;",
    tests: ["test/usecases/refunds/request-refund.test.ts"],
  },
  {
    name: "M08",
    mistake: "no send window after the claim",
    file: "lib/domain/operation.ts",
    from: "nowMs - sentAtMs <= sendWindowMs;",
    to: "nowMs >= sentAtMs;",
    tests: ["test/usecases/syncing/send-cancel.test.ts", "test/usecases/charges/send-charge.test.ts"],
  },
  {
    name: "M09",
    mistake: "after a conflict the earlier record is used",
    file: "lib/usecases/syncing/sync.ts",
    from: `  for (let round = 1; round <= mostRounds; round += 1) {
    if (hint && isKnown(order, hint)) return { outcome: "unchanged", order };
    // The order was read first: a record fetched before it could be older than what it already holds.
    const begun = stampOf(by, call, ports.clock);
    const looked = await look(request, order, ports);`,
    to: `  const early = await look(request, order, ports);
  for (let round = 1; round <= mostRounds; round += 1) {
    if (hint && isKnown(order, hint)) return { outcome: "unchanged", order };
    const begun = stampOf(by, call, ports.clock);
    const looked = early;`,
    tests: ["test/usecases/syncing/sync.test.ts"],
  },
  {
    name: "M15",
    mistake: "no read is owed after a refused refund",
    file: "lib/domain/cancel.ts",
    from: "owedReads: owingQuietRead(order, cancel.impUid, stamp.atMs),",
    to: "owedReads: owingQuietRead(order, cancel.impUid, stamp.atMs).slice(1),",
    tests: ["test/domain/cancel.test.ts", "test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "M22",
    mistake: "a refused give-back is not handed to a person",
    file: "lib/domain/cancel.ts",
    from: `wanting !== undefined && refusal !== "remaining_changed" && remainingOfAttempt(wanting) > 0;`,
    to: `wanting !== undefined && refusal === "remaining_changed" && remainingOfAttempt(wanting) < 0;`,
    tests: ["test/usecases/syncing/give-back.test.ts"],
  },
  {
    name: "M23",
    mistake: "two entries under one tag are no double cancel",
    file: "lib/domain/cancel-verdict.ts",
    from: "isDouble: second !== undefined",
    to: "isDouble: second === null",
    tests: ["test/domain/cancel.test.ts", "test/usecases/syncing/resolve-cancel.test.ts"],
  },
  {
    name: "M24",
    mistake: "a send goes out again though its claim was lost to somebody",
    file: "lib/usecases/syncing/sync.ts",
    from: `if (claimed.outcome === "theirs" || !order.cancel) continue;`,
    to: "if (!order.cancel) continue;",
    tests: ["test/usecases/syncing/sync.test.ts"],
  },
  {
    name: "M26",
    mistake: "a cancel is sent without its checksum",
    file: "lib/portone/cancels.ts",
    from: `      checksum: toWire(request.checksum, currency),
`,
    to: "",
    tests: ["test/adapters/portone-cancels.test.ts"],
  },
  {
    name: "M27",
    mistake: "a repeated send carries what is left today",
    file: "lib/domain/cancel.ts",
    from: "{ cancel: { ...nextSend(cancel, claimToken, stamp.atMs), scheduledAtMs: null } },",
    to: `{
      cancel: order.attempts
        .filter(({ impUid }) => impUid === cancel.impUid)
        .map((attempt) => ({
          ...nextSend(cancel, claimToken, stamp.atMs),
          checksum: remainingOfAttempt(attempt),
        }))[0] ?? null,
    },`,
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "M28",
    mistake: "a fourth send",
    file: "lib/domain/cancel-verdict.ts",
    from: "const mostSends = 3;",
    to: "const mostSends = 4;",
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "M30",
    mistake: "a used-up ladder is closed as failed",
    file: "lib/usecases/syncing/resolve-cancel.ts",
    from: "return done(holdForGood(synced, stamp));",
    to: "return done({ ...holdForGood(synced, stamp), cancel: null });",
    tests: ["test/usecases/syncing/resolve-cancel.test.ts"],
  },
  {
    name: "M32",
    mistake: "HTTP 200 with another code is a success",
    file: "lib/portone/envelope.ts",
    from: "if (body.code !== 0 || status >= 300)",
    to: "if (status >= 300)",
    tests: ["test/adapters/portone-cancels.test.ts", "test/adapters/portone-payments.test.ts"],
  },
  {
    name: "M33",
    mistake: "nothing was started is said while the lost claim may still land",
    file: "lib/usecases/claim.ts",
    from: `  const taken = await unlessSilent(place.write(standing, standing));
`,
    to: `  const taken = { isWritten: true, stored: standing };
`,
    tests: [
      "test/usecases/claim-unanswered.test.ts",
      "test/usecases/refunds/request-refund-unanswered.test.ts",
    ],
  },
  {
    name: "M41",
    mistake: "the tag is looked for anywhere in the text",
    file: "lib/domain/cancel-verdict.ts",
    from: "tagIn(entry.reason) === cancel.tag",
    to: "entry.reason.includes(cancel.tag)",
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "refusal-first",
    mistake: "a refusal is believed before the record",
    file: "lib/domain/cancel.ts",
    from: `if (verdict.verdict === "happened") return succeed`,
    to: `if (seen.refused) return refuse(synced, cancel, "provider_refused", seen);
  if (verdict.verdict === "happened") return succeed`,
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "asked-figure",
    mistake: "a cancel is kept as the sum that was asked for",
    file: "lib/domain/cancel.ts",
    from: `    amount: entry.amount,
    taxFree: least(cancel.taxFree, entry.amount),
    refusal: null,`,
    to: `    amount: cancel.amount,
    taxFree: cancel.taxFree,
    refusal: null,`,
    tests: ["test/domain/cancel.test.ts", "test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "silent-difference",
    mistake: "a cancel of another sum is nobody's to look at",
    file: "lib/domain/cancel.ts",
    from: "return amount === cancel.amount ? finished : markForReview",
    to: "return amount >= 0 ? finished : markForReview",
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "answered-twice",
    mistake: "the untagged entry after a yes counts for a repeated send, too",
    file: "lib/usecases/syncing/send-cancel.ts",
    from: `result.outcome === "done" && isOnlySend;`,
    to: `result.outcome === "done";`,
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "merchant-tag",
    mistake: "a merchant's text may carry a tag",
    file: "lib/domain/refund.ts",
    from: `withoutTags(cancel.reason ?? "")`,
    to: `(cancel.reason ?? "")`,
    tests: ["test/domain/tag.test.ts"],
  },
  {
    name: "late-cancel",
    mistake: "a cancel under our tag after the slot is free is the console's",
    file: "lib/usecases/syncing/sync.ts",
    from: "next: await nameLate(resolution.next, records, sender, ports)",
    to: "next: resolution.next",
    tests: ["test/usecases/syncing/sync.test.ts", "test/usecases/syncing/resolve-cancel.test.ts"],
  },
  {
    name: "forgotten-refusal",
    mistake: "a refused refund leaves no name behind",
    file: "lib/domain/cancel.ts",
    from: "refusedRefunds: [...order.refusedRefunds, cancel.id].slice(-mostRefused),",
    to: "refusedRefunds: order.refusedRefunds,",
    tests: ["test/domain/late-cancel.test.ts", "test/usecases/syncing/sync.test.ts"],
  },
  {
    name: "kept-loses",
    mistake: "what this invocation concluded wins over what somebody kept first",
    file: "lib/usecases/syncing/send-cancel.ts",
    from: "next: isSameEnd ? concluded.next :",
    to: "next: isSameEnd || state ? concluded.next :",
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
  {
    name: "silence-after-claim",
    mistake: "a table that falls silent after the claim says that nothing was started",
    file: "lib/usecases/refunds/request-refund.ts",
    from: "const refund = await unlessSilent(sendCancel(claimed.order, cancel, sender, ports));",
    to: "const refund = await sendCancel(claimed.order, cancel, sender, ports);",
    tests: ["test/usecases/refunds/request-refund-unanswered.test.ts"],
  },
  {
    name: "unread-claim",
    mistake: "a claim nobody can read is taken for somebody else's",
    file: "lib/usecases/claim.ts",
    from: "return taken?.stored ?? null;",
    to: "return taken?.stored ?? standing;",
    tests: [
      "test/usecases/claim-unanswered.test.ts",
      "test/usecases/refunds/request-refund-unanswered.test.ts",
    ],
  },
];
