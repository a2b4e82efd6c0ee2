// What PortOne is being told to do later, and what was reserved, as maps inside their order's item.
import {
  type Charge,
  type Instruction,
  instructionKinds,
  instructionStates,
  productTypes,
  type Reservation,
} from "../domain/operation.ts";
import { type Item, number, present, readNumber, readOneOf, readText, text } from "./item.ts";

export const encodeInstruction = (instruction: Instruction): Item => ({
  kind: text(instruction.kind),
  state: text(instruction.state),
  wanted_at: number(instruction.wantedAtMs),
  claim: text(instruction.claimToken),
  sends: number(instruction.sends),
  sent_at: number(instruction.sentAtMs),
  since: number(instruction.sinceMs),
  ...present(instruction.account, ({ bankCode, productType }) => ({
    bank_code: text(bankCode),
    product_type: text(productType),
  })),
  ...present(instruction.refused, ({ message }) => ({ refused: text(message ?? "") })),
});

export const decodeInstruction = (item: Item): Instruction => ({
  kind: readOneOf(item, "kind", instructionKinds),
  state: readOneOf(item, "state", instructionStates),
  wantedAtMs: readNumber(item, "wanted_at"),
  account:
    item["bank_code"]?.S === undefined
      ? null
      : { bankCode: item["bank_code"].S, productType: readOneOf(item, "product_type", productTypes) },
  refused: item["refused"]?.S === undefined ? null : { message: item["refused"].S || null },
  claimToken: readText(item, "claim"),
  sends: readNumber(item, "sends"),
  sentAtMs: readNumber(item, "sent_at"),
  sinceMs: readNumber(item, "since"),
});

export const encodeReservation = (reservation: Reservation): Item => ({
  customer_uid: text(reservation.customerUid),
  product_type: text(reservation.productType),
  at: number(reservation.scheduledAtMs),
});

/** An order written before what it reserves had a place of its own tells it by the charge that waits for its time. */
export function decodeReservation(item: Item | undefined, charge: Charge | null): Reservation | null {
  if (item)
    return {
      customerUid: readText(item, "customer_uid"),
      productType: readOneOf(item, "product_type", productTypes),
      scheduledAtMs: readNumber(item, "at"),
    };
  if (charge?.via !== "schedule" || charge.customerUid === null || charge.scheduledAtMs === null) return null;
  const { customerUid, productType, scheduledAtMs } = charge;
  return { customerUid, productType, scheduledAtMs };
}
