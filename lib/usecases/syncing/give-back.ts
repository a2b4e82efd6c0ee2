// Carries out the wish to give money back: an operation like any refund, asked for by nobody. The wish was
// written with the money's record; whatever is lost here, the order stays due until no wish is left.

import { passBrake, passLastsMs } from "../../domain/brake.ts";
import {
  claimGiveBack,
  decideGiveBackStep,
  handGiveBackOver,
  stopGiveBack,
  taxFreeToGiveBack,
  wantedGiveBacks,
} from "../../domain/give-back.ts";
import type { Contract } from "../../domain/ksnet/rule.ts";
import { quietMs } from "../../domain/operation.ts";
import { type Attempt, type Order, remainingOfAttempt } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import type { Call, Identifiers } from "../../ports/environment.ts";
import type { BrakeStore } from "../../ports/table.ts";
import { claimOnOrder, hasTimeToFinish, hasTimeToSend } from "../claim.ts";
import { changeBrake } from "./brake.ts";
import { type KeptAccountPorts, sealFor } from "./kept-account.ts";
import { type SendCancelPorts, type Sender, sendCancel, stampOfSender } from "./send-cancel.ts";

export interface GiveBackPorts extends SendCancelPorts, KeptAccountPorts {
  readonly contracts: ReadonlySet<Contract>;
  readonly ids: Identifiers;
  readonly brake: BrakeStore;
  readonly mostGiveBacksPerHour: number;
}

/** Shown in PortOne's console beside the tag. */
const reason = "자동 환불";
/** Tries under new keys after the remainder changed in between; more is a person's business. */
const mostTries = 9;

/** One step of the first wish, if the money slot is free. Returns the order as it was last written. */
export async function giveBackWanted(
  order: Order,
  sender: Sender,
  call: Call,
  ports: GiveBackPorts,
): Promise<Order> {
  // Whom an operator let go does not stand behind one that the brake stops.
  const [attempt] = [...wantedGiveBacks(order)].sort((a, b) => Number(b.isReleased) - Number(a.isReleased));
  if (!attempt || order.cancel) return order;
  const nowMs = ports.clock.nowMs();
  const context = { nowMs, contracts: ports.contracts };
  const step = decideGiveBackStep(order, attempt, sender.account, context);
  // Any write ends a wish that nothing is left for.
  if (step.step === "none") return write(order, changeOrder(order, {}, stampOfSender(sender, ports)), ports);
  if (step.step === "review")
    return write(order, handGiveBackOver(order, attempt, step.reason, nowMs), ports);
  const id = await freeId(order, attempt, ports);
  if (id === null) return write(order, handGiveBackOver(order, attempt, "manual_refund", nowMs), ports);
  if ((await ports.money.login()).outcome === "unavailable") return order;
  const held = await ports.gateway.fetchPayment(attempt.impUid);
  if (held.outcome === "unavailable") return order;
  if (held.outcome === "absent") {
    // An old answer knows nothing of what was just paid.
    if (nowMs < attempt.stateSinceMs + quietMs) return order;
    // A list told of it, and PortOne knows no such payment: a cancel of it could never end.
    return write(order, handGiveBackOver(order, attempt, "manual_refund", nowMs), ports);
  }
  // Before the brake, which counts whoever passes.
  const account = await sealFor(order, attempt, sender.account, ports);
  const passed = await passStoredBrake(order, attempt, ports);
  if (!passed) return order;
  if (!passed.passes) return write(order, stopGiveBack(order, passed.atMs), ports);
  // Directly before the claim: what was asked since may have taken the time that the send needs, or the pass's own.
  if (!hasTimeToSend(call) || ports.clock.nowMs() > passed.atMs + passLastsMs) return order;
  const claim = {
    id,
    kind: "give_back" as const,
    impUid: attempt.impUid,
    amount: step.amount,
    taxFree: taxFreeToGiveBack(order, attempt, held.record),
    checksum: remainingOfAttempt(attempt),
    tag: ports.ids.tag(id),
    reason,
    requester: null,
    bodyHash: "",
    account,
    scheduledAtMs: step.scheduledAtMs,
    claimToken: ports.ids.newClaimToken(),
  };
  const claimed = claimGiveBack(order, attempt, claim, stampOfSender(sender, ports));
  return claimAndSend(order, claimed, sender, { claimToken: claim.claimToken, call, ports });
}

/** Counted twice rather than never, should an answer be lost; one that was released is not counted. */
async function passStoredBrake({ merchantUid }: Order, { isReleased }: Attempt, ports: GiveBackPorts) {
  const { brake, clock, mostGiveBacksPerHour } = ports;
  if (isReleased) return { passes: true, atMs: clock.nowMs() };
  return changeBrake(brake, (stored) => {
    const atMs = clock.nowMs();
    return { ...passBrake(stored, merchantUid, atMs, mostGiveBacksPerHour), atMs };
  });
}

interface Sending {
  readonly claimToken: string;
  readonly call: Call;
  readonly ports: GiveBackPorts;
}

async function claimAndSend(
  order: Order,
  wanted: Order,
  sender: Sender,
  { claimToken, call, ports }: Sending,
): Promise<Order> {
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);
  // Nobody waits for it: the order is due as it is, and the next look finds the claim if it stands.
  if (claimed.outcome === "unreadable") return order;
  const { cancel } = claimed.order;
  if (claimed.outcome === "theirs" || cancel?.state !== "claimed" || !hasTimeToFinish(call))
    return claimed.order;
  await sendCancel(claimed.order, cancel, sender, ports);
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
