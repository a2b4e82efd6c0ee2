// Audit reports, one item a day. The differences are stored as one JSON text: nobody queries inside it.

import {
  type AuditPlace,
  type AuditReport,
  auditParts,
  type Difference,
  differenceKinds,
  firstOrders,
} from "../domain/audit.ts";
import type { AuditStore } from "../ports/table.ts";
import {
  type Item,
  number,
  oneOf,
  present,
  readNumber,
  readOptionalNumber,
  readText,
  text,
  when,
} from "./item.ts";
import { auditKey, dayOfAuditKey } from "./keys.ts";
import { readItems } from "./read-items.ts";
import { readItem, type TableAccess, writeItem } from "./versioned-item.ts";

export const createAuditStore = (access: TableAccess): AuditStore => ({
  async readAudit(day) {
    const item = await readItem(access, text(auditKey(day)));
    return item && { report: decodeAudit(day, item), version: readNumber(item, "version") };
  },

  async readAudits(days) {
    const items = await readItems(access, days.map(auditKey), { isConsistent: true });
    return items.map((item) => decodeAudit(dayOfAuditKey(readText(item, "pk")), item));
  },

  writeAudit: (report, previousVersion) => writeItem(access, encodeAudit(report), previousVersion),
});

export const encodeAudit = (report: AuditReport): Item => ({
  pk: text(auditKey(report.day)),
  from: number(report.fromMs),
  to: number(report.toMs),
  payments: number(report.payments),
  orders: number(report.orders),
  ...when(report.unreadable > 0, { unreadable: number(report.unreadable) }),
  differences: text(JSON.stringify(report.differences)),
  place: text(JSON.stringify(report.place)),
  ...present(report.turnAtMs, (atMs) => ({ turn: number(atMs) })),
});

export const decodeAudit = (day: string, item: Item): AuditReport => ({
  day,
  fromMs: readNumber(item, "from"),
  toMs: readNumber(item, "to"),
  payments: readNumber(item, "payments"),
  orders: readNumber(item, "orders"),
  unreadable: readOptionalNumber(item, "unreadable") ?? 0,
  differences: readDifferences(readText(item, "differences")),
  place: readPlace(readText(item, "place")),
  turnAtMs: readOptionalNumber(item, "turn"),
});

const readDifferences = (json: string): readonly Difference[] =>
  (JSON.parse(json) as readonly Difference[]).map((difference) => ({
    ...difference,
    kind: oneOf(difference.kind, "difference", differenceKinds),
  }));

function readPlace(json: string): AuditPlace {
  const place = JSON.parse(json) as AuditPlace;
  oneOf(place.part, "place", auditParts);
  // Kept when the turn came before the orders, and orders had other days: they are begun anew.
  const isOld =
    (place.part === "orders" && !("daysBefore" in place)) || (place.part === "turn" && "slice" in place);
  return isOld ? firstOrders : place;
}
