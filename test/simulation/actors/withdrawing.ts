// Shops take back a refund that waits for the morning: soon, or in the very minute in which it runs.
import { identifiers } from "../../../lib/signing/identifiers.ts";
import { withdrawRefund } from "../../../lib/usecases/refunds/withdraw-refund.ts";
import type { Stage } from "../stage.ts";

const minuteS = 60;

export async function withdrawSomeTime(
  stage: Stage,
  named: { readonly merchantUid: string; readonly refundId: string },
  runsAtMs: number,
): Promise<void> {
  const { merchantUid, refundId } = named;
  const untilRunMs = Math.max(0, runsAtMs - stage.scheduler.nowMs());
  const soonMs = stage.between(1, 20 * minuteS);
  await stage.sleep(stage.chance(0.5) ? soonMs : untilRunMs + stage.between(0, 90) - 20_000);
  const tag = identifiers.tag(refundId);
  for (let time = 0; time < 4; time += 1) {
    stage.act("withdraws", () => `${refundId} of ${merchantUid}`);
    const ending = await stage.shop.invoke("withdraw", "merchant", (ports, call) =>
      withdrawRefund(named, call, ports),
    );
    if (ending.ended === "answered" && ending.value.outcome === "withdrawn") {
      stage.act("withdrawn", () => `${refundId} of ${merchantUid}`);
      stage.payingBack.withdrawn(tag);
      const body = JSON.stringify(ending.value.refund);
      const atMs = stage.scheduler.nowMs();
      stage.told.asks(
        "refund",
        merchantUid,
        tag,
      )({ status: 200, isFinal: true, isNothing: true, atMs, body });
      return;
    }
    if (ending.ended === "answered" && ending.value.outcome === "refund_not_scheduled") return;
    await stage.sleep(stage.between(1, 3 * minuteS));
  }
}
