// Holds the stored due time of each order against what it owes, as the contract tells it: the earliest time of
// everything owed, each with its own; what was looked at in vain waits for the next rung. Imports nothing of the
// product, whose own idea of it is what is to be checked. Pure.
import { type Finding, found } from "./findings.ts";
import { receiptDebtsOf } from "./receipt-debts.ts";
import type { Item, Value } from "./table.ts";
import {
  type Attempt,
  accountEndMs,
  attemptsOf,
  fields,
  figure,
  isAccountOpen,
  list,
  numberOf,
  ordersByNumber,
  ordersIn,
  type Payment,
  type Reservation,
  text,
} from "./world.ts";

const minuteMs = 60_000;
const windowLifeMs = 30 * minuteMs;
const depositGraceMs = 60 * minuteMs;

const time = (value: Value | undefined): readonly number[] => (typeof value === "number" ? [value] : []);
const isThere = (value: Value | undefined): boolean => value !== undefined;

/** The stored time of every order is the one its facts give, whenever it is read. */
export const auditStoredDue = (items: readonly Item[]): readonly Finding[] =>
  ordersIn(items).flatMap((order) => {
    const expected = dueOf(order);
    const stored = order["due_at"] ?? null;
    if (expected === stored) return [];
    const kind = stored === null ? "never_due" : "due_differs";
    return [found(kind, numberOf(order), `due ${iso(stored)}, owes a look at ${iso(expected)}`)];
  });

const iso = (atMs: Value): string => (typeof atMs === "number" ? new Date(atMs).toISOString() : "never");

/** At rest: nothing is overdue, and what PortOne holds for a buyer or will do by itself is looked at in time. */
export function auditDueAtRest(
  items: readonly Item[],
  {
    payments,
    reservations,
  }: { readonly payments: readonly Payment[]; readonly reservations: readonly Reservation[] },
  nowMs: number,
): readonly Finding[] {
  const orders = ordersByNumber(items);
  const overdue = items.flatMap((item) =>
    time(item["due_at"])
      .filter((dueMs) => dueMs <= nowMs)
      .map((dueMs) => found("overdue", text(item["pk"]).replace(/^[a-z-]+#/, ""), `due since ${iso(dueMs)}`)),
  );
  const inTime = (merchantUid: string, what: string, byMs: number): readonly Finding[] => {
    const due = orders.get(merchantUid)?.["due_at"] ?? null;
    return typeof due === "number" && due <= byMs
      ? []
      : [found("never_due", merchantUid, `${what} by ${iso(byMs)}, and is due ${iso(due)}`)];
  };
  return [
    ...overdue,
    ...payments
      .filter((payment) => isAccountOpen(payment, nowMs))
      .flatMap((payment) => inTime(payment.merchant_uid, `${payment.imp_uid} ends`, accountEndMs(payment))),
    ...reservations
      .filter(({ schedule_status: status }) => status === "scheduled")
      .flatMap(({ merchant_uid, schedule_at }) =>
        inTime(merchant_uid, "is charged", schedule_at * 1000 + 2 * minuteMs),
      ),
  ];
}

/** When the order is to be looked at; null while it owes nothing. */
function dueOf(order: Item): number | null {
  const owed = owedBy(order);
  if (owed.length === 0) return null;
  const [rungMs] = time(order["next_look_at"]);
  const [lookedMs] = time(order["looked_at"]);
  const isLookedAt = (atMs: number) => rungMs !== undefined && lookedMs !== undefined && atMs <= lookedMs;
  return Math.min(...owed.filter((atMs) => !isLookedAt(atMs)), ...time(rungMs));
}

const owedBy = (order: Item): readonly number[] => [
  ...time(order["look_now_at"]),
  ...wishesOf(order),
  ...receiptDebtsOf(order),
  ...readsOf(order),
  ...afterCancel(order["cancel"]),
  ...afterSend(order["receipt_operation"]),
  ...afterCharge(fields(order["charge"])),
  ...afterInstruction(fields(order["instruction"])),
  ...attemptsOf(order).flatMap((attempt) => endOf(attempt, order)),
  ...time(order["open_until"]),
  ...expiryOf(order),
];

/** Money to go back, an account to close, a call to send again: since it was wished. */
function wishesOf(order: Item): readonly number[] {
  const attempts = attemptsOf(order).filter(
    ({ give_back, item }) =>
      item["revoking"] === true || (!isThere(order["cancel"]) && give_back === "wanted"),
  );
  const calls = [fields(order["charge"]), fields(order["instruction"])].filter(isToBeSent);
  const since = [
    ...attempts.map(({ item }) => figure(item["at"])),
    ...calls.map((call) => figure(call["sent_at"])),
  ];
  if (since.length === 0) return [];
  const [wishedMs = Math.max(...since)] = time(order["wished_at"]);
  return [wishedMs];
}

const isToBeSent = (call: Item): boolean => call["state"] === "resend";

/** A time alone, or several, of which one about an attempt is text: the time in base 36, and its name. */
function readsOf(order: Item): readonly number[] {
  const reads = order["recheck_at"];
  if (reads === undefined) return [];
  return (Array.isArray(reads) ? list(reads) : [reads]).map((read) =>
    typeof read === "number" ? read : Number.parseInt(text(read).split(" ")[0] ?? "", 36),
  );
}

const afterSend = (call: Value | undefined): readonly number[] =>
  isThere(call) ? [figure(fields(call)["sent_at"]) + minuteMs] : [];

/** What waits for the morning is looked at then; what may not go out again at night, too. */
function afterCancel(slot: Value | undefined): readonly number[] {
  if (!isThere(slot)) return [];
  const cancel = fields(slot);
  const waiting = time(cancel["scheduled_at"]);
  if (cancel["state"] === "scheduled") return waiting;
  return cancel["state"] === "closed" ? afterSend(slot) : [Math.max(...afterSend(slot), ...waiting)];
}

/** What PortOne runs by itself is looked at after its time. */
function afterCharge(charge: Item): readonly number[] {
  if (!isThere(charge["state"]) || isToBeSent(charge)) return [];
  const [runMs] = time(charge["scheduled_at"]);
  return runMs === undefined ? afterSend(charge) : [runMs + 2 * minuteMs];
}

/** A move in doubt may run at either time. */
function afterInstruction(told: Item): readonly number[] {
  if (!isThere(told["state"]) || isToBeSent(told)) return [];
  const isMove = told["kind"] === "reschedule";
  return [...afterSend(told), ...(isMove ? [figure(told["wanted_at"]) + 2 * minuteMs] : [])];
}

/** The hold of an approved attempt, the end of an account, the order's own end for any other that is open. */
function endOf({ state, item }: Attempt, order: Item): readonly number[] {
  if (state === "approved") {
    const [holdMs = figure(item["at"]) + windowLifeMs] = time(order["hold_until"]);
    return [holdMs];
  }
  if (state !== "ready" || item["revoking"] === true) return [];
  const [dueMs] = time(fields(item["account"])["due"]);
  return dueMs === undefined ? time(order["expires_at"]) : [dueMs + depositGraceMs];
}

/** Nothing has come of it yet, and its own time has not been looked at. */
function expiryOf(order: Item): readonly number[] {
  const state = text(order["state"]);
  const isUndecided = state === "failed" || state === "awaiting_deposit";
  return state === "created" || (isUndecided && order["is_expired"] !== true)
    ? time(order["expires_at"])
    : [];
}
