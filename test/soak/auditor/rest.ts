// Once the faults have stopped and time has passed, every order rests: nothing due, nothing in flight, nothing
// wished for, and no person needed but where the plan made it so.
import type { Case, Finding } from "./facts.ts";
import { isWithPerson } from "./money.ts";

const restingStates = ["paid", "partially_refunded", "refunded", "failed", "expired", "voided"];

export function checkRest(order: Case): readonly Finding[] {
  const { item, plan } = order;
  const { merchantUid } = plan;
  const open = [
    ...item.owed,
    ...(restingStates.includes(item.state) ? [] : [`state ${item.state}`]),
    ...item.attempts
      .filter(({ giveBack }) => giveBack === "wanted" || giveBack === "scheduled")
      .map(({ impUid, giveBack }) => `give-back of ${impUid} ${giveBack}`),
    ...item.attempts.filter(({ isRevoking }) => isRevoking).map(({ impUid }) => `revoking ${impUid}`),
    ...unwanted(order).map((impUid) => `${impUid} holds money nobody gives back`),
  ];
  const isNeedless = item.reviewReason !== null && !isWithPerson(order);
  return [
    ...(open.length > 0 ? [{ kind: "unresolved" as const, merchantUid, what: open.join(", ") }] : []),
    ...(isNeedless
      ? [{ kind: "needless_review" as const, merchantUid, what: `waits for a person: ${item.reviewReason}` }]
      : []),
  ];
}

function unwanted(order: Case): readonly string[] {
  const { item, taken } = order;
  if (isWithPerson(order)) return [];
  return item.attempts
    .filter(({ impUid, state }) => state === "paid" && impUid !== item.impUid)
    .filter(({ impUid }) => {
      const payment = taken.find(({ imp_uid }) => imp_uid === impUid);
      return payment !== undefined && payment.amount > payment.cancel_amount;
    })
    .map(({ impUid }) => impUid);
}
