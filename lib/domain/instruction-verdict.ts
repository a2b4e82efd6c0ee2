// What PortOne's reservations and attempts prove about an instruction whose outcome is not known.
import type { Look } from "./look.ts";
import { type Instruction, isQuiet } from "./operation.ts";
import type { Order } from "./order.ts";
import { isAt, isReserved, isRevoked, reservationsOf, type ScheduleRecord } from "./schedule.ts";

/** The first send and at most two more. */
const mostSends = 3;

export type InstructionVerdict =
  | "happened"
  /** It did not, and cannot any more; nothing is sent for it again. */
  | "never"
  /** PortOne's no to the only send, and its record agrees. */
  | "refused"
  /** Too early to say, or nothing was read that says it. */
  | "wait"
  /** Nothing happened and nothing can any more: it may go out once more. */
  | "send_again"
  /** Sent as often as it may be; a person decides, and the slot stays taken. */
  | "stuck";

/** Decides by what was fetched after the order was read. */
export function judgeInstruction(order: Order, instruction: Instruction, look: Look): InstructionVerdict {
  if (instruction.kind === "vbank_issue") return judgeAccount(order, instruction, look);
  if (look.reservations === undefined) return "wait";
  const known = reservationsOf(order, look.reservations);
  return instruction.kind === "unschedule"
    ? judgeRevocation(instruction, known, look)
    : judgeReservation(order, instruction, known, look);
}

function judgeReservation(
  order: Order,
  instruction: Instruction,
  known: readonly ScheduleRecord[],
  { atMs }: Look,
): InstructionVerdict {
  const { kind, wantedAtMs } = instruction;
  const isThere = (record: ScheduleRecord) => !isRevoked(record) && isAt(record, wantedAtMs);
  const isOver = isQuiet(instruction, atMs);
  if (known.some(isThere))
    return isOver || isRefused(instruction) || !isForSameTime(order, instruction) ? "happened" : "wait";
  if (isRefused(instruction)) return "refused";
  if (!isOver) return "wait";
  const live = known.filter(isReserved);
  // Somebody moved it once more in PortOne's console.
  if (kind === "schedule" && live.length > 0) return "happened";
  const isRevokedThere = known.some((record) => isAt(record, wantedAtMs));
  const hasRun = kind === "reschedule" && live.length === 0 && !isRenewal(order, instruction);
  const isUnwanted = order.isVoidWanted || order.impUid !== null;
  if (isRevokedThere || hasRun || isUnwanted || wantedAtMs <= atMs) return "never";
  return sendAgainOrStop(instruction);
}

/**
 * Its time is evidence: that nothing is shown of it may be an old answer. One that came too late may still land, and would
 * end whatever is set up anew under the number.
 */
function judgeRevocation(
  instruction: Instruction,
  known: readonly ScheduleRecord[],
  { atMs }: Look,
): InstructionVerdict {
  if (!known.some(isReserved)) {
    const ended = known.filter((record) => isAt(record, instruction.wantedAtMs));
    const hasRun = ended.some((record) => !isRevoked(record));
    if (ended.length > 0 && !hasRun) return "happened";
    const isOver = isQuiet(instruction, atMs);
    if (hasRun) return isOver || instruction.sends === 0 || isRefused(instruction) ? "never" : "wait";
    if (instruction.sends === 0) return "send_again";
    return isOver ? "happened" : "wait";
  }
  if (instruction.sends === 0) return "send_again";
  if (isRefused(instruction)) return "refused";
  return isQuiet(instruction, atMs) ? sendAgainOrStop(instruction) : "wait";
}

function judgeAccount(order: Order, instruction: Instruction, look: Look): InstructionVerdict {
  if (order.attempts.some(({ state, account }) => state === "ready" && account !== null)) return "happened";
  const isOver = order.impUid !== null || order.voidedAtMs !== null || order.isVoidWanted;
  if (!look.isComplete) return "wait";
  if (isRefused(instruction)) return "refused";
  if (!isQuiet(instruction, look.atMs)) return "wait";
  // The buyer may be paying right now; an account would be a second way.
  if (order.attempts.some(({ state }) => state === "approved")) return "wait";
  if (isOver || order.isExpired || instruction.wantedAtMs <= look.atMs) return "never";
  return sendAgainOrStop(instruction);
}

const isRefused = ({ refused, sends }: Instruction): boolean => refused !== null && sends === 1;
const sendAgainOrStop = ({ sends }: Instruction): InstructionVerdict =>
  sends < mostSends ? "send_again" : "stuck";

/** Its reservation had run or was revoked, so that it is set up anew: its charge begins with the claim. */
export const isRenewal = ({ charge }: Order, { wantedAtMs, sinceMs }: Instruction): boolean =>
  charge !== null && charge.scheduledAtMs === wantedAtMs && charge.sinceMs === sinceMs;

/** A move to the time it has, asked for because an old answer showed another: that it is there proves nothing. */
const isForSameTime = (order: Order, instruction: Instruction): boolean =>
  instruction.kind === "reschedule" &&
  order.charge !== null &&
  isAt(order.charge, instruction.wantedAtMs) &&
  !isRenewal(order, instruction);
