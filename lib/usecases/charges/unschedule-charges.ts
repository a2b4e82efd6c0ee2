// Revokes charges PortOne was to make by itself, and voids their orders once PortOne has confirmed it.
import type { Order } from "../../domain/order.ts";
import { isReserved, orderShownAs, type ScheduleRecord } from "../../domain/schedule.ts";
import { decideVoid } from "../../domain/voiding.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import type { CallResult, Unavailable } from "../../ports/portone.ts";
import { hasTimeToFinish, hasTimeToSend, stampOf, writeChange } from "../claim.ts";
import { followInstruction, resumeInstructions } from "../syncing/resume-instruction.ts";
import type { InstructionPorts, Told } from "../syncing/send-instruction.ts";

export interface UnschedulePorts extends InstructionPorts {
  readonly pause: Pause;
}

export interface UnscheduleCharges {
  readonly customerUid: string;
  /** Null: all that have not run. */
  readonly merchantUids: readonly string[] | null;
}

export type UnscheduleResult =
  /** `pending`: of those that are shown so, nobody knows yet; the same request tells it later. */
  | { readonly outcome: "unscheduled" | "pending"; readonly schedules: readonly ScheduleRecord[] }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | Unavailable;

const dayMs = 24 * 3_600_000;
/** How far ahead reservations are looked for, in windows PortOne accepts. */
const windowMs = 89 * dayMs;
const windows = 5;

/** An order that waits for it is told to be void first, so that a revocation whose answer is lost is finished by anybody. */
export async function unscheduleCharges(
  { customerUid, merchantUids }: UnscheduleCharges,
  call: Call,
  ports: UnschedulePorts,
): Promise<UnscheduleResult> {
  const listed = await listAll(customerUid, ports);
  if (listed.outcome === "unavailable") return listed;
  const login = await ports.schedules.login();
  if (login.outcome === "unavailable") return login;
  if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  const named = new Set(merchantUids ?? listed.records.map(({ merchantUid }) => merchantUid));
  const wished: Order[] = [];
  const over: ScheduleRecord[] = [];
  const unowned: string[] = [];
  for (const merchantUid of named) {
    const order = await ports.store.read(merchantUid);
    const own = order?.reservation?.customerUid === customerUid ? order : null;
    if (own && isReservedHere(own)) {
      const wish = await writeChange(own, wishVoid(call, ports), ports.store);
      if (wish.outcome === "busy") return { outcome: "unavailable", why: "others are writing an order" };
      // One that cannot be void any more may still be told to PortOne, or be on its way out there.
      if (wish.outcome === "written" || wish.order.instruction !== null) wished.push(wish.order);
    } else if (listed.records.some((record) => record.merchantUid === merchantUid && isReserved(record)))
      unowned.push(merchantUid);
    // Revoked before: whoever names it again is told so.
    else if (own?.state === "voided" && merchantUids !== null) over.push(orderShownAs("revoked", own));
  }
  const told = await revokeAll(wished, call, ports);
  // One that stands was refused, whoever heard it: by this request or by the one it followed.
  const standing = told.find(
    ({ order, refused }) =>
      order.instruction === null && order.state !== "voided" && (isReservedHere(order) || refused !== null),
  );
  if (standing) return { outcome: "provider_refused", message: standing.refused?.message ?? null };
  // No order waits for these, so there is nothing to claim; revoking may be repeated at will.
  const others = await revokeUnowned(customerUid, unowned, ports);
  if (others.outcome !== "done")
    return others.outcome === "refused"
      ? { outcome: "provider_refused", message: others.message }
      : { outcome: "unavailable", why: others.why };
  const schedules = [...told.flatMap(({ order }) => viewOf(order)), ...over, ...others.value];
  const isPending = schedules.some(({ scheduleStatus }) => scheduleStatus === "pending");
  return { outcome: isPending ? "pending" : "unscheduled", schedules };
}

/** PortOne may charge for it, or is being told to or not to. */
const isReservedHere = ({ charge, instruction }: Order): boolean =>
  charge?.state === "scheduled" || instruction !== null;

const wishVoid = (call: Call, ports: UnschedulePorts) => (order: Order) =>
  decideVoid(order, stampOf("merchant", call, ports.clock));

/** What may go out at once goes out in one call; what is in doubt already is cleared up by itself. */
async function revokeAll(
  wished: readonly Order[],
  call: Call,
  ports: UnschedulePorts,
): Promise<readonly Told[]> {
  const isUnsent = ({ instruction }: Order) => instruction?.state === "resend";
  const sent = await resumeInstructions(wished.filter(isUnsent), "merchant", call, ports);
  const told = [...sent];
  for (const order of wished.filter((one) => !isUnsent(one)))
    told.push(
      hasTimeToFinish(call)
        ? await followInstruction(order, "merchant", call, ports)
        : { order, refused: null },
    );
  return told;
}

function viewOf(order: Order): readonly ScheduleRecord[] {
  if (order.instruction) return [orderShownAs("pending", order)];
  return order.state === "voided" ? [orderShownAs("revoked", order)] : [];
}

const revokeUnowned = (
  customerUid: string,
  merchantUids: readonly string[],
  { schedules }: UnschedulePorts,
): Promise<CallResult<readonly ScheduleRecord[]>> =>
  merchantUids.length === 0
    ? Promise.resolve({ outcome: "done", value: [] })
    : schedules.unschedule(customerUid, merchantUids);

/** Whatever has become of them; the future first asked from yesterday on, because what runs just now may run late. */
async function listAll(
  customerUid: string,
  { schedules, clock }: UnschedulePorts,
): Promise<{ readonly outcome: "found"; readonly records: readonly ScheduleRecord[] } | Unavailable> {
  const startMs = clock.nowMs() - dayMs;
  const records: ScheduleRecord[] = [];
  for (let index = 0; index < windows; index += 1) {
    const fromMs = startMs + index * windowMs;
    const listed = await schedules.listSchedules(customerUid, { fromMs, toMs: fromMs + windowMs });
    if (listed.outcome === "unavailable") return listed;
    records.push(...listed.records);
  }
  return { outcome: "found", records };
}
