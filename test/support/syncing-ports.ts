// Everything that syncing needs, made of doubles, with one order in the table.
import { claimCancel, markCancelUnknown } from "../../lib/domain/cancel.ts";
import { contractNames } from "../../lib/domain/ksnet/rule.ts";
import type { CancelOperation } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import type { Call } from "../../lib/ports/environment.ts";
import { createAllowance } from "../../lib/usecases/payments/allowance.ts";
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
import { sealedAccounts } from "./sealings.ts";

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
    allowance: createAllowance(),
    money: new ScriptedMoney(),
    refunds: new InMemoryRefundStore(),
    brake: new InMemoryBrakeStore(),
    clock: new StandingClock(),
    ids: new NumberedIdentifiers(),
    policy: givingPolicy,
    mostGiveBacksPerHour: 20,
    contracts: new Set(contractNames),
    nightRefunds: "schedule" as const,
    accounts: sealedAccounts,
    pause: async () => {},
  };
}

export type SyncingPorts = Awaited<ReturnType<typeof syncingPorts>>;

export const requestId = "8f1c0000-0000-4000-8000-000000000001";
/** An invocation with enough time to send a cancel and to write down what came back. */
export const call: Call = { requestId, timeLeftMs: () => 25_000, key: "shop-2026" };
export const hurriedCall: Call = { ...call, timeLeftMs: () => 20_799 };

/** As it is in the table now. */
export async function storedOrder(
  { store }: SyncingPorts,
  merchantUid = "ord-20260805-000142",
): Promise<Order> {
  const order = await store.read(merchantUid);
  if (!order) throw new Error(`no order ${merchantUid}`);
  return order;
}

/** Of 20,000 won, of a payment of which nothing has gone back. */
export const refundClaim = {
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
  account: null,
  scheduledAtMs: null,
  claimToken: "claim-0",
};

/** A refund of 20,000 won, claimed in the third minute and about to be sent. */
export function orderWithClaimedRefund(): Order {
  const paid = synced(approvedOrder(), [paymentRecord()]);
  return claimCancel(paid, refundClaim, { by: "merchant", atMs: createdAtMs + 3 * minuteMs });
}

export function cancelOf({ cancel }: Order): CancelOperation {
  if (!cancel) throw new Error("no cancel in flight");
  return cancel;
}

/** The same refund, sent, its answer lost. */
export function orderWithUnknownRefund(): Order {
  const claimed = orderWithClaimedRefund();
  return markCancelUnknown(claimed, cancelOf(claimed), null, {
    by: "merchant",
    atMs: createdAtMs + 3 * minuteMs,
  });
}

/** Another invocation writes something that matters to nobody. */
export const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });

/** Pauses that take no time and are counted; `meanwhile` happens in the pause of that number. */
export function countedPauses(meanwhile: Readonly<Record<number, () => Promise<unknown>>> = {}) {
  const pauses: number[] = [];
  const pause = async (ms: number): Promise<void> => {
    pauses.push(ms);
    await meanwhile[pauses.length]?.();
  };
  return { pauses, pause };
}
