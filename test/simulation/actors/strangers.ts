// Strangers know an order's number, which is public, and their own attempts.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import type { Stage } from "../stage.ts";

const hourMs = 3_600_000;

/** Four notices in a row, of a window nobody knows. */
export async function knock(stage: Stage, merchantUid: string, impUid = "imp_9999"): Promise<void> {
  for (let time = 0; time < 6; time += 1) {
    stage.act("stranger_notice", () => `${impUid} of ${merchantUid}`);
    await stage.shop.invoke("notice", "notice", (ports, call) =>
      receiveNotice(
        { merchantUid, impUid, status: "paid", cancellationId: null, hasToken: false },
        call,
        ports,
      ),
    );
    await stage.sleep(stage.between(0, 20));
  }
}

/** An account of the right amount on somebody else's number: PortOne asks nobody, and tells the console's address. */
export async function openAccount(stage: Stage, merchantUid: string, amount: number): Promise<void> {
  const impUid = stage.portone.openWindow(merchantUid, moneyFromMinorUnits(amount), "vbank");
  if (impUid === null) return;
  if (!stage.portone.openAccount(impUid, stage.scheduler.nowMs() + 20 * hourMs)) return;
  stage.act("stranger_account", () => `${impUid} for ${merchantUid}`);
}
