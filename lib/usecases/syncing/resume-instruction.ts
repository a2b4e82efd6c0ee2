// An instruction that somebody asked for before: waited for, looked at, and sent where that is certainly right.
import { claimInstructionAgain } from "../../domain/instruction.ts";
import { isAtWork } from "../../domain/operation.ts";
import type { Actor, Order } from "../../domain/order.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import { claimOnOrder, hasTimeToSend, stampOf, turnsOfWaiting, unlessSilent } from "../claim.ts";
import { type InstructionPorts, sendInstructions, type Told } from "./send-instruction.ts";
import { syncOrder } from "./sync.ts";

/** Sends what may go out, if there is time: all of one kind and customer. Each order as last written. */
export async function resumeInstructions(
  orders: readonly Order[],
  by: Actor,
  call: Call,
  ports: InstructionPorts,
): Promise<readonly Told[]> {
  const unsent = orders.map((order) => ({ order, refused: null }));
  if (!orders.some(isWaiting)) return unsent;
  if ((await ports.schedules.login()).outcome === "unavailable") return unsent;
  const claimed: Order[] = [];
  const others: Told[] = [];
  for (const order of orders) {
    const standing = isWaiting(order) ? await claimAgain(order, by, call, ports) : null;
    if (standing?.isOurs) claimed.push(standing.order);
    else others.push({ order: standing?.order ?? order, refused: null });
  }
  const told = [...others, ...(await sendInstructions(claimed, by, call, ports))];
  const named = new Map(told.map((one) => [one.order.merchantUid, one]));
  return unsent.map((one) => named.get(one.order.merchantUid) ?? one);
}

const isWaiting = ({ instruction }: Order): boolean => instruction?.state === "resend";

async function claimAgain(order: Order, by: Actor, call: Call, ports: InstructionPorts) {
  const { instruction } = order;
  if (!instruction || !hasTimeToSend(call)) return null;
  const claimToken = ports.ids.newClaimToken();
  const wanted = claimInstructionAgain(order, instruction, claimToken, stampOf(by, call, ports.clock));
  const claimed = await unlessSilent(claimOnOrder(order, wanted, claimToken, ports.store));
  // It is owed as it is: the next look finds the claim if it stands.
  if (!claimed || claimed.outcome === "unreadable") return null;
  return { isOurs: claimed.outcome === "ours", order: claimed.order };
}

/** Of one order; what the sweep does after its look. */
export async function resumeInstruction(
  order: Order,
  by: Actor,
  call: Call,
  ports: InstructionPorts,
): Promise<Told> {
  const [told] = await resumeInstructions([order], by, call, ports);
  return told ?? { order, refused: null };
}

/**
 * The same request again is the same instruction: whoever is at work on it is waited for, and what became of a lost one
 * is looked at.
 */
export async function followInstruction(
  order: Order,
  by: Actor,
  call: Call,
  ports: InstructionPorts & { readonly pause: Pause },
): Promise<Told> {
  let next = order;
  const isBusy = ({ instruction }: Order) =>
    instruction !== null && isAtWork(instruction, ports.clock.nowMs());
  if (isBusy(next)) {
    for await (const _ of turnsOfWaiting(ports.pause)) {
      next = (await unlessSilent(ports.store.read(order.merchantUid))) ?? next;
      if (!isBusy(next)) break;
    }
  }
  if (!next.instruction || isBusy(next)) return { order: next, refused: null };
  if (next.instruction.sends === 0) return resumeInstruction(next, by, call, ports);
  const { merchantUid } = order;
  const looking = { merchantUid, order: next, impUid: null, by, mayMoveMoney: false };
  const looked = await unlessSilent(syncOrder(looking, call, ports));
  return resumeInstruction(looked && "order" in looked ? looked.order : next, by, call, ports);
}
