import { claimCancel } from "../../../lib/domain/cancel.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { createDice } from "../../soak/random.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../../support/orders.ts";
import { BrakeCheck } from "../checks/brake.ts";
import { LookingCheck } from "../checks/looking.ts";
import { OwedCheck } from "../checks/owed.ts";
import { PayingBackCheck } from "../checks/paying-back.ts";
import { ReservedCheck } from "../checks/reserved.ts";
import { RestCheck } from "../checks/rest.ts";
import { SendingCheck } from "../checks/sending.ts";
import { ToldCheck } from "../checks/told.ts";
import { WritingCheck } from "../checks/writing.ts";
import { Weather } from "../engine/fates.ts";
import { Invocation } from "../engine/invocation.ts";
import { Scheduler } from "../engine/scheduler.ts";
import { type FindingKind, Findings } from "../findings.ts";
import { Billing } from "../world/billing.ts";
import { PortOne } from "../world/portone.ts";
import { Table } from "../world/table.ts";

export const merchantUid = "ord-20260805-000142";
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const stamp = { by: "merchant", atMs: createdAtMs + 3 * minuteMs } as const;

/** Nobody makes a reservation run, and nobody hears of anything. */
export const nothingRuns = {
  at: () => {},
  declines: () => false,
  lateByMs: () => 0,
  reserved: () => {},
  moved: () => {},
  revoked: () => {},
  retried: () => {},
  ran: () => {},
};

/** A world in which nothing happens by itself, and everybody who checks it. */
export function stand() {
  const findings = new Findings(() => {});
  const time = { nowMs: createdAtMs + 3 * minuteMs };
  const nowMs = () => time.nowMs;
  const table = new Table(nowMs, { wrote: () => {}, wroteBrake: () => {} });
  const portone = new PortOne(
    nowMs,
    { checksumAt: "commit", partialShowsAs: "cancelled" },
    {
      declined: () => {},
      paid: () => {},
      cancelled: () => {},
      receiptCancelled: () => {},
      accountOpened: () => {},
    },
  );
  const billing = new Billing(portone, nowMs, { renewalsStandBeside: false }, nothingRuns);
  const sending = new SendingCheck(findings, nowMs);
  const owed = new OwedCheck(findings, nowMs, 2 * minuteMs);
  return {
    findings,
    time,
    table,
    portone,
    billing,
    sending,
    owed,
    writing: new WritingCheck(
      findings,
      () => table,
      () => portone,
    ),
    brake: new BrakeCheck(findings, nowMs, () => table.orders, 1),
    looking: new LookingCheck(findings, nowMs, () => table),
    rest: new RestCheck(findings, portone, table.orders, sending),
    told: new ToldCheck(findings),
    payingBack: new PayingBackCheck(findings, nowMs),
    reserved: new ReservedCheck(findings, nowMs, () => ({ portone, billing, orders: table.orders })),
  };
}
export type Stand = ReturnType<typeof stand>;

export const paid = (impUid = "imp_0001"): Order =>
  synced(approvedOrder(createdOrder(), impUid), [paymentRecord({ impUid })]);

export function refunding(order = paid()): Order {
  const claim = {
    id: "rf_1",
    kind: "refund" as const,
    impUid: order.impUid ?? "",
    amount: won(20_000),
    taxFree: won(550),
    checksum: won(109_000),
    tag: "#k7q2m5xwa",
    reason: null,
    requester: null,
    bodyHash: "hash",
    account: null,
    scheduledAtMs: null,
    claimToken: "refund-1/1",
  };
  return claimCancel(order, claim, stamp);
}

export const cancelRequest = (impUid = "imp_0001") => ({
  impUid,
  amount: won(20_000),
  taxFree: won(550),
  checksum: won(109_000),
  currency: "KRW" as const,
  reason: "#k7q2m5xwa 단순 변심",
  requester: null,
  account: null,
});
export const sentCancel = { call: "cancel", request: cancelRequest() } as const;
export const sentCharge = { call: "charge", merchantUid, amount: won(109_000) } as const;
export const entry = { cancellationId: "c-1", amount: won(20_000), atMs: createdAtMs, reason: "#k7q2m5xwa" };

/** PortOne took the order's money. */
export function take({ portone }: Stand, amount = 109_000): string {
  const impUid = portone.openWindow(merchantUid, won(amount), "card");
  if (impUid === null) throw new Error("no window");
  portone.take(impUid);
  return impUid;
}

export const put = ({ table }: Stand, order: Order): void => {
  table.orders.set(order.merchantUid, order);
};

export function invocation(name: string): Invocation {
  const weather = new Weather(createDice(1), { rate: 0, favourites: [], refusesFalsely: false });
  const machine = { scheduler: new Scheduler(createdAtMs + 3 * minuteMs), weather, tell: () => {} };
  return new Invocation(name, 29_000, null, "request-1", machine);
}
export const answered = (value: unknown = null) => ({ ended: "answered", value }) as const;

export type Case = readonly [what: string, kind: FindingKind, show: (stand: Stand) => void];
