// Strangers know an order's number, which is public, and their own attempts.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { confirmPayment } from "../../../lib/usecases/payments/confirm-payment.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import type { Stage } from "../stage.ts";

const hourMs = 3_600_000;

/** Four notices in a row, of a window nobody knows. */
export async function knock(stage: Stage, merchantUid: string, impUid = "imp_9999"): Promise<void> {
  for (let time = 0; time < 6; time += 1) {
    stage.act("stranger_notice", () => `${impUid} of ${merchantUid}`);
    await stage.shop.invoke("notice", "notice", (ports, call) =>
      receiveNotice(
        { merchantUid, impUid, status: "paid", cancellationId: null, hasToken: false, isPortOne: false },
        call,
        ports,
      ),
    );
    await stage.sleep(stage.between(0, 20));
  }
}

const callsDeadlineMs = 2_500;

/** Whoever has the order's token, which the buyer's page holds, asks for attempts that PortOne does not know. */
export async function makeUpAttempt(stage: Stage, merchantUid: string, amount: number): Promise<void> {
  for (let time = 0; time < 4; time += 1) {
    const impUid = `imp_8${time}`;
    stage.act("stranger_confirm", () => `${impUid} for ${merchantUid}`);
    const deadline = new AbortController();
    stage.scheduler.wakeAt(stage.scheduler.nowMs() + callsDeadlineMs, () => deadline.abort());
    const question = { merchantUid, impUid, amount, hasToken: true, isPortOne: false };
    await stage.shop.invoke("confirm", "confirm", (ports) =>
      confirmPayment(question, ports, deadline.signal),
    );
    await stage.sleep(stage.between(0, 90));
  }
}

/** An account of the right amount on somebody else's number: PortOne asks nobody, and tells the console's address. */
export async function openAccount(stage: Stage, merchantUid: string, amount: number): Promise<void> {
  const impUid = stage.portone.openWindow(merchantUid, moneyFromMinorUnits(amount), "vbank");
  if (impUid === null) return;
  if (!stage.portone.openAccount(impUid, stage.scheduler.nowMs() + 20 * hourMs)) return;
  stage.act("stranger_account", () => `${impUid} for ${merchantUid}`);
}
