// Makes a failed reservation's charge now: a charge like any other, under the number it always had.
import { claimCharge } from "../../domain/charge.ts";
import { mayRetry } from "../../domain/schedule.ts";
import type { Call } from "../../ports/environment.ts";
import { claimOnOrder, hasTimeToSend, stampOf } from "../claim.ts";
import { type ChargeOutcome, type ChargePorts, followCharge, sendClaimed } from "./charge-order.ts";

export interface RetrySchedule {
  readonly customerUid: string;
  readonly merchantUid: string;
}

export type RetryOutcome = ChargeOutcome | { readonly outcome: "schedule_not_found" | "schedule_not_open" };

export async function retrySchedule(
  { customerUid, merchantUid }: RetrySchedule,
  call: Call,
  ports: ChargePorts,
): Promise<RetryOutcome> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  const { reservation } = order;
  if (!reservation) return { outcome: "schedule_not_open" };
  if (reservation.customerUid !== customerUid) return { outcome: "schedule_not_found" };
  if (order.charge?.via === "retry") return followCharge(order, call, ports);
  // A move in doubt may be about to run.
  if (order.instruction) return { outcome: "operation_in_flight", operationId: merchantUid };
  if (!mayRetry(order)) return { outcome: "schedule_not_open" };
  const login = await ports.charges.login();
  if (login.outcome === "unavailable") return login;
  if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  const claimToken = ports.ids.newClaimToken();
  const { productType } = reservation;
  const facts = { via: "retry", customerUid, productType, cardQuota: null } as const;
  const wanted = claimCharge(order, facts, claimToken, stampOf("merchant", call, ports.clock));
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);
  if (claimed.outcome === "unreadable") return { outcome: "claim_unreadable", merchantUid };
  const { charge } = claimed.order;
  if (!charge) return { outcome: "busy" };
  if (claimed.outcome === "theirs") return { outcome: "pending", order: claimed.order };
  return sendClaimed({ order: claimed.order, charge, card: null, by: "merchant" }, call, ports);
}
