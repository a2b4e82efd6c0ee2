// People at the shop's side: they cancel in PortOne's console, decide about marked orders, and lift the brake.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { liftGiveBackBrake } from "../../../lib/usecases/orders/lift-brake.ts";
import { type ResolveReview, resolveReview } from "../../../lib/usecases/orders/resolve-review.ts";
import type { Stage } from "../stage.ts";
import { remainingOf } from "../world/payment-history.ts";

export function cancelInConsole(stage: Stage, merchantUid: string): void {
  const paid = stage.portone.paymentsOf(merchantUid).filter((payment) => remainingOf(payment) > 0);
  const holding = paid.filter(({ record }) => record.paidAtMs !== null);
  if (holding.length === 0) return;
  const payment = stage.dice.pick(holding);
  const left = remainingOf(payment);
  const amount = stage.chance(0.5) ? left : Math.max(1, Math.floor(left * stage.dice.next()));
  const { impUid } = payment.record;
  stage.act("console_cancel", () => `${amount} of ${impUid}`);
  stage.portone.consoleCancel(impUid, moneyFromMinorUnits(amount));
}

export async function decide(stage: Stage, merchantUid: string): Promise<void> {
  if (stage.table.brake.value.isOn) {
    stage.sending.operatorActs();
    stage.act("lifts_brake", () => "");
    await stage.shop.invoke("lift", "merchant", (ports, call) => liftGiveBackBrake(call, ports));
  }
  const reason = stage.table.orders.get(merchantUid)?.reviewReason ?? null;
  if (reason === null) return;
  stage.sending.operatorActs();
  const action = stage.dice.pick(["sync", "accept", "give_back", "clear"] as const);
  const impUid = stage.dice.pick(stage.portone.paymentsOf(merchantUid)).record.impUid;
  stage.act(`resolve_${action}`, () => `${impUid} of ${merchantUid}, marked ${reason}`);
  const decision = { merchantUid, note: "확인" };
  // What the buyer told the shop on the telephone.
  const account = stage.chance(0.7)
    ? { holder: "홍길동", bank: "088", number: `220${stage.between(1, 999_999)}`.padEnd(12, "0") }
    : null;
  if (action === "give_back" && account) {
    stage.act("resolve_give_back_to_account", () => merchantUid);
    stage.payingBack.names(merchantUid, account.number);
  }
  const decided = (): ResolveReview => {
    if (action === "accept") return { ...decision, action, impUid };
    return action === "give_back" ? { ...decision, action, account } : { ...decision, action };
  };
  await stage.shop.invoke("resolve", "merchant", (ports, call) => resolveReview(decided(), call, ports));
}
