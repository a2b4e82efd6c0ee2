// What a look at PortOne means once time has passed: holds run out, accounts close, orders expire.

import { isUnknownForGood } from "./confirmation.ts";
import { holdEndMs, mayExpire, windowLifeMs } from "./due.ts";
import { endedAs } from "./ended-attempt.ts";
import { isOpenWindow, type Look, recordOf } from "./look.ts";
import { approvedAttempt, type Order, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { closesAtMs, type PaymentRecord } from "./payment-record.ts";
import { recipientEndsAtMs } from "./receipt-goal.ts";

const holdExtensionMs = 5 * 60_000;

/**
 * An approval whose hold ran out while PortOne still shows an open window: extended once, then the
 * attempt is given up and the order is payable again; an approval after that is a late payment. One that PortOne
 * does not know is given up at once. One whose status nobody can read is not given up, because nobody knows
 * that it ended.
 */
export function endOverdueHold(order: Order, look: Look): Order {
  const approved = approvedAttempt(order);
  if (!approved || !look.isComplete || look.atMs < holdEndMs(approved, order)) return order;
  const record = recordOf(look, approved.impUid);
  if (record?.status === "unrecognised") return order;
  const mayBeOpen = record !== undefined || !isUnknownForGood(approved, look.atMs);
  if (mayBeOpen && !approved.holdExtended && order.holdUntilMs !== null) {
    const holdUntilMs = look.atMs + holdExtensionMs;
    const attempts = withAttempt(order.attempts, { ...approved, holdExtended: true });
    return changeOrder(order, { attempts, holdUntilMs }, look);
  }
  return changeOrder(
    order,
    { attempts: withAttempt(order.attempts, endedAs(approved, "abandoned", look.atMs)) },
    { ...look, reason: "hold_expired" },
  );
}

/** Accounts nobody paid into in time are closed by their banks. */
export function closeAccounts(order: Order, look: Look): Order {
  if (!look.isComplete) return order;
  let next = order;
  for (const attempt of order.attempts) {
    const endMs = attempt.account ? closesAtMs(attempt.account) : order.expiresAtMs;
    if (attempt.state !== "ready" || look.atMs < endMs) continue;
    const attempts = withAttempt(next.attempts, endedAs(attempt, "abandoned", look.atMs));
    next = changeOrder(next, { attempts }, { ...look, reason: "account_closed" });
  }
  return next;
}

/** A complete look after the order's time, with nothing alive but windows, which are followed to their end, or accounts. */
export function expire(order: Order, look: Look): Order {
  const isOver = look.isComplete && look.atMs >= order.expiresAtMs && order.charge === null;
  if (!isOver || order.isExpired || !mayExpire[order.state](order)) return order;
  return changeOrder(order, { isExpired: true }, look);
}

/** When the last of the windows it shows open has had its time; null when none can be paid in any more. */
function closingMs({ expiresAtMs }: Order, look: Look): number | null {
  const ends = look.records
    .filter(isOpenWindow)
    .map(({ startedAtMs }) => (startedAtMs ?? expiresAtMs) + windowLifeMs);
  const lastMs = Math.max(...ends);
  return lastMs > look.atMs ? lastMs : null;
}

/** Whoever opens many windows must not grow the order. */
const mostWindows = 4;

/** Open windows of attempts that owe nothing of their own yet. */
const windowsIn = ({ attempts }: Order, look: Look): readonly PaymentRecord[] =>
  look.records.filter(
    (record) => isOpenWindow(record) && !attempts.some(({ impUid }) => impUid === record.impUid),
  );

const namesOf = (windows: readonly PaymentRecord[]): readonly string[] =>
  windows.map(({ impUid }) => impUid).slice(0, mostWindows);

/** An order is told as expired so much later at most, because a window that was opened with it may still be paid in. */
const mostTogetherMs = 5 * 60_000;

/** The end of the last open window, where it comes so soon after the order's own that one look sees both. */
function endTogetherMs(order: Order, look: Look): number | null {
  const { expiresAtMs } = order;
  const endMs = closingMs(order, { ...look, records: windowsIn(order, look) });
  return endMs !== null && endMs >= expiresAtMs && endMs <= expiresAtMs + mostTogetherMs ? endMs : null;
}

const isAwaited = ({ impUid, voidedAtMs, isExpired }: Order): boolean =>
  impUid === null && voidedAtMs === null && !isExpired;

/** Another window that was open when this attempt paid may be paid in, too, for as long as windows live. */
export function windowsAfterPaying(order: Order, impUid: string, look: Look) {
  const open = look.isComplete ? namesOf(windowsIn(order, look)) : order.openWindows;
  const isAnotherOpen = open.some((window) => window !== impUid);
  const promisedMs = isAwaited(order) ? null : order.openUntilMs;
  return { openWindows: [], openUntilMs: isAnotherOpen ? look.atMs + windowLifeMs : promisedMs };
}

/** What was promised before and is still ahead, or what this look shows; null when neither is. */
function laterOf(promisedMs: number | null, shownMs: number | null, nowMs: number): number | null {
  const ahead = [promisedMs, shownMs].filter((ms): ms is number => ms !== null && ms > nowMs);
  return ahead.length === 0 ? null : Math.max(...ahead);
}

/** Which windows are open, and that nobody can be paying any more once they have had their time. */
export function followWindows(order: Order, look: Look): Order {
  const { openUntilMs } = order;
  if (!look.isComplete) return order;
  const next = isAwaited(order)
    ? { openWindows: namesOf(windowsIn(order, look)), openUntilMs: endTogetherMs(order, look) }
    : { openWindows: [], openUntilMs: laterOf(openUntilMs, closingMs(order, look), look.atMs) };
  const isSame = next.openWindows.join() === order.openWindows.join() && next.openUntilMs === openUntilMs;
  return isSame ? order : changeOrder(order, next, look);
}

/** KSNET gives nothing back any more, so that no receipt can have to be issued again. */
export function forgetRecipient(order: Order, look: Look): Order {
  const endsAtMs = recipientEndsAtMs(order);
  return endsAtMs !== null && look.atMs >= endsAtMs
    ? changeOrder(order, { receiptRecipient: null }, look)
    : order;
}
