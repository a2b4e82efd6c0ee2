// Carries out the wish to give money back: an operation like any refund, asked for by nobody. The wish was
// written with the money's record; whatever is lost here, the order stays due until no wish is left.

import { passBrake } from "../../domain/brake.ts";
import { claimCancel } from "../../domain/cancel.ts";
import {
  decideGiveBackStep,
  handGiveBackOver,
  stopGiveBack,
  wantedGiveBacks,
} from "../../domain/give-back.ts";
import type { Money } from "../../domain/money.ts";
import { type Attempt, changeOrder, type Order, remainingOfAttempt } from "../../domain/order.ts";
import type { Identifiers } from "../../ports/environment.ts";
import type { BrakeStore } from "../../ports/table.ts";
import { changeBrake } from "./brake.ts";
import { type SendCancelPorts, type Sender, sendCancel } from "./send-cancel.ts";

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
  if (!attempt || order.operation) return order;
  const nowMs = ports.clock.nowMs();
  const step = decideGiveBackStep(order, attempt, nowMs);
  if (step.step === "none") return order;
  if (step.step === "review")
    return write(order, handGiveBackOver(order, attempt, step.reason, nowMs), ports);
  const id = await freeId(order, attempt, ports);
  if (id === null) return write(order, handGiveBackOver(order, attempt, "manual_refund", nowMs), ports);
  if ((await ports.money.login()).outcome === "unavailable") return order;
  const passed = await changeBrake(ports.brake, (brake) =>
    passBrake(brake, order.merchantUid, nowMs, ports.mostGiveBacksPerHour),
  );
  if (!passed) return order;
  if (!passed.passes) return write(order, stopGiveBack(order, nowMs), ports);
  return claimAndSend(order, attempt, { ...step, id }, sender, ports);
}

async function claimAndSend(
  order: Order,
  attempt: Attempt,
  { id, amount, taxFree }: { readonly id: string; readonly amount: Money; readonly taxFree: Money },
  sender: Sender,
  ports: GiveBackPorts,
): Promise<Order> {
  const nowMs = ports.clock.nowMs();
  const owner = ports.ids.newOwner();
  const claim = {
    id,
    kind: "give_back" as const,
    impUid: attempt.impUid,
    amount,
    taxFree,
    checksum: remainingOfAttempt(attempt),
    tag: ports.ids.tag(id),
    reason,
    requester: null,
    bodyHash: "",
    owner,
  };
  // Going again after the brake was lifted: nobody needs to look at it for that any more.
  const isReleased = order.reviewReason === "give_back_stopped";
  const wanted = claimCancel(order, claim, sender.by, nowMs);
  const cleared = isReleased
    ? changeOrder(wanted, { reviewReason: null }, { by: sender.by, atMs: nowMs, reason: "give_back" })
    : wanted;
  const written = await ports.store.update(order, cleared);
  // The write took effect though its first answer was lost: whoever finds its own owner has won.
  if (written.outcome === "conflict" && written.order.operation?.owner !== owner) return written.order;
  if (!written.order.operation) return written.order;
  await sendCancel(written.order, written.order.operation, sender, ports);
  return (await ports.store.read(order.merchantUid)) ?? written.order;
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
