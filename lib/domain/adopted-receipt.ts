// What a read of a receipt nobody is calling about tells beyond what is held: it was cancelled, or another one was issued,
// in PortOne's console or by a call that was given up; or what was told of it before was not so.
import { type Money, vatOf } from "./money.ts";
import { quietMs, type Receipt, type ReceiptSlot } from "./operation.ts";
import { markAfter, type ReceiptRecord, readAgainMs } from "./receipt.ts";

/** Of the payment. */
export interface Left {
  readonly amount: Money;
  readonly taxFree: Money;
}

/** The same slot where the record tells nothing, or is older than what is held. */
export function adoptReceipt(
  slot: ReceiptSlot,
  record: ReceiptRecord | null,
  left: Left,
  nowMs: number,
): ReceiptSlot {
  const { receipt: held } = slot;
  if (held === null || record === null) return slot;
  const receipt =
    record.applyNum === held.applyNum
      ? sameReceipt(held, record, nowMs)
      : anotherReceipt(held, record, left, nowMs);
  if (receipt === held) return slot;
  return { ...slot, receipt, handedOver: null, reviewReason: markAfter(slot, isRight(receipt, left)) };
}

const isRight = ({ state, amount, taxFree }: Receipt, left: Left): boolean =>
  left.amount === 0
    ? state === "cancelled"
    : state === "issued" && amount === left.amount && taxFree === left.taxFree;

function sameReceipt(held: Receipt, record: ReceiptRecord, nowMs: number): Receipt {
  const { cancelledAtMs, amount, vat } = record;
  if (cancelledAtMs !== null)
    return held.state === "cancelled" ? held : cancelledByOthers({ ...held, cancelledAtMs }, nowMs);
  // Before QUIET since its cancel the record may be an old one.
  if (held.state === "cancelled")
    return nowMs < knownToRestUntilMs(held)
      ? held
      : { ...held, state: "issued", cancelledAtMs: null, restsUntilMs: null };
  if (amount === held.amount && vat === held.vat) return held;
  const asked = held.askedAmount ?? held.amount;
  return { ...held, amount, vat, askedAmount: amount === asked ? null : asked };
}

const knownToRestUntilMs = ({ restsUntilMs, cancelledAtMs, appliedAtMs }: Receipt): number =>
  restsUntilMs ?? (cancelledAtMs ?? appliedAtMs) + quietMs;

/** Whoever cancelled it may have done so twice, so that the next one waits. */
const cancelledByOthers = (receipt: Receipt, nowMs: number): Receipt => ({
  ...receipt,
  state: "cancelled",
  restsUntilMs: nowMs + quietMs,
  readAtMs: null,
});

function anotherReceipt(held: Receipt, record: ReceiptRecord, left: Left, nowMs: number): Receipt {
  const { cancelledAtMs, amount, vat } = record;
  const appliedAtMs = record.appliedAtMs ?? 0;
  if (appliedAtMs < (held.cancelledAtMs ?? held.appliedAtMs)) return held;
  const receipt: Receipt = {
    ...held,
    ...record,
    appliedAtMs,
    state: "issued",
    askedAmount: null,
    // PortOne tells the tax of a receipt, and not what of it is free of tax.
    taxFree: vat === vatOf(amount, left.taxFree) ? left.taxFree : held.taxFree,
    restsUntilMs: null,
    // Two records have told two numbers: a third one says which.
    readAtMs: nowMs + readAgainMs,
    // Of the same moment it is the same one, whose number was told wrong.
    ...(appliedAtMs === held.appliedAtMs ? {} : { generation: held.generation + 1, origin: "merchant" }),
  };
  return cancelledAtMs === null ? receipt : cancelledByOthers(receipt, nowMs);
}
