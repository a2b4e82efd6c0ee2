// The bus calls this with each event of an order, where the shop wants to be told: one signed POST. Anything but a 2xx
// fails the invocation, so that Lambda tries again and the queue keeps what never arrived.

import { wireDeliver } from "../lib/deliver-wiring.ts";
import { eventEndpoint } from "../lib/http/event-endpoint.ts";

const wiring = wireDeliver();

export const { prime } = wiring;
export const handler = eventEndpoint(wiring, async ({ type, detail }) => {
  const { event_id: id, merchant_uid, occurred_at } = detail;
  const startedAtMs = wiring.clock.nowMs();
  const answer = await wiring.deliver(id, JSON.stringify({ type, timestamp: occurred_at, data: detail }));
  const said = answer.outcome === "answered" ? String(answer.status) : answer.why;
  if (answer.outcome !== "answered" || answer.status < 200 || answer.status > 299)
    throw new Error(`${type} ${id}: the shop answered ${said}`);
  const ms = wiring.clock.nowMs() - startedAtMs;
  wiring.log.info({ event: "delivered", event_id: id, type, merchant_uid, ms });
  return { delivered: id, status: answer.status };
});
