// Buyers: they open a window, pay in it or leave it, come back or not, and sometimes open a second one.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { completePayment } from "../../../lib/usecases/payments/complete-payment.ts";
import type { Stage } from "../stage.ts";
import { askConfirm, mayApproveLate } from "./portone.ts";

export interface Visit {
  readonly merchantUid: string;
  readonly amount: number;
  readonly method: "card" | "vbank" | "trans";
  readonly what: "first" | "second" | "forged";
}

const hourS = 3_600;
const minuteS = 60;

export async function visit(stage: Stage, { merchantUid, amount, method, what }: Visit): Promise<void> {
  const asked = what === "forged" ? amount - 1_000 : amount;
  const impUid = stage.portone.openWindow(merchantUid, moneyFromMinorUnits(asked), method);
  if (impUid === null) return;
  stage.act(
    what === "second" ? "opens_second_window" : "opens_window",
    () => `${impUid} for ${merchantUid}, ${asked}`,
  );
  if (stage.chance(0.12)) return stage.act("leaves_window", () => impUid);
  await stage.sleep(
    stage.chance(0.8) ? stage.between(5, 4 * minuteS) : stage.between(4 * minuteS, 29 * minuteS),
  );
  if (method === "vbank") return payByAccount(stage, merchantUid, impUid, asked);
  if (!stage.portone.isWindowOpen(impUid)) return;
  if (stage.nature.isConfirming && !(await askConfirm(stage, merchantUid, impUid, asked))) {
    stage.portone.decline(impUid, "confirm");
    return;
  }
  await stage.sleep(stage.between(1, 25));
  if (stage.chance(stage.nature.declines)) {
    stage.act("is_declined", () => impUid);
    stage.portone.decline(impUid, "한도초과");
    void mayApproveLate(stage, impUid);
    return comeBack(stage, merchantUid, impUid);
  }
  takeMoney(stage, merchantUid, impUid, what);
  await comeBack(stage, merchantUid, impUid);
}

function takeMoney(stage: Stage, merchantUid: string, impUid: string, what: Visit["what"]): void {
  const isSecond = stage.portone.paymentsOf(merchantUid).some(({ record }) => record.paidAtMs !== null);
  const isEscrow = stage.chance(0.03);
  if (!stage.portone.take(impUid, isEscrow)) return;
  if (isEscrow) stage.act("pays_in_escrow_unasked", () => `${impUid} for ${merchantUid}`);
  const act = what === "forged" ? "pays_wrong_amount" : isSecond ? "pays_a_second_time" : "pays";
  stage.act(act, () => `${impUid} for ${merchantUid}`);
}

async function payByAccount(
  stage: Stage,
  merchantUid: string,
  impUid: string,
  amount: number,
): Promise<void> {
  const { isConfirming, confirmsAccounts } = stage.nature;
  if (!stage.portone.isWindowOpen(impUid)) return;
  if (isConfirming && confirmsAccounts && !(await askConfirm(stage, merchantUid, impUid, amount)))
    return stage.portone.decline(impUid, "confirm");
  const dueAtMs = stage.scheduler.nowMs() + stage.between(2 * hourS, 30 * hourS);
  if (!stage.portone.openAccount(impUid, dueAtMs)) return;
  stage.act("opens_account", () => `${impUid} for ${merchantUid}`);
  await comeBack(stage, merchantUid, impUid);
  if (stage.chance(0.4)) return;
  await stage.sleep(stage.chance(0.85) ? stage.between(20, 45 * minuteS) : stage.between(hourS, 26 * hourS));
  const isSecond = stage.portone.paymentsOf(merchantUid).some(({ record }) => record.paidAtMs !== null);
  if (!stage.portone.take(impUid)) return;
  stage.act("deposits", () => `${impUid} for ${merchantUid}`);
  if (isSecond) stage.act("pays_a_second_time", () => impUid);
}

/** The browser tells the shop, or is closed before it can. */
async function comeBack(stage: Stage, merchantUid: string, impUid: string): Promise<void> {
  if (stage.chance(0.35)) return;
  await stage.sleep(stage.between(0, 6));
  stage.act("returns", () => `${impUid} for ${merchantUid}`);
  const from = { hasToken: stage.chance(0.3), isPortOne: false };
  await stage.shop.invoke("complete", "complete", (ports, call) =>
    completePayment({ merchantUid, impUid, ...from }, call, ports),
  );
}
