// Makes a failed reservation's charge now: a charge like any other, under the number it always had.
import { claimCharge, newCharge } from "../../domain/charge.ts";
import type { Order } from "../../domain/order.ts";
import { sendNeedsMs } from "../syncing/send-cancel.ts";
import type { ChargeOutcome, ChargePorts } from "./charge-order.ts";
import { sendCharge } from "./send-charge.ts";

export type RetryOutcome = ChargeOutcome | { readonly outcome: "schedule_not_open" };

export async function retrySchedule(
  customerUid: string,
  merchantUid: string,
  timeLeftMs: () => number,
  ports: ChargePorts,
): Promise<RetryOutcome> {
  const order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  if (order.charge?.via === "retry") return { outcome: "pending", order };
  const hasFailed = order.state === "failed" && order.charge === null && order.supersededBy === null;
  if (!hasFailed) return { outcome: "schedule_not_open" };
  const login = await ports.charges.login();
  if (login.outcome === "unavailable") return login;
  if (timeLeftMs() < sendNeedsMs) return { outcome: "unavailable", why: "no time left to send" };
  const nowMs = ports.clock.nowMs();
  const owner = ports.ids.newOwner();
  const facts = {
    via: "retry",
    customerUid,
    productType: "real",
    cardQuota: null,
    customData: null,
    owner,
  } as const;
  const claimed = claimCharge(order, newCharge(facts, nowMs), "merchant", nowMs);
  const written = await ports.store.update(order, claimed);
  const isOurs = written.outcome === "updated" || written.order.charge?.owner === owner;
  const { charge } = written.order;
  if (!isOurs || !charge) return { outcome: "pending", order: written.order };
  return outcomeOf(await sendCharge(written.order, charge, null, "merchant", ports));
}

const outcomeOf = (order: Order): ChargeOutcome => ({
  outcome: order.charge === null && order.chargeResult !== null ? "finished" : "pending",
  order,
});
