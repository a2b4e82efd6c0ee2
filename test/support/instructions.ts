// A reserved order while PortOne is being told something about it, claimed in its fifth minute; and what PortOne shows.
import { claimInstruction, claimMove } from "../../lib/domain/instruction.ts";
import { type Instruction, quietMs } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { reservedOrder, type ScheduleRecord } from "../../lib/domain/schedule.ts";
import { chargedOrder, scheduleRecord } from "./billing-doubles.ts";
import { account, createdAtMs, createdOrder, minuteMs } from "./orders.ts";

export const merchantUid = "ord-20260805-000142";
export const oldMs = createdAtMs + 24 * 60 * minuteMs;
export const newMs = oldMs + 24 * 60 * minuteMs;
export const sentAtMs = createdAtMs + 5 * minuteMs;
export const early = sentAtMs + quietMs - 1;
export const quiet = sentAtMs + quietMs;
export const stamp = { by: "merchant", atMs: sentAtMs } as const;
const facts = {
  customerUid: "cust-7",
  productType: "digital",
  scheduledAtMs: oldMs,
  claimToken: "claim-0",
} as const;

export const confirmed = reservedOrder(chargedOrder(), facts, { by: "merchant", atMs: createdAtMs });
export const scheduling = claimInstruction(
  confirmed,
  { kind: "schedule", wantedAtMs: oldMs, account: null, claimToken: "claim-twin" },
  stamp,
);
export const moving = claimMove(
  confirmed,
  { wantedAtMs: newMs, claimToken: "claim-twin", isLive: true },
  stamp,
);
export const ended = changeOrder(confirmed, { charge: null }, stamp);
export const renewing = claimMove(
  ended,
  { wantedAtMs: newMs, claimToken: "claim-twin", isLive: false },
  stamp,
);
export const revoking = claimInstruction(
  confirmed,
  { kind: "unschedule", wantedAtMs: oldMs, account: null, claimToken: "claim-twin" },
  stamp,
);
export const opening = claimInstruction(
  createdOrder({ isAccountAsked: true }),
  {
    kind: "vbank_issue",
    wantedAtMs: account.dueAtMs,
    account: { bankCode: "088", productType: "real" },
    claimToken: "claim-twin",
  },
  stamp,
);

export const having = (order: Order, more: Partial<Instruction>): Order =>
  changeOrder(order, { instruction: order.instruction && { ...order.instruction, ...more } }, stamp);
export const no = { message: "거절" };
export const paid = (order: Order): Order => ({ ...order, impUid: "imp_1" });
export const toBeVoid = (order: Order): Order => ({ ...order, isVoidWanted: true });

export const at = (scheduledAtMs: number, scheduleStatus = "scheduled"): ScheduleRecord =>
  scheduleRecord(merchantUid, { scheduledAtMs: Math.floor(scheduledAtMs / 1000) * 1000, scheduleStatus });
export const others = [
  scheduleRecord("ord-other", { scheduledAtMs: newMs }),
  scheduleRecord(merchantUid, { scheduledAtMs: newMs, customerUid: "cust-8" }),
];
