// The one way to learn the truth: read the order, then ask PortOne, decide by pure rules, write on
// condition that nobody wrote in between. Notice, browser, operator and clock all come through here, so
// duplicates, reordering, lost messages and crashes are the same case: sync again.
import { claimLook, type Earliness } from "../../domain/ladder.ts";
import { type Hint, isKnown, type UnreadableRow } from "../../domain/look.ts";
import { type Actor, attemptOf, type Order } from "../../domain/order.ts";
import { mayBeMoney, type PaymentRecord } from "../../domain/payment-record.ts";
import type { RefundAccount } from "../../domain/refund-account.ts";
import { needsReservations, type ScheduleRecord } from "../../domain/schedule.ts";
import { decideSync } from "../../domain/sync.ts";
import type { ScheduleGateway } from "../../ports/billing.ts";
import type { Call } from "../../ports/environment.ts";
import type { Unavailable } from "../../ports/portone.ts";
import { StorageUnavailableError } from "../../ports/table.ts";
import { claimOnOrder, hasTimeToFinish, hasTimeToSend, stampOf } from "../claim.ts";
import { type GiveBackPorts, giveBackWanted } from "./give-back.ts";
import { readReservations } from "./read-reservations.ts";
import { endClosed, nameLate, type Resolution, resolveCancelInFlight } from "./resolve-cancel.ts";
import { revokeAccounts } from "./revoke-accounts.ts";
import { type Sender, sendCancel } from "./send-cancel.ts";

export interface SyncPorts extends GiveBackPorts {
  /** Carried by the functions that clear up reservations; without it nothing about them is concluded. */
  readonly schedules?: ScheduleGateway;
}

export interface SyncRequest {
  readonly merchantUid: string;
  /** As it was just read, so that it is not read twice. */
  readonly order?: Order;
  /** The attempt to ask about; null asks for all attempts of the order. */
  readonly impUid: string | null;
  readonly by: Actor;
  /**
   * A caller that may move money from here, while enough of its time is left: a cancel that certainly did not
   * happen is sent once more, unwanted money goes back, accounts nobody may pay into are closed.
   */
  readonly mayMoveMoney: boolean;
  /** The refund whose key is repeated, and the account that the repeat names: for no other money. */
  readonly refund?: { readonly refundId: string; readonly account: RefundAccount | null };
  /** Where an operator wants a virtual account's give-back paid to. */
  readonly giveBackAccount?: RefundAccount | null;
  /** The sweep's look, which was not claimed: its next rung is written together with what it shows. */
  readonly rung?: { readonly earliness: Earliness };
  /** What the signal tells: when somebody else has stored it meanwhile, PortOne is not asked. */
  readonly hint?: Hint;
}

export type SyncResult =
  /** `isHalf`: what is reserved could not be read, because nobody answered. */
  | { readonly outcome: "synced"; readonly order: Order; readonly isHalf?: boolean }
  | { readonly outcome: "unchanged"; readonly order: Order; readonly isHalf?: boolean }
  /** Others were faster, five times; they were syncing it too. */
  | { readonly outcome: "busy"; readonly order: Order }
  | { readonly outcome: "order_not_found" }
  /** PortOne does not know the payment, or it belongs to another order. */
  | { readonly outcome: "not_this_orders_payment"; readonly isUnknown: boolean }
  | Unavailable;

const mostRounds = 5;

/** Brings the order level with PortOne's record. Idempotent; writes nothing when nothing changed. */
export async function syncOrder(request: SyncRequest, call: Call, ports: SyncPorts): Promise<SyncResult> {
  const { merchantUid, by, hint } = request;
  let order = request.order ?? (await ports.store.read(merchantUid));
  if (!order) return { outcome: "order_not_found" };
  const mover: Mover = { call, request, mayMove: request.mayMoveMoney };
  for (let round = 1; round <= mostRounds; round += 1) {
    if (hint && isKnown(order, hint)) return { outcome: "unchanged", order };
    // The order was read first: a record fetched before it could be older than what it already holds.
    const begun = stampOf(by, call, ports.clock);
    const looked = await look(request, order, ports);
    if (looked.outcome !== "looked") return looked;
    const { outcome: _, isHalf, ...shown } = looked;
    const seen = { ...shown, ...stampOf(by, call, ports.clock) };
    // What fell due while PortOne was being asked has not had its look.
    const rung = request.rung && { ...request.rung, lookClaim: null };
    const from = rung ? claimLook(order, rung, begun) : order;
    const synced = decideSync(from, seen, ports.policy);
    const { next, sendsAgain, account } = await resolve(
      { order: from, synced, records: shown.records },
      mover,
      ports,
    );
    if (next === order) {
      const followed = await followUp(order, mover, ports);
      return { outcome: followed === order ? "unchanged" : "synced", order: followed, isHalf };
    }
    if (sendsAgain && next.cancel) {
      // Directly before the claim: what was asked since may have taken the time that the send needs.
      if (!mayMoveNow(mover)) return { outcome: "unchanged", order };
      const claimed = await claimOnOrder(order, next, next.cancel.claimToken, ports.store);
      if (claimed.outcome === "unreadable") throw new StorageUnavailableError("a repeated send's claim");
      order = claimed.order;
      if (claimed.outcome === "theirs" || !order.cancel) continue;
      if (!hasTimeToFinish(mover.call)) return { outcome: "synced", order };
      await sendCancel(order, order.cancel, senderOf(mover, account), ports);
      return { outcome: "synced", order: (await ports.store.read(merchantUid)) ?? order };
    }
    const written = await ports.store.update(order, next);
    order = written.order;
    if (written.outcome === "updated") {
      const followed = await followUp(order, mover, ports);
      const isSame = next === from && followed === order;
      return { outcome: isSame ? "unchanged" : "synced", order: followed, isHalf };
    }
    // Another sweep's look, or anybody's, has paid what this one came for.
    if (rung && (order.dueAtMs === null || order.dueAtMs > begun.atMs)) break;
  }
  return { outcome: "busy", order };
}

/** Who may do what the look makes necessary. */
interface Mover {
  readonly call: Call;
  readonly request: SyncRequest;
  readonly mayMove: boolean;
}

const mayMoveNow = ({ call, mayMove }: Mover): boolean => mayMove && hasTimeToSend(call);

const senderOf = ({ request, call }: Mover, account: RefundAccount | null): Sender => ({
  by: request.by,
  key: call.key,
  requestId: call.requestId,
  account,
});

/** What the record made necessary. Left undone it stays due, so a failure here fails nobody. */
async function followUp(order: Order, mover: Mover, ports: SyncPorts): Promise<Order> {
  const sender = senderOf(mover, mover.request.giveBackAccount ?? null);
  let next = order;
  if (next.cancel?.state === "closed") next = await endClosed(next, next.cancel, sender, ports);
  if (mayMoveNow(mover) && next.attempts.some((attempt) => attempt.isRevoking))
    next = await revokeAccounts(next, sender, ports);
  for (const { giveBack } of order.attempts) {
    if (giveBack === "wanted" && mayMoveNow(mover))
      next = await giveBackWanted(next, sender, mover.call, ports);
  }
  return next;
}

async function resolve(
  { order, synced, records }: Seen,
  mover: Mover,
  ports: SyncPorts,
): Promise<Resolution> {
  const { cancel } = order;
  const record = records.find(({ impUid }) => impUid === cancel?.impUid);
  const { refund } = mover.request;
  const account = refund !== undefined && refund.refundId === cancel?.id ? refund.account : null;
  const sender = { ...senderOf(mover, account), maySend: mayMoveNow(mover) };
  const resolution = cancel
    ? await resolveCancelInFlight({ order, synced, record }, cancel, sender, ports)
    : { next: synced, sendsAgain: false, account: null };
  return { ...resolution, next: await nameLate(resolution.next, records, sender, ports) };
}

/** The order as read, the records of it, and what they make of it. */
interface Seen {
  readonly order: Order;
  readonly synced: Order;
  readonly records: readonly PaymentRecord[];
}

type Looked =
  | {
      readonly outcome: "looked";
      readonly records: readonly PaymentRecord[];
      readonly reservations?: readonly ScheduleRecord[] | undefined;
      readonly unreadable?: readonly UnreadableRow[] | undefined;
      readonly isComplete: boolean;
      readonly isHalf: boolean;
    }
  | { readonly outcome: "not_this_orders_payment"; readonly isUnknown: boolean }
  | Unavailable;

async function look({ merchantUid, impUid }: SyncRequest, order: Order, ports: SyncPorts): Promise<Looked> {
  if (impUid === null) {
    // Before the attempts: what is not live any more has left its attempt by then.
    const isAsked = ports.schedules && needsReservations(order);
    const read = isAsked ? await readReservations(order, ports.schedules) : null;
    const reservations = read?.outcome === "found" ? read.records : undefined;
    const found = await ports.gateway.findPayments(merchantUid);
    if (found.outcome === "unavailable") return found;
    return {
      outcome: "looked",
      reservations,
      // What may be money under another number that PortOne shows under this one is nobody's to pass over.
      records: found.records.filter((record) => record.merchantUid === merchantUid || mayBeMoney(record)),
      unreadable: found.unreadable,
      isComplete: found.isPartial !== true && (found.unreadable ?? []).length === 0,
      isHalf: read?.outcome === "unavailable" && read.isAnswered !== true,
    };
  }
  const fetched = await ports.gateway.fetchPayment(impUid);
  if (fetched.outcome === "unavailable") return readRow(fetched, order, impUid);
  if (fetched.outcome === "absent") return { outcome: "not_this_orders_payment", isUnknown: true };
  const { record } = fetched;
  // A buyer can put another order's imp_uid beside this number; nothing is synced by that. One of no order is looked at.
  const isAnothers = record.merchantUid !== merchantUid && record.merchantUid !== "";
  if (isAnothers || record.impUid !== impUid) return { outcome: "not_this_orders_payment", isUnknown: false };
  return { outcome: "looked", records: [record], isComplete: false, isHalf: false };
}

/** What nobody can read, where it is certainly about this order. */
function readRow(fetched: Unavailable, order: Order, impUid: string): Looked {
  const { row } = fetched;
  const isAbout =
    row?.merchantUid === order.merchantUid || (row?.merchantUid === null && attemptOf(order, impUid));
  if (!row || !isAbout) return fetched;
  return {
    outcome: "looked",
    records: [],
    unreadable: [{ ...row, impUid }],
    isComplete: false,
    isHalf: false,
  };
}
