// An order is due at the earliest time of everything it owes, and at rest nothing is overdue.
import { describe, expect, it } from "vitest";
import { auditDueAtRest, auditStoredDue } from "./audit-due.ts";
import type { FindingKind } from "./findings.ts";
import { account, minuteMs, nowMs, order, receiptItem, reservation, sealed, waiting } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment, Reservation } from "./world.ts";

const sent = { state: "unknown", sent_at: nowMs };
const unpaid = (more: Item): Item => {
  const { imp_uid: _, ...created } = order({ state: "voided", attempts: [] });
  return { ...created, ...more };
};
const attempt = (more: Item): Item => ({ u: "imp_9", at: nowMs, ...more });

/** What is owed, and when a look is due for it. */
const debts: readonly (readonly [string, Item, number])[] = [
  ["somebody's wish for a look", { look_now_at: nowMs }, nowMs],
  ["a cancel in doubt", { cancel: sent }, nowMs + minuteMs],
  ["a receipt in doubt", { receipt_operation: sent }, nowMs + minuteMs],
  ["a charge in doubt", { charge: sent }, nowMs + minuteMs],
  [
    "a charge PortOne will run",
    { charge: { ...sent, scheduled_at: nowMs + 900_000 } },
    nowMs + 900_000 + 2 * minuteMs,
  ],
  ["a charge to send again", { charge: { ...sent, state: "resend" } }, nowMs],
  ["a reservation in doubt", { instruction: { ...sent, kind: "schedule" } }, nowMs + minuteMs],
  [
    "a move to an earlier time",
    { instruction: { ...sent, kind: "reschedule", wanted_at: nowMs - 2 * minuteMs } },
    nowMs,
  ],
  ["an instruction to send again", { instruction: { ...sent, state: "resend" } }, nowMs],
  ["a read of everything", { recheck_at: nowMs }, nowMs],
  ["the first of several reads", { recheck_at: [`${nowMs.toString(36)}~1`, nowMs + 1] }, nowMs],
  ["a read of what no window made", { recheck_at: [`${nowMs.toString(36)} imps_1`, nowMs + 1] }, nowMs],
  [
    "money to go back",
    { attempts: [attempt({ s: "pai", back: "wanted" })], wished_at: nowMs - 1 },
    nowMs - 1,
  ],
  ["money to go back, since it was taken", { attempts: [attempt({ s: "pai", back: "wanted" })] }, nowMs],
  ["an account to close", { attempts: [attempt({ s: "rea", revoking: true })] }, nowMs],
  [
    "an account to close, whose own end is past",
    { attempts: [attempt({ s: "rea", revoking: true, account: { due: 1 } })] },
    nowMs,
  ],
  [
    "a refund that waits for the morning",
    { cancel: { ...sent, state: "scheduled", scheduled_at: nowMs + 60 * minuteMs } },
    nowMs + 60 * minuteMs,
  ],
  [
    "a refund that may not go out again at night",
    { cancel: { ...sent, state: "unknown", scheduled_at: nowMs + 60 * minuteMs } },
    nowMs + 60 * minuteMs,
  ],
  [
    "a refund that will never be sent",
    { cancel: { ...sent, state: "closed", scheduled_at: nowMs + 60 * minuteMs } },
    nowMs + minuteMs,
  ],
  [
    "a receipt that is not what is left",
    {
      ...order({ receipt: { ...receiptItem, amount: 109_000 }, receipt_to: sealed }),
      wished_at: nowMs,
    },
    nowMs,
  ],
  ["the end of a hold", { attempts: [attempt({ s: "app" })], hold_until: nowMs + 5 }, nowMs + 5],
  ["an approval nobody holds", { attempts: [attempt({ s: "app" })] }, nowMs + 30 * minuteMs],
  [
    "the end of an account",
    { attempts: [attempt({ s: "rea", account: { due: nowMs } })] },
    nowMs + 60 * minuteMs,
  ],
  ["windows left open", { open_until: nowMs + 7 }, nowMs + 7],
  ["its own end", { state: "created", expires_at: nowMs + 9 }, nowMs + 9],
  ["its own end after a decline", { state: "failed", expires_at: nowMs + 9 }, nowMs + 9],
  ["what comes first", { open_until: nowMs + 7, recheck_at: nowMs + 3 }, nowMs + 3],
  [
    "the next rung after a look in vain",
    { cancel: sent, looked_at: nowMs + minuteMs, next_look_at: nowMs + 6 * minuteMs },
    nowMs + 6 * minuteMs,
  ],
  [
    "a debt that came after the look",
    { cancel: sent, looked_at: nowMs, next_look_at: nowMs + 6 * minuteMs },
    nowMs + minuteMs,
  ],
];

describe("the auditor of due times", () => {
  it.each(debts)("wants a look for %s, at its time and at no other", (_, owed, dueMs) => {
    const kinds = (due: Item) => auditStoredDue([unpaid({ ...owed, ...due })]).map(({ kind }) => kind);
    expect(kinds({ due_at: dueMs })).toEqual([]);
    expect(kinds({ due_at: dueMs + 1 })).toEqual(["due_differs"]);
    expect(kinds({ due_at: dueMs - 1 })).toEqual(["due_differs"]);
    expect(kinds({})).toEqual(["never_due"]);
  });

  it("finds a look for nothing", () => {
    expect(auditStoredDue([order({ expires_at: nowMs })])).toEqual([]);
    expect(auditStoredDue([order({ due_at: nowMs })]).map(({ kind }) => kind)).toEqual(["due_differs"]);
    const failed = unpaid({ state: "failed", is_expired: true, expires_at: nowMs });
    expect(auditStoredDue([failed])).toEqual([]);
    const running = unpaid({ cancel: sent, due_at: nowMs + minuteMs });
    const wish = [attempt({ s: "pai", back: "wanted", at: nowMs })];
    expect(auditStoredDue([{ ...running, attempts: wish }])).toEqual([]);
  });
});

describe("the auditor of due times, at rest,", () => {
  const runAtMs = (reservation().schedule_at + 120) * 1000;
  const reserved: Item = { pk: "order#sub-1", due_at: runAtMs };

  it("finds nothing where all that is open is looked at in time", () => {
    const facts = {
      payments: [account()],
      reservations: [reservation(), reservation({ schedule_status: "revoked" })],
    };
    expect(auditDueAtRest([order(), waiting(), reserved], facts, nowMs)).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], readonly Payment[], readonly Reservation[]]>([
    ["overdue", "an order due since a moment", [order({ due_at: nowMs })], [], []],
    ["overdue", "a sale due for days", [{ pk: "external-receipt#ord-9", due_at: 1 }], [], []],
    ["never_due", "an account nobody will look at", [waiting({ due_at: nowMs * 2 })], [account()], []],
    ["never_due", "an account of nobody's", [], [account()], []],
    ["never_due", "a charge nobody will look at", [{ pk: "order#sub-1" }], [], [reservation()]],
    ["never_due", "a charge looked at too late", [{ ...reserved, due_at: runAtMs + 1 }], [], [reservation()]],
  ])("finds %s: %s", (kind, _, items, payments, reservations) => {
    const findings = auditDueAtRest(items, { payments, reservations }, nowMs);
    expect(findings.map((finding) => finding.kind)).toEqual([kind]);
  });
});
