// Holds the virtual accounts that are open at PortOne against their orders: into none may be paid whose order is paid,
// void or over, each is known to its order, and what the buyer was told is what stands. Imports nothing of the product.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  attemptsOf,
  fields,
  isAccountOpen,
  numberOf,
  ordersByNumber,
  ordersIn,
  type Payment,
  text,
} from "./world.ts";

/** An order that waits for a deposit; whoever pays into an account of any other must be given the money back. */
const waiting = "awaiting_deposit";

export function auditAccounts(
  items: readonly Item[],
  payments: readonly Payment[],
  nowMs: number,
): readonly Finding[] {
  const orders = ordersByNumber(items);
  const open = payments.filter((payment) => isAccountOpen(payment, nowMs));
  return [
    ...open.flatMap((payment) => auditAccount(orders.get(payment.merchant_uid), payment)),
    ...ordersIn(items).flatMap((order) => auditWaiting(order, open)),
  ];
}

function auditAccount(order: Item | undefined, payment: Payment): readonly Finding[] {
  const { imp_uid: impUid, merchant_uid: merchantUid } = payment;
  if (!order) return [found("account_unknown", merchantUid, `${impUid} is open, and nobody ordered`)];
  const attempt = attemptsOf(order).find(({ imp_uid }) => imp_uid === impUid);
  const isOver = text(order["state"]) !== waiting || order["superseded_by"] !== undefined;
  if (isOver)
    return [found("account_open", merchantUid, `${impUid} is open, and the order ${order["state"]}`)];
  if (!attempt)
    return [found("account_unknown", merchantUid, `${impUid} is open, and its order knows nothing`)];
  if (attempt.state !== "ready")
    return [found("account_differs", merchantUid, `${impUid} is open, and ${attempt.state} here`)];
  const account = fields(attempt.item["account"]);
  const isSame = account["num"] === payment.vbank_num && account["due"] === payment.vbank_date * 1000;
  return isSame ? [] : [found("account_differs", merchantUid, `${impUid} is another account at PortOne`)];
}

/** A buyer who is shown an account must be able to pay into it. */
function auditWaiting(order: Item, open: readonly Payment[]): readonly Finding[] {
  const known = attemptsOf(order).filter(({ state }) => state === "ready");
  const isLive = known.some(({ imp_uid }) => open.some((payment) => payment.imp_uid === imp_uid));
  return text(order["state"]) === waiting && !isLive
    ? [found("account_differs", numberOf(order), "waits for a deposit, and no account is open")]
    : [];
}
