// An event as the local host tells it to the console.
import type { ShopEvent } from "../../infra/console/api/host.ts";

export const shopEvent = (n: number, detail_type: string, more: Partial<ShopEvent> = {}): ShopEvent => ({
  detail_type,
  detail: {
    event_id: `ord-1#${n}`,
    merchant_uid: "ord-1",
    state: "paid",
    previous: "approved",
    occurred_at: new Date(Date.parse("2026-08-05T03:00:00Z") + n * 1_000).toISOString(),
    late: false,
    review_reason: null,
  },
  delivered: null,
  ...more,
});
