// The body of an escrow order's parcel.
import * as z from "zod/mini";
import type { DeliveryRequest } from "../../domain/delivery.ts";
import type { Fields } from "../body.ts";
import { instant, merchantUid, parseFields, requiredText, text } from "../fields.ts";

/** PortOne's courier codes; a company that is not among them is ETC. */
const couriers = [
  "HYUNDAI",
  "HANARO",
  "SAGAWA",
  "KGB",
  "YELLOWCAP",
  "DONGBU",
  "EPOST",
  "CJGLS",
  "HANJIN",
  "DAESIN",
  "ETC",
];
const person = {
  name: requiredText(20),
  tel: requiredText(20),
  addr: requiredText(200),
  postcode: requiredText(8),
};
export const parcel = z.strictObject({
  merchant_uid: merchantUid,
  sender: z.strictObject({ ...person, relationship: z.optional(text(20)) }),
  receiver: z.strictObject(person),
  logis: z.strictObject({
    company: z.enum(couriers, `택배사 코드(${couriers.join(", ")})여야 합니다.`),
    invoice: requiredText(30),
    sent_at: instant,
  }),
});

/** Throws invalid_field. */
export function parseDelivery(
  fields: Fields,
  isChange: boolean,
): DeliveryRequest & { readonly merchantUid: string } {
  const { merchant_uid, sender, receiver, logis } = parseFields(parcel, fields);
  const { company, invoice, sent_at } = logis;
  return {
    merchantUid: merchant_uid,
    isChange,
    sender: withoutUndefined(sender),
    receiver,
    company,
    invoice,
    sentAtMs: Date.parse(sent_at),
  };
}

const withoutUndefined = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
