// Keeps what was sent to the shop and what came back, as PortOne's console lists it.
import type { OutgoingResult } from "./outgoing.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredDelivery } from "./state.ts";

export type DeliveryHead = Omit<StoredDelivery, "n" | "status" | "error" | "ms">;

export function recordDelivery(
  simulator: Simulator,
  head: DeliveryHead,
  result: OutgoingResult,
): StoredDelivery {
  const { status, error, ms } = result;
  const n = simulator.nextNumber("delivery");
  const delivery = { ...head, n, status, error, ms };
  simulator.store.put("deliveries", String(n), delivery);
  return delivery;
}

/** A delivery as the control API shows it; a JSON body as an object, a form as the text it was. */
export function viewDelivery(delivery: StoredDelivery): Record<string, unknown> {
  const isJson = delivery.contentType === "application/json";
  return {
    kind: delivery.kind,
    imp_uid: delivery.impUid,
    merchant_uid: delivery.merchantUid,
    url: delivery.url,
    content_type: delivery.contentType,
    body: isJson ? (JSON.parse(delivery.body) as unknown) : delivery.body,
    attempt: delivery.attempt,
    status: delivery.status,
    error: delivery.error,
    ms: delivery.ms,
    at: new Date(delivery.atMs).toISOString(),
  };
}
