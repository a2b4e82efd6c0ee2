// What PortOne is told to do later, or no longer: reserving a charge, moving and revoking it, opening an account. Written
// down before it is sent, like a cancel; what became of a lost one is decided by PortOne's own reservations and attempts
// alone. Until that is read back, both what was and what is wanted may happen.
import { owingQuietRead } from "./due.ts";
import { isRenewal, judgeInstruction } from "./instruction-verdict.ts";
import type { Look } from "./look.ts";
import {
  firstSend,
  type Instruction,
  keptInSlot,
  nextSend,
  type Operation,
  type Refused,
} from "./operation.ts";
import type { Order, Stamp } from "./order.ts";
import { changeOrder, markForReview } from "./order-change.ts";
import { chargeReserved, isAt, isReserved, reservationsOf, reserve } from "./schedule.ts";

type InstructionFacts = Omit<Instruction, Exclude<keyof Operation, "claimToken"> | "refused">;

/** The order with the instruction claimed, its first send counted before it is made. */
export const claimInstruction = (order: Order, facts: InstructionFacts, stamp: Stamp): Order =>
  changeOrder(
    order,
    { instruction: { ...facts, ...firstSend(facts.claimToken, stamp.atMs), refused: null } },
    stamp,
  );

/** The reservation's charge moved to that time. One that is not live any more is set up anew: it runs then or not at all. */
export function claimMove(
  order: Order,
  {
    wantedAtMs,
    claimToken,
    isLive,
  }: { readonly wantedAtMs: number; readonly claimToken: string; readonly isLive: boolean },
  stamp: Stamp,
): Order {
  const claimed = claimInstruction(
    order,
    { kind: "reschedule", wantedAtMs, account: null, claimToken },
    stamp,
  );
  const { reservation } = order;
  if (isLive || reservation === null) return claimed;
  const charge = chargeReserved({ ...reservation, scheduledAtMs: wantedAtMs, claimToken }, stamp);
  return changeOrder(claimed, { charge }, stamp);
}

/** One more send counted, before it is made, under a claim of its own. */
export const claimInstructionAgain = (
  order: Order,
  instruction: Instruction,
  claimToken: string,
  stamp: Stamp,
): Order => changeOrder(order, { instruction: nextSend(instruction, claimToken, stamp.atMs) }, stamp);

/** A reservation to be revoked as soon as somebody can claim it; nothing was sent. */
export const revocationWish = (wantedAtMs: number, { atMs }: Stamp): Instruction => ({
  kind: "unschedule",
  wantedAtMs,
  account: null,
  refused: null,
  ...firstSend("", atMs),
  state: "resend",
  sends: 0,
});

/** Nobody knows what came of it: no answer, or a no without the record that would prove it. */
export const markInstructionUnknown = (
  order: Order,
  instruction: Instruction,
  refused: Refused | null,
  stamp: Stamp,
): Order =>
  changeOrder(
    order,
    { instruction: { ...instruction, state: "unknown", refused: keptInSlot(refused) } },
    stamp,
  );

/** What this look says about the instruction in flight; the same order when nothing follows yet. */
export function decideInstruction(order: Order, look: Look): Order {
  const { instruction } = order;
  if (!instruction) return revokeUnwanted(order, look);
  switch (judgeInstruction(order, instruction, look)) {
    case "wait":
      return order;
    case "send_again":
      return instruction.state === "resend"
        ? order
        : changeOrder(order, { instruction: { ...instruction, state: "resend" } }, look);
    case "stuck":
      return markForReview(order, "operation_unresolved", look);
    case "happened":
      return afterSuccess(order, instruction, look);
    case "never":
      return withoutEffect(order, instruction, look);
    case "refused":
      return afterRefusal(order, instruction, look);
  }
}

/** Live at PortOne although no order waits for it: what was refused or given up has taken effect after all. */
function revokeUnwanted(order: Order, look: Look): Order {
  if (order.charge !== null) return order;
  const live = reservationsOf(order, look.reservations ?? []).find(isReserved);
  if (!live) return order;
  const instruction = revocationWish(live.scheduledAtMs, look);
  return changeOrder(order, { instruction }, { ...look, isNoted: true, reason: "reservation_unwanted" });
}

function afterSuccess(order: Order, instruction: Instruction, look: Look): Order {
  const { kind, sentAtMs } = instruction;
  switch (kind) {
    case "vbank_issue":
      // The account that is shown need not be the one that was asked for, which may still come.
      return changeOrder(
        order,
        { instruction: null, owedReads: owingQuietRead(order, null, sentAtMs) },
        look,
      );
    case "unschedule":
      return changeOrder(order, { instruction: null, charge: withoutReserved(order) }, look);
    case "schedule":
    case "reschedule":
      return afterReserving(order, instruction, look);
  }
}

function afterReserving(order: Order, { wantedAtMs, claimToken }: Instruction, look: Look): Order {
  const { reservation } = order;
  const live = reservationsOf(order, look.reservations ?? []).find(isReserved);
  const scheduledAtMs = live && !isAt(live, wantedAtMs) ? live.scheduledAtMs : wantedAtMs;
  // Live, but nobody may be charged for it any more.
  if (live && (order.isVoidWanted || order.impUid !== null)) {
    const instruction = revocationWish(scheduledAtMs, look);
    return changeOrder(order, { instruction, charge: chargeAt(order, scheduledAtMs) }, look);
  }
  const done = changeOrder(order, { instruction: null }, look);
  if (reservation && (live || order.charge))
    return reserve(done, { ...reservation, scheduledAtMs, claimToken }, look);
  // It has run, and what was seen of it may be an earlier try's end.
  return changeOrder(done, { owedReads: owingQuietRead(order, null, look.atMs) }, look);
}

/** Everything as it was before; what PortOne does at the old time is the charge's to tell. */
function withoutEffect(order: Order, instruction: Instruction, look: Look): Order {
  const isUndone =
    (instruction.kind === "schedule" && order.isVoidWanted) ||
    (instruction.kind === "reschedule" && isRenewal(order, instruction));
  return changeOrder(
    order,
    {
      instruction: wishAfter(order, instruction, isUndone, look),
      charge: isUndone ? withoutReserved(order) : order.charge,
    },
    look,
  );
}

/** A move that never was leaves the reservation that was to be moved, and that is to be revoked if the order is to be void. */
const wishAfter = (order: Order, { kind }: Instruction, isUndone: boolean, look: Look): Instruction | null =>
  kind === "reschedule" && order.isVoidWanted && !isUndone && order.charge?.scheduledAtMs
    ? revocationWish(order.charge.scheduledAtMs, look)
    : null;

/** What will never be made is not waited for; a reservation that cannot be revoked stays its order's. */
function afterRefusal(order: Order, instruction: Instruction, look: Look): Order {
  const owedReads = owingQuietRead(order, null, look.atMs);
  const noted = { ...look, isNoted: true, reason: `${instruction.kind}_refused` };
  switch (instruction.kind) {
    case "schedule":
      return changeOrder(order, { instruction: null, charge: null, isVoidWanted: true, owedReads }, noted);
    case "reschedule":
      return changeOrder(withoutEffect(order, instruction, look), { owedReads }, noted);
    case "unschedule":
      return changeOrder(order, { instruction: null, isVoidWanted: false, owedReads }, noted);
    case "vbank_issue":
      return changeOrder(order, { instruction: null, owedReads }, noted);
  }
}

/** It stays PortOne's to run at that time until it is revoked. */
const chargeAt = ({ charge }: Order, scheduledAtMs: number) =>
  charge?.state === "scheduled" ? { ...charge, scheduledAtMs } : charge;

const withoutReserved = ({ charge }: Order) => (charge?.state === "scheduled" ? null : charge);
