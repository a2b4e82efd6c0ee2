// An account number that PortOne shows of an order: waited for, left alone, or to be closed.
import { owingRead } from "./due.ts";
import { hasRoom } from "./folding.ts";
import type { Look } from "./look.ts";
import { quietMs } from "./operation.ts";
import { type Attempt, newAttempt, type Order, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { closesAtMs, type PaymentRecord, type VirtualAccount } from "./payment-record.ts";
import { isForeign, type ReviewReason } from "./review.ts";

/** One record, the attempt we hold of it, and the first rule it breaks. */
export interface Seen {
  readonly record: PaymentRecord;
  readonly known: Attempt | undefined;
  readonly broken: ReviewReason | null;
}

/** `ready` alone is an open window; with an account number it waits for a deposit, and marks nobody. */
export function joinAccount(order: Order, { record, known, broken }: Seen, look: Look): Order {
  const { impUid } = record;
  const account = record.account && withEnd(record.account, look.atMs);
  if (!account || look.atMs >= closesAtMs(account)) return order;
  if (broken !== null && isForeign(broken)) return order;
  // Whoever chose an account late, when nobody waited for the window any more, waits for a deposit all the same.
  if (known && known.state !== "approved" && known.state !== "abandoned") return order;
  const isOwn = broken === null && (known !== undefined || isBuyersOwn(order));
  // Nothing may be paid into it when the order has its money or is void, or when confirm was told another amount.
  const isWrong = known !== undefined && broken !== null;
  const isOver = isClosed(order) || isWrong || (!isOwn && look.atMs >= order.expiresAtMs);
  if (!isOwn && !isOver) return lookAgain(order, order.expiresAtMs, look);
  // However many are opened: what is paid in is seen by the look at the end of the account.
  if (known === undefined && !hasRoom(order, isOwn))
    return lookAgain(order, isOver ? look.atMs + quietMs : closesAtMs(account), look);
  const attempt: Attempt = {
    ...(known ?? newAttempt(impUid, order, look.atMs)),
    state: "ready",
    stateSinceMs: look.atMs,
    isRevoking: isOver,
    account,
  };
  return changeOrder(order, { attempts: withAttempt(order.attempts, attempt) }, look);
}

const dayMs = 24 * 3_600_000;

/** One whose end PortOne does not tell is followed day by day. */
const withEnd = (account: VirtualAccount, nowMs: number): VirtualAccount =>
  account.dueAtMs === 0 ? { ...account, dueAtMs: nowMs + dayMs } : account;

/**
 * An account confirm was not asked about. Where confirm came, it came for the buyer's own; where it never does, or we
 * asked for the account ourselves, whatever fits is the buyer's own.
 */
const isBuyersOwn = ({ isAccountAsked, attempts, payMethod }: Order): boolean =>
  isAccountAsked || (payMethod === "vbank" && !attempts.some(({ wasApproved }) => wasApproved));

const isClosed = ({ impUid, voidedAtMs, isVoidWanted, supersededBy }: Order): boolean =>
  impUid !== null || voidedAtMs !== null || isVoidWanted || supersededBy !== null;

/** An account that is left alone for now is seen again then, to be closed if it is still open. */
const lookAgain = (order: Order, atMs: number, look: Look): Order => {
  const owedReads = owingRead(order, { atMs, impUid: null });
  return owedReads === order.owedReads ? order : changeOrder(order, { owedReads }, look);
};
