// An operator decides about an order that waits for a person.
import { markBehind } from "../../domain/give-back.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import { clearReview, findBrokenByAll, type OperatorAction, wishGiveBack } from "../../domain/operator.ts";
import { type Order, payingAttempt } from "../../domain/order.ts";
import { type AskedAccount, wholeAccount } from "../../domain/refund-account.ts";
import type { Call } from "../../ports/environment.ts";
import { stampOf, writeChange } from "../claim.ts";
import { type SyncPorts, type SyncRequest, syncOrder } from "../syncing/sync.ts";
import { type AcceptResult, acceptPayment } from "./accept-payment.ts";

interface Decision {
  readonly merchantUid: string;
  readonly note: string;
}

export type ResolveReview = Decision &
  (
    | { readonly action: Exclude<OperatorAction, "accept" | "give_back"> }
    /** `account`: where a virtual account's money is to go. */
    | { readonly action: "give_back"; readonly account?: AskedAccount | null }
    | { readonly action: "accept"; readonly impUid: string }
  );

export type ReviewResult =
  | AcceptResult
  | { readonly outcome: "order_not_found" | "order_not_paid" }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] };

/**
 * `sync` looks at PortOne and takes the mark off if nothing is wrong any more; `accept` makes a marked payment the
 * order's own; `give_back` sends back the money the order must not keep, past the brake; `clear` takes the mark off.
 */
export async function resolveReview(
  request: ResolveReview,
  call: Call,
  ports: SyncPorts,
): Promise<ReviewResult> {
  const { merchantUid } = request;
  const before = await ports.store.read(merchantUid);
  if (!before) return { outcome: "order_not_found" };
  if (before.reviewReason === null) return { outcome: "order_not_in_review" };
  switch (request.action) {
    case "accept":
      return acceptPayment(before, request, call, ports);
    case "clear":
      return clear(before, request, call, ports);
    case "give_back":
      return giveBack(before, request, call, ports);
    case "sync":
      return syncAndClear(request, call, ports);
  }
}

async function clear(
  order: Order,
  { note }: Decision,
  call: Call,
  { store, clock }: SyncPorts,
): Promise<ReviewResult> {
  const stamp = stampOf("operator", call, clock);
  const written = await writeChange(
    order,
    (newest) => (newest.reviewReason === null ? null : clearReview(newest, note, stamp)),
    store,
  );
  switch (written.outcome) {
    case "written":
      return { outcome: "resolved", order: written.order };
    case "impossible":
      return { outcome: "order_not_in_review" };
    case "busy":
      return { outcome: "busy" };
  }
}

async function giveBack(
  order: Order,
  { merchantUid, note, account = null }: Extract<ResolveReview, { action: "give_back" }>,
  call: Call,
  ports: SyncPorts,
): Promise<ReviewResult> {
  const { contracts } = ports;
  const broken = findBrokenByAll(order, account, { nowMs: ports.clock.nowMs(), contracts });
  if (broken.length > 0) return { outcome: "rules_broken", broken };
  const stamp = stampOf("operator", call, ports.clock);
  const wish = (newest: Order) => wishGiveBack(newest, note, stamp);
  if (!wish(order)) return { outcome: "order_not_paid" };
  const written = await writeChange(order, wish, ports.store);
  if (written.outcome === "impossible") return { outcome: "order_not_paid" };
  if (written.outcome === "busy") return { outcome: "busy" };
  return look({ merchantUid, giveBackAccount: wholeAccount(account) }, call, ports);
}

async function syncAndClear(request: Decision, call: Call, ports: SyncPorts): Promise<ReviewResult> {
  const looked = await look({ merchantUid: request.merchantUid }, call, ports);
  if (looked.outcome !== "resolved" || !isLevel(looked.order)) return looked;
  return clear(looked.order, request, call, ports);
}

async function look(
  about: Pick<SyncRequest, "merchantUid" | "giveBackAccount">,
  call: Call,
  ports: SyncPorts,
): Promise<ReviewResult> {
  const looked = await syncOrder({ ...about, impUid: null, by: "operator", mayMoveMoney: true }, call, ports);
  if ("order" in looked) return { outcome: "resolved", order: looked.order };
  return looked.outcome === "unavailable" ? looked : { outcome: "order_not_found" };
}

/** Paid by a verified payment, nothing in flight and no other money held: nothing is left to decide. */
const isLevel = (order: Order): boolean =>
  order.reviewReason !== null &&
  payingAttempt(order) !== undefined &&
  order.cancel === null &&
  markBehind(order) === null;
