// PortOne's own calls to the shop: it asks before it takes money, and tells what changed, or fails to.
import { confirmPayment } from "../../../lib/usecases/payments/confirm-payment.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import { mustNotRefuse } from "../checks/answers.ts";
import type { Stage } from "../stage.ts";

/** PortOne waits this long for a yes. */
const confirmLimitMs = 10_000;
/** The door's own deadline over its calls. */
const callsDeadlineMs = 2_500;

export async function askConfirm(
  stage: Stage,
  merchantUid: string,
  impUid: string,
  amount: number,
): Promise<boolean> {
  stage.act("confirm", () => `may ${impUid} pay ${amount} for ${merchantUid}?`);
  const deadline = new AbortController();
  const { scheduler } = stage;
  scheduler.wakeAt(scheduler.nowMs() + callsDeadlineMs, () => deadline.abort());
  const from = { hasToken: true, isPortOne: stage.nature.callsFromKnown };
  const asked = stage.shop.invoke("confirm", "confirm", (ports) =>
    confirmPayment({ merchantUid, impUid, amount, ...from }, ports, deadline.signal),
  );
  const answer = await Promise.race([asked, stage.sleep(confirmLimitMs)]);
  if (answer?.ended !== "answered") return false;
  const { value } = answer;
  if (value.outcome === "refused" && value.refusal === "order_not_payable")
    mustNotRefuse(stage.table.orders.get(merchantUid), stage.portone, stage.findings);
  return value.outcome === "approved" || value.outcome === "already_approved";
}

/** A decline that was none: soon after, while whoever was told it must still wait, or long after. */
export async function mayApproveLate(stage: Stage, impUid: string): Promise<void> {
  if (stage.shop.world.weather.isOver || !stage.chance(stage.nature.approvesLate)) return;
  await stage.sleep(stage.chance(0.5) ? stage.between(1, 8.5 * 60) : stage.between(11 * 60, 40 * 60));
  if (stage.portone.approveLate(impUid)) stage.act("is_approved_late", () => impUid);
}

export interface News {
  readonly merchantUid: string;
  readonly impUid: string;
  readonly status: string;
  readonly cancellationId: string | null;
}

/** A notice on its way: lost, late, doubled, or simply delivered. */
export async function tell(stage: Stage, news: News): Promise<void> {
  const { weather } = stage.shop.world;
  if (weather.strikes("notice_lost", 4)) return;
  const times = weather.strikes("notice_doubled", 2) ? 2 : 1;
  const delayMs = weather.strikes("notice_late", 2) ? stage.between(30, 3_600) : stage.between(0, 3);
  for (let time = 0; time < times; time += 1) {
    await stage.sleep(time === 0 ? delayMs : stage.between(0, 90));
    stage.act("notice", () => `${news.impUid} is ${news.status}`);
    void stage.shop.invoke("notice", "notice", (ports, call) =>
      receiveNotice({ ...news, hasToken: true, isPortOne: stage.nature.callsFromKnown }, call, ports),
    );
  }
}
