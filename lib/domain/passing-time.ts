// What a look at PortOne means once time has passed: holds run out, accounts close, orders expire.
import { type Look, recordOf } from "./look.ts";
import { approvedAttempt, endedAs, type Order, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import type { VirtualAccount } from "./payment-record.ts";

const holdExtensionMs = 5 * 60_000;
/** An account still accepts a deposit booked late at the bank. */
const depositGraceMs = 3_600_000;

export const closesAtMs = (account: VirtualAccount): number => account.dueAtMs + depositGraceMs;

/**
 * An approval whose hold ran out while PortOne still shows an open window: extended once, then the
 * attempt is given up and the order is payable again; an approval after that is a late payment. One whose
 * status nobody can read is not given up, because nobody knows that it ended.
 */
export function endOverdueHold(order: Order, look: Look): Order {
  const approved = approvedAttempt(order);
  if (!approved || !look.isComplete || order.holdUntilMs === null || look.atMs < order.holdUntilMs)
    return order;
  if (recordOf(look, approved.impUid)?.status === "unrecognised") return order;
  if (!approved.holdExtended) {
    const holdUntilMs = look.atMs + holdExtensionMs;
    const attempts = withAttempt(order.attempts, { ...approved, holdExtended: true });
    return changeOrder(order, { attempts, holdUntilMs }, { ...look, lookAtMs: holdUntilMs });
  }
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, endedAs(approved, "abandoned", look.atMs)) },
    { ...look, reason: "hold_expired", lookAtMs: order.expiresAtMs },
  );
}

/** Accounts nobody paid into in time are closed by their banks. */
export function closeAccounts(order: Order, look: Look): Order {
  if (!look.isComplete) return order;
  let next = order;
  for (const attempt of order.attempts) {
    const isClosed = attempt.account !== null && look.atMs >= closesAtMs(attempt.account);
    if (attempt.state !== "ready" || !isClosed) continue;
    const attempts = withAttempt(next.attempts, endedAs(attempt, "abandoned", look.atMs));
    next = changeOrder(next, { attempts }, { ...look, reason: "account_closed" });
  }
  return next;
}

/** A complete look after the order's time, with nothing alive: the order rests. */
export function expire(order: Order, look: Look): Order {
  const isOpen = (order.state === "created" || order.state === "failed") && order.charge === null;
  if (!look.isComplete || !isOpen || order.isExpired || look.atMs < order.expiresAtMs) return order;
  return changeOrder(order, { isExpired: true }, look);
}

/** Nobody is paying now: nothing can be missed before the order's own time is over. */
export function restUntilExpiry(order: Order, look: Look): Order {
  const isOpen = order.state === "created" || order.state === "failed";
  const isQuiet = look.records.every(({ status }) => status === "failed" || status === "cancelled");
  const isOwed = order.dueAtMs !== null && order.dueAtMs !== order.expiresAtMs;
  const isOnlyOpen =
    order.recheckAtMs === null &&
    order.charge === null &&
    order.attempts.every(({ giveBack }) => giveBack !== "wanted");
  if (!look.isComplete || !isOpen || !isQuiet || !isOwed || !isOnlyOpen || look.atMs >= order.expiresAtMs)
    return order;
  return changeOrder(order, { looks: 0 }, { ...look, lookAtMs: order.expiresAtMs });
}
