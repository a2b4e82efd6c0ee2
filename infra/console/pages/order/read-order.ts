// Everything an order's page tells, read at once.
import { ProblemError } from "../../../../lib/client/index.ts";
import type { Backend } from "../../api/backend.ts";
import type { Delivery, Order, Refund } from "../../api/told.ts";
import type { Visit } from "../page.ts";
import type { Sources } from "./timeline.ts";

export async function readOrder(visit: Visit, merchantUid: string): Promise<Sources> {
  const { backend, local } = visit;
  const order = await backend.reading.getOrder(merchantUid);
  const [refunds, delivery, signals, calls, events] = await Promise.all([
    order.attempts.length === 0 ? [] : readRefunds(backend, order),
    order.escrow ? readDelivery(backend, order) : null,
    local?.simulator.signalsOf(merchantUid) ?? [],
    local?.simulator.callsOf(merchantUid) ?? [],
    local?.host.events() ?? [],
  ]);
  const told = events.filter(({ detail }) => detail.merchant_uid === merchantUid);
  return { order, refunds, delivery, signals, calls, events: told };
}

const named = ({ merchant_uid }: Order) => ({ params: { path: { merchant_uid } } });

async function readRefunds({ reading }: Backend, order: Order): Promise<readonly Refund[]> {
  const { data } = await reading.doors.GET("/orders/{merchant_uid}/refunds", named(order));
  return data?.refunds ?? [];
}

async function readDelivery({ reading }: Backend, order: Order): Promise<Delivery | null> {
  try {
    const { data } = await reading.doors.GET("/orders/{merchant_uid}/delivery", named(order));
    return data ?? null;
  } catch (error) {
    if (error instanceof ProblemError && error.code === "delivery_not_found") return null;
    // It is registered, and PortOne shows it later.
    if (error instanceof ProblemError && error.code === "delivery_not_visible_yet") return null;
    throw error;
  }
}
