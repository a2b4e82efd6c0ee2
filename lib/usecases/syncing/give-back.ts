// Carries out the wish to give money back: an operation like any refund, asked for by nobody. The wish was
// written with the money's record; whatever is lost here, the order stays due until no wish is left.

import { passBrake } from "../../domain/brake.ts";
import { type CancelClaim, claimCancel } from "../../domain/cancel.ts";
import {
  decideGiveBackStep,
  handGiveBackOver,
  markBehind,
  stopGiveBack,
  wantedGiveBacks,
} from "../../domain/give-back.ts";
import { type Attempt, type Order, remainingOfAttempt } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import type { Identifiers } from "../../ports/environment.ts";
import type { BrakeStore } from "../../ports/table.ts";
import { claimOnOrder } from "../claim.ts";
import { changeBrake } from "./brake.ts";
import { type SendCancelPorts, type Sender, sendCancel, stampOfSender } from "./send-cancel.ts";

export interface GiveBackPorts extends SendCancelPorts {
  readonly ids: Identifiers;
  readonly brake: BrakeStore;
  readonly mostGiveBacksPerHour: number;
}

/** Shown in PortOne's console beside the tag. */
const reason = "자동 환불";
/** Tries under new keys after the remainder changed in between; more is a person's business. */
const mostTries = 9;

/** One step of the first wish, if the money slot is free. Returns the order as it was last written. */
export async function giveBackWanted(order: Order, sender: Sender, ports: GiveBackPorts): Promise<Order> {
  const [attempt] = wantedGiveBacks(order);
  if (!attempt || order.cancel) return order;
  const nowMs = ports.clock.nowMs();
  const step = decideGiveBackStep(order, attempt, nowMs);
  // Any write ends a wish that nothing is left for.
  if (step.step === "none") return write(order, changeOrder(order, {}, stampOfSender(sender, ports)), ports);
  if (step.step === "review")
    return write(order, handGiveBackOver(order, attempt, step.reason, nowMs), ports);
  const id = await freeId(order, attempt, ports);
  if (id === null) return write(order, handGiveBackOver(order, attempt, "manual_refund", nowMs), ports);
  if ((await ports.money.login()).outcome === "unavailable") return order;
  const passed = await passStoredBrake(order, nowMs, ports);
  if (!passed) return order;
  if (!passed.passes) return write(order, stopGiveBack(order, nowMs), ports);
  const claim = {
    id,
    kind: "give_back" as const,
    impUid: attempt.impUid,
    amount: step.amount,
    taxFree: step.taxFree,
    checksum: remainingOfAttempt(attempt),
    tag: ports.ids.tag(id),
    reason,
    requester: null,
    bodyHash: "",
    claimToken: ports.ids.newClaimToken(),
  };
  return claimAndSend(order, claim, sender, ports);
}

/** Counted twice rather than never, should an answer be lost; released only once, and that is not forgotten. */
function passStoredBrake({ merchantUid }: Order, nowMs: number, ports: GiveBackPorts) {
  let wasReleased = false;
  return changeBrake(ports.brake, (brake) => {
    const isReleased = brake.released.includes(merchantUid);
    // Our own write took the name off the list.
    if (wasReleased && !isReleased) return { passes: true, brake };
    wasReleased = isReleased;
    return passBrake(brake, merchantUid, nowMs, ports.mostGiveBacksPerHour);
  });
}

async function claimAndSend(
  order: Order,
  claim: CancelClaim,
  sender: Sender,
  ports: GiveBackPorts,
): Promise<Order> {
  const stamp = stampOfSender(sender, ports);
  const wanted = claimCancel(order, claim, stamp);
  // Going again after the brake was lifted: nobody needs to look at it for that any more.
  const isReleased = order.reviewReason === "give_back_stopped";
  const next = isReleased
    ? changeOrder(wanted, { reviewReason: markBehind(wanted) }, { ...stamp, reason: "give_back" })
    : wanted;
  const claimed = await claimOnOrder(order, next, claim.claimToken, ports.store);
  // Nobody waits for it: the order is due as it is, and the next look finds the claim if it stands.
  if (claimed.outcome === "unreadable") return order;
  if (claimed.outcome === "theirs" || !claimed.order.cancel) return claimed.order;
  await sendCancel(claimed.order, claimed.order.cancel, sender, ports);
  return (await ports.store.read(order.merchantUid)) ?? claimed.order;
}

/** Each try has a key of its own, outside the alphabet of merchants' keys; a refused one is over for ever. */
async function freeId(order: Order, attempt: Attempt, ports: GiveBackPorts): Promise<string | null> {
  for (let number = 1; number <= mostTries; number += 1) {
    const id = ports.ids.refundId(order.merchantUid, `give back ${attempt.impUid} ${number}`);
    if (!(await ports.refunds.readRefund(order.merchantUid, id))) return id;
  }
  return null;
}

async function write(order: Order, next: Order, { store }: GiveBackPorts): Promise<Order> {
  if (next === order) return order;
  return (await store.update(order, next)).order;
}
