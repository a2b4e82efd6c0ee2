// Parcels of escrow orders, one item each. What is still to be told PortOne is removed as soon as it was told.

import type { Delivery, DeliveryRecord, DeliveryRequest } from "../domain/delivery.ts";
import { doubtOfDelivery } from "../domain/doubt.ts";
import type { DeliveryStore } from "../ports/delivery.ts";
import { decodeClimb, encodeClimb, encodeDoubt } from "./climb-item.ts";
import { type Item, number, present, readNumber, readOptionalNumber, readText, text } from "./item.ts";
import { deliveryKey } from "./keys.ts";
import { readItem, type TableAccess, writeItem } from "./versioned-item.ts";

export const createDeliveryStore = (access: TableAccess): DeliveryStore => ({
  async readDelivery(merchantUid) {
    const item = await readItem(access, text(deliveryKey(merchantUid)));
    return item && decodeDelivery(merchantUid, item);
  },

  writeDelivery: (previous, next) => writeItem(access, encodeDelivery(next), previous?.version ?? 0),
});

const encodeDelivery = (delivery: Omit<Delivery, "version">): Item => ({
  pk: text(deliveryKey(delivery.merchantUid)),
  imp_uid: text(delivery.impUid),
  ...present(delivery.registered, (record) => ({ registered: { M: encodeRecord(record) } })),
  ...present(delivery.wanted, (request) => ({ wanted: { M: encodeRequest(request) } })),
  ...present(delivery.wantedSinceMs, (atMs) => ({ wanted_at: number(atMs) })),
  ...encodeClimb(delivery),
  ...encodeDoubt(delivery.merchantUid, doubtOfDelivery(delivery)),
});

export const decodeDelivery = (merchantUid: string, item: Item): Delivery => ({
  merchantUid,
  impUid: readText(item, "imp_uid"),
  registered: item["registered"]?.M ? decodeRecord(item["registered"].M) : null,
  wanted: item["wanted"]?.M ? decodeRequest(item["wanted"].M) : null,
  wantedSinceMs: readOptionalNumber(item, "wanted_at"),
  ...decodeClimb(item),
  version: readNumber(item, "version"),
});

const encodeRecord = (record: DeliveryRecord): Item => ({
  company: text(record.company),
  invoice: text(record.invoice),
  sent_at: number(record.sentAtMs),
  applied_at: number(record.appliedAtMs),
});

const decodeRecord = (item: Item): DeliveryRecord => ({
  company: readText(item, "company"),
  invoice: readText(item, "invoice"),
  sentAtMs: readNumber(item, "sent_at"),
  appliedAtMs: readNumber(item, "applied_at"),
});

const encodeRequest = (request: DeliveryRequest): Item => ({
  is_change: { BOOL: request.isChange },
  sender: { M: encodePerson(request.sender) },
  receiver: { M: encodePerson(request.receiver) },
  company: text(request.company),
  invoice: text(request.invoice),
  sent_at: number(request.sentAtMs),
});

const decodeRequest = (item: Item): DeliveryRequest => ({
  isChange: item["is_change"]?.BOOL === true,
  sender: decodePerson(item["sender"]?.M ?? {}),
  receiver: decodePerson(item["receiver"]?.M ?? {}),
  company: readText(item, "company"),
  invoice: readText(item, "invoice"),
  sentAtMs: readNumber(item, "sent_at"),
});

const encodePerson = (person: DeliveryRequest["sender"]): Item =>
  Object.fromEntries(Object.entries(person).map(([name, value]) => [name, text(value)]));

const decodePerson = (item: Item): DeliveryRequest["sender"] =>
  Object.fromEntries(Object.keys(item).map((name) => [name, readText(item, name)]));
