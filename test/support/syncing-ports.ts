// Everything that syncing needs, made of doubles, with one order in the table.
import { claimCancel, markUnknown } from "../../lib/domain/cancel.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import {
  CountedBudget,
  InMemoryBrakeStore,
  InMemoryRefundStore,
  NumberedIdentifiers,
  RecordedPayments,
  ScriptedMoney,
  StandingClock,
  TroubledStore,
} from "./doubles.ts";
import { approvedOrder, createdAtMs, givingPolicy, minuteMs, paymentRecord, synced, won } from "./orders.ts";

export async function syncingPorts(
  order: Order | null,
  records: readonly PaymentRecord[] = [],
  budget = new CountedBudget(99),
) {
  const store = new TroubledStore();
  if (order) await store.create(order);
  const gateway = new RecordedPayments();
  gateway.records = records;
  return {
    store,
    gateway,
    budget,
    money: new ScriptedMoney(),
    refunds: new InMemoryRefundStore(),
    brake: new InMemoryBrakeStore(),
    clock: new StandingClock(),
    ids: new NumberedIdentifiers(),
    policy: givingPolicy,
    mostGiveBacksPerHour: 20,
  };
}

export type SyncingPorts = Awaited<ReturnType<typeof syncingPorts>>;

export const requestId = "8f1c0000-0000-4000-8000-000000000001";
/** Enough to send a cancel and to write down what came back. */
export const enoughTime = () => 25_000;
export const tooLittleTime = () => 13_999;

/** As it is in the table now. */
export async function storedOrder(
  { store }: SyncingPorts,
  merchantUid = "ord-20260805-000142",
): Promise<Order> {
  const order = await store.read(merchantUid);
  if (!order) throw new Error(`no order ${merchantUid}`);
  return order;
}

/** A refund of 20,000 won, sent in the third minute, whose answer was lost. */
export function orderWithUnknownRefund(): Order {
  const atMs = createdAtMs + 3 * minuteMs;
  const claim = {
    id: "rf_1",
    kind: "refund" as const,
    impUid: "imp_730112845061",
    amount: won(20_000),
    taxFree: won(550),
    checksum: won(109_000),
    tag: "#k7q2m5xwa",
    reason: "단순 변심",
    requester: null,
    bodyHash: "hash",
    owner: "owner-0",
  };
  const claimed = claimCancel(synced(approvedOrder(), [paymentRecord()]), claim, "merchant", atMs);
  if (!claimed.operation) throw new Error("not claimed");
  return markUnknown(claimed, claimed.operation, "merchant", atMs);
}
