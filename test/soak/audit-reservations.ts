// Holds PortOne's reservations against the table: nothing stands there that its order is not waiting for, and no order
// that is over was charged by one. Imports nothing of the product. Pure.
import { type Finding, found as finding } from "./findings.ts";
import type { Item } from "./table.ts";
import type { Payment, Reservation } from "./world.ts";

export function auditReservations(
  items: readonly Item[],
  payments: readonly Payment[],
  reservations: readonly Reservation[],
): readonly Finding[] {
  const orders = new Map(items.map((item) => [item["pk"], item]));
  const attempts = new Map(payments.map((payment) => [payment.imp_uid, payment]));
  return reservations.flatMap((reservation): readonly Finding[] => {
    const { merchant_uid: merchantUid, schedule_status: status, imp_uid: impUid } = reservation;
    const order = orders.get(`order#${merchantUid}`);
    const found = (kind: Finding["kind"], detail: string) => [finding(kind, merchantUid, detail)];
    if (!order) return found("lost", "is reserved, and has no order");
    if (status === "scheduled" && (isOver(order) || order["charge"] === undefined))
      return found("reservation_left", `stands, and its order is ${order["state"]}`);
    const payment = impUid === null ? undefined : attempts.get(impUid);
    if (payment && payment.paid_at > 0 && isOver(order))
      return found("charged_closed", `${impUid} charged an order that is ${order["state"]}`);
    return [];
  });
}

const isOver = (order: Item): boolean => order["state"] === "voided" || order["superseded_by"] !== undefined;
