// Tells PortOne what it is to do later, or no longer: claimed before, sent once, written down after. Whatever is lost
// from here on is cleared up by PortOne's own record.
import { markInstructionUnknown } from "../../domain/instruction.ts";
import { isRenewal } from "../../domain/instruction-verdict.ts";
import { type Instruction, maySendStill } from "../../domain/operation.ts";
import type { Actor, Order } from "../../domain/order.ts";
import type { PaymentRecord } from "../../domain/payment-record.ts";
import type { ScheduleRecord } from "../../domain/schedule.ts";
import { decideSync } from "../../domain/sync.ts";
import type { ChargeGateway, ScheduleDraft, ScheduleGateway } from "../../ports/billing.ts";
import type { Call } from "../../ports/environment.ts";
import type { CallResult } from "../../ports/portone.ts";
import { hasTimeToFinish, isOurs, stampOf, unlessSilent } from "../claim.ts";
import { readReservations } from "./read-reservations.ts";
import { type SyncPorts, syncOrder } from "./sync.ts";

export interface InstructionPorts extends SyncPorts {
  readonly schedules: ScheduleGateway;
  readonly charges: ChargeGateway;
  readonly noticeUrlFor: (merchantUid: string) => string;
}

export interface Told {
  /** As last written; in doubt while it holds an instruction. */
  readonly order: Order;
  /** PortOne's no to this very send, if that was its answer. */
  readonly refused: { readonly message: string | null } | null;
}

/** An order that holds the claim this invocation just wrote. */
interface Claimed {
  readonly order: Order;
  readonly instruction: Instruction;
}

/** What an answer, or a read after it, shows. */
interface Shown {
  readonly records: readonly PaymentRecord[];
  readonly reservations?: readonly ScheduleRecord[];
  readonly isComplete: boolean;
}

/**
 * Sends what these orders claim, all of one kind and customer, in one call. Each is written down by itself, in the order
 * given; what stays in doubt is looked at once.
 */
export async function sendInstructions(
  orders: readonly Order[],
  by: Actor,
  call: Call,
  ports: InstructionPorts,
): Promise<readonly Told[]> {
  const nowMs = ports.clock.nowMs();
  const claimed = orders.flatMap((order) =>
    order.instruction && maySendStill(order.instruction, nowMs)
      ? [{ order, instruction: order.instruction }]
      : [],
  );
  const [first, ...others] = claimed;
  if (!first || !hasTimeToFinish(call)) return orders.map((order) => ({ order, refused: null }));
  const answer = await tell([first, ...others], ports);
  const told: Told[] = [];
  for (const order of orders) {
    const sent = claimed.find((one) => one.order === order);
    // The claim stands: a table that falls silent from here on leaves the outcome open.
    const recorded = sent && (await unlessSilent(record(sent, answer, { by, call }, ports)));
    told.push(recorded ?? { order, refused: null });
  }
  return told;
}

type Sender = { readonly by: Actor; readonly call: Call };

async function record(
  { order, instruction }: Claimed,
  answer: CallResult<Shown>,
  { by, call }: Sender,
  ports: InstructionPorts,
): Promise<Told> {
  // A refusal of a repeated send may be the first send's success talking; only the record can tell.
  const refused =
    answer.outcome === "refused" && instruction.sends === 1 ? { message: answer.message } : null;
  const marked = markInstructionUnknown(order, instruction, refused, stampOf(by, call, ports.clock));
  const isChecked = refused !== null && hasTimeToFinish(call);
  const read = isChecked ? await readAfter(order, instruction, ports) : null;
  const shown = answer.outcome === "done" ? answer.value : read;
  const stamp = stampOf(by, call, ports.clock);
  const next = shown ? decideSync(marked, { ...shown, ...stamp }, ports.policy) : marked;
  const written = await ports.store.update(order, next);
  // The answer is not applied again after a conflict: whoever wrote has looked, or will.
  if (!isOurs(written.order.instruction, instruction.claimToken) || !hasTimeToFinish(call))
    return { order: written.order, refused };
  const { merchantUid } = order;
  const looking = { merchantUid, order: written.order, impUid: null, by, mayMoveMoney: false };
  const looked = await unlessSilent(syncOrder(looking, call, ports));
  return { order: looked && "order" in looked ? looked.order : written.order, refused };
}

/** PortOne's record has the last word on its own no. */
async function readAfter(
  order: Order,
  { kind }: Instruction,
  ports: InstructionPorts,
): Promise<Shown | null> {
  if (kind === "vbank_issue") {
    const found = await ports.gateway.findPayments(order.merchantUid);
    if (found.outcome !== "found") return null;
    // What cannot be read may be the account.
    return { records: found.records, isComplete: (found.unreadable ?? []).length === 0 };
  }
  const read = await readReservations(order, ports.schedules);
  return read.outcome === "found" ? { records: [], reservations: read.records, isComplete: false } : null;
}

async function tell(
  claimed: readonly [Claimed, ...Claimed[]],
  { schedules, charges, noticeUrlFor }: InstructionPorts,
): Promise<CallResult<Shown>> {
  const [{ order, instruction }] = claimed;
  const { kind, wantedAtMs, account } = instruction;
  const names = claimed.map((one) => one.order.merchantUid);
  switch (kind) {
    case "schedule": {
      const drafts = claimed.map((one) => draftOf(one, noticeUrlFor));
      return withReservations(await schedules.schedule(customerOf(order), drafts));
    }
    case "unschedule":
      return withReservations(await schedules.unschedule(customerOf(order), names));
    case "reschedule": {
      const isLive = !isRenewal(order, instruction);
      const moved = await schedules.reschedule(order.merchantUid, wantedAtMs, isLive);
      return withReservations(moved.outcome === "done" ? { ...moved, value: [moved.value] } : moved);
    }
    case "vbank_issue": {
      if (!account) throw new Error(`no bank for an account of ${order.merchantUid}`);
      const { merchantUid, name, amount, currency, buyerName } = order;
      const asked = { merchantUid, name, amount, currency, buyerName, ...account, dueAtMs: wantedAtMs };
      const opened = await charges.issueAccount(asked);
      return opened.outcome === "done"
        ? { outcome: "done", value: { records: [opened.value], isComplete: false } }
        : opened;
    }
  }
}

const withReservations = (result: CallResult<readonly ScheduleRecord[]>): CallResult<Shown> =>
  result.outcome === "done"
    ? { outcome: "done", value: { records: [], reservations: result.value, isComplete: false } }
    : result;

/** Never left out, which would widen what is revoked. */
function customerOf({ merchantUid, reservation }: Order): string {
  if (!reservation) throw new Error(`nothing is reserved for ${merchantUid}`);
  return reservation.customerUid;
}

function draftOf(
  { order, instruction }: Claimed,
  noticeUrlFor: InstructionPorts["noticeUrlFor"],
): ScheduleDraft {
  const { merchantUid, amount, taxFree, currency, name, buyerName, reservation } = order;
  if (!reservation) throw new Error(`nothing is reserved for ${merchantUid}`);
  const { productType } = reservation;
  const scheduledAtMs = instruction.wantedAtMs;
  const noticeUrl = noticeUrlFor(merchantUid);
  return { merchantUid, amount, taxFree, currency, name, buyerName, productType, scheduledAtMs, noticeUrl };
}
