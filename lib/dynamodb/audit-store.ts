// Audit reports, one item a day. The differences are stored as one JSON text: nobody queries inside it.

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { AuditPlace, AuditReport, Difference } from "../domain/audit.ts";
import type { AuditStore } from "../ports/table.ts";
import { type Item, number, readNumber, readText, text } from "./item.ts";
import { readItem, writeItem } from "./versioned-item.ts";

const keyOf = (day: string) => text(`audit#${day}`);

export const createAuditStore = (client: DynamoDBClient, table: string): AuditStore => ({
  async readAudit(day) {
    const item = await readItem({ client, table }, keyOf(day));
    return item && { report: decodeAudit(day, item), version: readNumber(item, "version") };
  },

  writeAudit: (report, previousVersion) => writeItem({ client, table }, encodeAudit(report), previousVersion),
});

const encodeAudit = (report: AuditReport): Item => ({
  pk: keyOf(report.day),
  from: number(report.fromMs),
  to: number(report.toMs),
  payments: number(report.payments),
  orders: number(report.orders),
  differences: text(JSON.stringify(report.differences)),
  place: text(JSON.stringify(report.place)),
});

const decodeAudit = (day: string, item: Item): AuditReport => ({
  day,
  fromMs: readNumber(item, "from"),
  toMs: readNumber(item, "to"),
  payments: readNumber(item, "payments"),
  orders: readNumber(item, "orders"),
  differences: JSON.parse(readText(item, "differences")) as readonly Difference[],
  place: JSON.parse(readText(item, "place")) as AuditPlace,
});
