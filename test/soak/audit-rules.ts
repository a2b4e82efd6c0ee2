// Holds PortOne's cancels against KSNET's rules, which the simulator is told not to guard: that nothing forbidden was
// sent is the product's own doing. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import { type CancelEntry, isByConsole, type Payment } from "./world.ts";

const hourS = 3_600;
const hourInKorea = ({ cancelled_at }: CancelEntry): number =>
  Math.floor(((cancelled_at + 9 * hourS) % (24 * hourS)) / hourS);
const mostParts = 9;

export const auditRules = (payments: readonly Payment[]): readonly Finding[] =>
  payments.flatMap(auditPayment);

function auditPayment(payment: Payment): readonly Finding[] {
  const { merchant_uid: merchantUid, pay_method: payMethod, amount, cancel_history: history } = payment;
  const broken = (detail: string) => [found("rule_broken", merchantUid, detail)];
  const ours = history.filter((entry) => !isByConsole(entry));
  const atNight = ours.filter((entry) => hourInKorea(entry) >= 23 || hourInKorea(entry) < 6);
  const parts = history.filter((entry) => entry.amount < amount);
  return [
    ...(payMethod === "vbank" && atNight.length > 0 ? broken("an account's was sent at night") : []),
    ...(payMethod === "phone" && ours.some((entry) => entry.amount < amount)
      ? broken("a phone payment's part was sent")
      : []),
    ...(parts.length > mostParts ? broken(`went back in ${parts.length} parts`) : []),
  ];
}
