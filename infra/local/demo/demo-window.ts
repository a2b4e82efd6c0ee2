// An order that waits to be paid by hand: made after the demo, with its payment window open in the simulator. The
// window is a phone's, so that the buyer lands on the result page.
import type { Ready } from "../processes/local-run.ts";
import { demoMerchantUid } from "./demo.ts";
import { demoOrder } from "./demo-steps.ts";
import { type Json, send } from "./demo-timeline.ts";

export interface WaitingWindow {
  readonly merchantUid: string;
  /** Its name under the simulator's levers. */
  readonly window: string;
  /** Open it in a browser and be the buyer. */
  readonly page: string;
}

/** Null when the shop or the simulator refuses it; the run is as good without. */
export async function openWaitingWindow(run: Ready, nowMs: number): Promise<WaitingWindow | null> {
  const merchantUid = `${demoMerchantUid(nowMs)}-open`;
  const created = await send({
    method: "POST",
    base: run.gateway,
    path: "/orders",
    key: run.merchantKey,
    body: demoOrder(merchantUid),
  });
  const body: Json = { request_pay: created.body["request_pay"], device: "mobile" };
  if (created.status !== 201) return null;
  const path = "/_control/window";
  const opened = await send({ method: "POST", base: run.simulator, path, body });
  const { page, window } = opened.body;
  return typeof page === "string" ? { merchantUid, window: String(window), page } : null;
}
