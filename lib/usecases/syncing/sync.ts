// The one way to learn the truth: read the order, then ask PortOne, decide by pure rules, write on
// condition that nobody wrote in between. Notice, browser, operator and clock all come through here, so
// duplicates, reordering, lost messages and crashes are the same case: sync again.
import type { Actor, Order } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import { decideSync } from "../../domain/sync.ts";
import type { RefundAccount } from "../../ports/portone.ts";
import type { Passage } from "../payments/admission.ts";
import { type GiveBackPorts, giveBackWanted } from "./give-back.ts";
import { type Resolution, resolveOperation } from "./resolve-cancel.ts";
import { revokeAccounts } from "./revoke-accounts.ts";
import { sendCancel, sendNeedsMs } from "./send-cancel.ts";

export type SyncPorts = GiveBackPorts;

export interface SyncRequest {
  readonly merchantUid: string;
  /** The attempt to ask about; null asks for all attempts of the order. */
  readonly impUid: string | null;
  readonly by: Actor;
  readonly requestId: string;
  /**
   * Given by callers that may move money from here, while enough is left: a cancel that certainly did not
   * happen is sent once more, unwanted money goes back, accounts nobody may pay into are closed.
   */
  readonly timeLeftMs?: () => number;
  readonly account?: RefundAccount | null;
  /** Lets a door answer from what is stored, without asking PortOne. */
  readonly isAnsweredBy?: (order: Order) => boolean;
  /** Who is not admitted leaves the order due and asks nobody. */
  readonly gate?: (order: Order) => Promise<Passage>;
}

export type SyncResult =
  | { readonly outcome: "synced" | "unchanged" | "contended" | "deferred"; readonly order: Order }
  | { readonly outcome: "order_not_found" }
  /** PortOne does not know the payment, or it belongs to another order. */
  | { readonly outcome: "not_this_orders_payment" }
  | { readonly outcome: "unavailable"; readonly why: string };

const mostRounds = 5;

/**
 * Brings the order level with PortOne's record. Idempotent; writes nothing when nothing changed. After
 * five lost races the stored order is returned as `contended`: the others were syncing it too.
 * `deferred` is an order made due instead of looked at.
 */
export async function syncOrder(request: SyncRequest, ports: SyncPorts): Promise<SyncResult> {
  let order = await ports.store.read(request.merchantUid);
  if (!order) return { outcome: "order_not_found" };
  if (request.gate && !request.isAnsweredBy?.(order)) {
    const passage = await request.gate(order);
    if (!passage.isAdmitted) return { outcome: "deferred", order: passage.order };
    order = passage.order;
  }
  for (let round = 1; round <= mostRounds; round += 1) {
    if (request.isAnsweredBy?.(order)) return { outcome: "unchanged", order };
    // The order was read first: a record fetched before it could be older than what it already holds.
    const looked = await look(request, ports);
    if (looked.outcome !== "looked") return looked;
    const { records } = looked;
    const isComplete = request.impUid === null;
    const seen = { records, isComplete, atMs: ports.clock.nowMs(), by: request.by };
    const synced = decideSync(order, seen, ports.policy);
    const { next, sendsAgain } = await resolve(order, synced, records, request, ports);
    if (next === order) {
      const followed = await followUp(order, request, ports);
      return { outcome: followed === order ? "unchanged" : "synced", order: followed };
    }
    const written = await ports.store.update(order, next);
    if (written.outcome === "updated") {
      if (!sendsAgain || !written.order.operation)
        return { outcome: "synced", order: await followUp(written.order, request, ports) };
      await sendCancel(written.order, written.order.operation, senderOf(request), ports);
      return { outcome: "synced", order: (await ports.store.read(request.merchantUid)) ?? written.order };
    }
    order = written.order;
  }
  return { outcome: "contended", order };
}

const mayMove = ({ timeLeftMs }: SyncRequest): boolean =>
  timeLeftMs !== undefined && timeLeftMs() >= sendNeedsMs;

/** What the record made necessary. Left undone it stays due, so a failure here fails nobody. */
async function followUp(order: Order, request: SyncRequest, ports: SyncPorts): Promise<Order> {
  let next = order;
  if (mayMove(request) && next.attempts.some((attempt) => attempt.isRevoking))
    next = await revokeAccounts(next, request.by, ports);
  for (const { giveBack } of order.attempts) {
    if (giveBack === "wanted" && mayMove(request))
      next = await giveBackWanted(next, senderOf(request), ports);
  }
  return next;
}

const senderOf = (request: SyncRequest) => ({
  by: request.by,
  requestId: request.requestId,
  account: request.account ?? null,
});

async function resolve(
  order: Order,
  synced: Order,
  records: readonly PaymentRecord[],
  request: SyncRequest,
  ports: SyncPorts,
): Promise<Resolution> {
  const { operation } = order;
  if (!operation) return { next: synced, sendsAgain: false };
  const record = records.find(({ impUid }) => impUid === operation.impUid);
  const caller = { ...senderOf(request), maySend: mayMove(request) };
  return resolveOperation(order, synced, operation, record, caller, ports);
}

type Looked =
  | { readonly outcome: "looked"; readonly records: readonly PaymentRecord[] }
  | { readonly outcome: "not_this_orders_payment" }
  | { readonly outcome: "unavailable"; readonly why: string };

async function look(request: SyncRequest, ports: SyncPorts): Promise<Looked> {
  const { merchantUid, impUid } = request;
  if (impUid === null) {
    const found = await ports.gateway.findPayments(merchantUid);
    if (found.outcome === "unavailable") return found;
    // A test-channel payment shown beside the live ones is none of this order's attempts.
    const records = found.records.filter(
      (record) => record.merchantUid === merchantUid && (!record.sandbox || ports.policy.acceptsSandbox),
    );
    return { outcome: "looked", records };
  }
  const fetched = await ports.gateway.fetchPayment(impUid);
  if (fetched.outcome === "unavailable") return fetched;
  if (fetched.outcome === "absent") return { outcome: "not_this_orders_payment" };
  const { record } = fetched;
  // A buyer can put another order's imp_uid beside this number; nothing is synced by that.
  if (record.merchantUid !== merchantUid || record.impUid !== impUid)
    return { outcome: "not_this_orders_payment" };
  return { outcome: "looked", records: [record] };
}
