// Shops that have PortOne charge later: they reserve, move, revoke and retry, and repeat what was not answered.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import type { ScheduleRecord } from "../../../lib/domain/schedule.ts";
import { rescheduleCharge } from "../../../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../../../lib/usecases/charges/retry-schedule.ts";
import { scheduleCharges } from "../../../lib/usecases/charges/schedule-charges.ts";
import { unscheduleCharges } from "../../../lib/usecases/charges/unschedule-charges.ts";
import type { ActName } from "../acts.ts";
import type { Ending } from "../engine/invocation.ts";
import type { Stage } from "../stage.ts";
import { type Heard, heard, isOpen, isPast, type Status } from "./hearing.ts";

export interface Reservation {
  readonly customerUid: string;
  readonly merchantUid: string;
  readonly amount: number;
  readonly scheduledAtMs: number;
}

const minuteS = 60;

/** One request under names of its own, so that what the shop hears can be held against what happens. */
async function ask<Value extends { readonly outcome: string }>(
  stage: Stage,
  about: "reservation" | "move",
  [names, merchantUids]: readonly [readonly string[], readonly string[]],
  send: () => Promise<Ending<Value>>,
): Promise<Heard & { readonly ending: Ending<Value> }> {
  const hears = names.map((name, place) => stage.told.asks(about, merchantUids[place] ?? "", name));
  const ending = await send();
  const told = heard(ending);
  stage.shop.world.tell(() => `the shop hears ${told.status} about ${names.join(", ")}`);
  for (const [place, hear] of hears.entries())
    hear({ ...ofNumber(told, ending, merchantUids[place]), body: "", atMs: stage.scheduler.nowMs() });
  return { ...told, ending };
}

/** What an answer about several says of one of them: a number shown as revoked was refused, or taken back since. */
function ofNumber(told: Heard, ending: Ending<object>, merchantUid: string | undefined): Heard {
  if (ending.ended !== "answered" || !("schedules" in ending.value)) return told;
  const shown = (ending.value.schedules as readonly ScheduleRecord[]).find(
    (record) => record.merchantUid === merchantUid,
  );
  return shown?.scheduleStatus === "revoked" ? { status: 202, isFinal: false } : told;
}

const factsOf = (amount: number) => ({
  calls: ["key_charge" as const],
  card: null,
  productType: "digital",
  buyerName: "홍길동",
  amount: moneyFromMinorUnits(amount),
  taxFree: moneyFromMinorUnits(0),
  currency: "KRW",
  cardQuota: null,
  dueAtMs: null,
  asksBillingKey: false,
});

export async function reserve(stage: Stage, batch: readonly Reservation[]): Promise<Status> {
  const customerUid = batch[0]?.customerUid ?? "";
  if (batch.some(({ scheduledAtMs }) => scheduledAtMs <= stage.scheduler.nowMs())) return isPast.status;
  const uids = batch.map(({ merchantUid }) => merchantUid);
  const names = uids.map((merchantUid) => `reservation ${merchantUid}`);
  for (const name of names) stage.repeats.set(name, () => reserve(stage, batch));
  const charges = batch.map(({ merchantUid, amount, scheduledAtMs }) => ({
    order: {
      merchantUid,
      amount: moneyFromMinorUnits(amount),
      taxFree: moneyFromMinorUnits(0),
      currency: "KRW" as const,
      name: "정기구독 9월",
      buyerName: "홍길동",
      bodyHash: `body ${merchantUid}`,
    },
    productType: "digital" as const,
    scheduledAtMs,
    facts: factsOf(amount),
  }));
  const { status } = await ask(stage, "reservation", [names, uids], () =>
    stage.shop.invoke("reserve", "merchant", (ports, call) =>
      scheduleCharges({ customerUid, charges }, call, ports),
    ),
  );
  return status;
}

export async function move(stage: Stage, reservation: Reservation, scheduledAtMs: number): Promise<Status> {
  const { customerUid, merchantUid } = reservation;
  const atMs = Math.floor(scheduledAtMs / 1_000) * 1_000;
  if (atMs <= stage.scheduler.nowMs()) return isPast.status;
  const name = `move ${merchantUid} ${atMs}`;
  stage.repeats.set(name, () => move(stage, reservation, scheduledAtMs));
  const { status } = await ask(stage, "move", [[name], [merchantUid]], () =>
    stage.shop.invoke("move", "merchant", (ports, call) =>
      rescheduleCharge({ customerUid, merchantUid, scheduledAtMs: atMs }, call, ports),
    ),
  );
  return status;
}

/** Null: whatever of the customer's has not run. */
export async function revoke(
  stage: Stage,
  customerUid: string,
  merchantUids: readonly string[] | null,
): Promise<Status> {
  // Of a number that is not reserved yet there is nothing to revoke.
  const known = merchantUids?.filter((merchantUid) => stage.table.orders.has(merchantUid));
  const ending = await stage.shop.invoke("revoke", "merchant", (ports, call) =>
    unscheduleCharges({ customerUid, merchantUids }, call, ports),
  );
  const { status } = heard(ending);
  stage.shop.world.tell(() => `the shop hears ${status} about revoking ${merchantUids ?? "all"}`);
  if (status === 200) {
    const listed = listedIn(ending);
    const all = listed.map(({ merchantUid }) => merchantUid);
    const revoked = listed.filter(({ scheduleStatus }) => scheduleStatus === "revoked");
    stage.reserved.toldRevoked(
      known ?? all,
      revoked.map(({ merchantUid }) => merchantUid),
    );
  }
  return status;
}

type Listed = Pick<ScheduleRecord, "merchantUid" | "scheduleStatus">;

const listedIn = (ending: Ending<unknown>): readonly Listed[] => {
  const value = ending.ended === "answered" ? ending.value : null;
  const { schedules = [] } = (value ?? {}) as { readonly schedules?: readonly Listed[] };
  return schedules;
};

export async function retry(
  stage: Stage,
  { customerUid, merchantUid }: Omit<Reservation, "scheduledAtMs" | "amount">,
): Promise<Status> {
  const hears = stage.reserved.asksRetry(merchantUid);
  const ending = await stage.shop.invoke("retry", "merchant", (ports, call) =>
    retrySchedule({ customerUid, merchantUid }, call, ports),
  );
  if (ending.ended !== "answered" || ending.value.outcome !== "finished") {
    const { status } = heard(ending);
    stage.shop.world.tell(() => `the shop hears ${status} about retrying ${merchantUid}`);
    return status;
  }
  const { chargeResult } = ending.value.order;
  const status = chargeResult?.status === "paid" ? 201 : 402;
  stage.shop.world.tell(() => `the shop hears ${status} about retrying ${merchantUid}`);
  hears(status, chargeResult?.impUid ?? null);
  return status;
}

/** Again, until there is an answer to live with; sometimes twice at once. */
export async function insist(stage: Stage, act: ActName, send: () => Promise<Status>): Promise<Status> {
  stage.act(act, () => "");
  const isTwin = stage.chance(0.3);
  if (isTwin) stage.act("instructs_at_once", () => act);
  const twin = isTwin ? stage.sleep(stage.between(0, 0.3)).then(send) : null;
  let status = await send();
  await twin;
  for (let time = 0; time < 4 && isOpen(status); time += 1) {
    if (stage.chance(0.15)) return status;
    await stage.sleep(stage.chance(0.6) ? stage.between(1, 90) : stage.between(2 * minuteS, 15 * minuteS));
    stage.act("instruction_repeated", () => act);
    status = await send();
  }
  return status;
}
