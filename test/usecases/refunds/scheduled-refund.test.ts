// A virtual account's refund asked for at night: accepted, kept with its account, and sent in the morning like any
// other; by whomever, once, and only if nothing stands against it then.
import { describe, expect, it } from "vitest";
import { attemptOf } from "../../../lib/domain/order.ts";
import { resolveReview } from "../../../lib/usecases/orders/resolve-review.ts";
import { requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { impUid, wanting } from "../../support/give-backs.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import {
  call,
  hurriedCall,
  type SyncingPorts,
  storedOrder,
  syncingPorts,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const account = { holder: "홍길동", bank: "088", number: "110123456789" };
const request = {
  merchantUid,
  refundId: "rf_1",
  bodyHash: "hash",
  asked: { amount: 20_000, taxFree: null },
  reason: "단순 변심",
  requester: "customer" as const,
  account,
};
const record = paymentRecord({ payMethod: "vbank" });
const paid = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [record]);
const nightMs = Date.parse("2026-08-05T23:30:00+09:00");
const sweeping = { merchantUid, impUid: null, by: "sweep", mayMoveMoney: true } as const;

async function portsAt(iso: string, order = paid, records = [record]): Promise<SyncingPorts> {
  const ports = await syncingPorts(order, records);
  moveTo(ports, Date.parse(iso));
  return ports;
}
const moveTo = ({ clock }: SyncingPorts, atMs: number) => clock.advance(atMs - clock.nowMs());

/** Scheduled at half past eleven; the time is the morning's. */
async function scheduled(): Promise<{ ports: SyncingPorts; morningMs: number }> {
  const ports = await portsAt("2026-08-05T23:30:00+09:00");
  const answer = await requestRefund(request, call, ports);
  expect(answer.outcome).toBe("scheduled");
  const { cancel } = await storedOrder(ports);
  return { ports, morningMs: cancel?.scheduledAtMs ?? 0 };
}
const made = (ports: SyncingPorts) => ({
  outcome: "done" as const,
  value: cancelledRecord([cancelEntry("c-1", 20_000, `${ports.ids.tag("rf_1")} 단순 변심`)], {
    payMethod: "vbank",
  }),
});

describe("asked for at night", () => {
  it.each([
    ["2026-08-05T22:57:59+09:00", "pending", 1],
    ["2026-08-05T22:58:00+09:00", "scheduled", 0],
    ["2026-08-06T05:59:59+09:00", "scheduled", 0],
    ["2026-08-06T06:00:00+09:00", "pending", 1],
  ])("at %s it is %s", async (iso, outcome, sends) => {
    const ports = await portsAt(iso);
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome });
    expect(ports.money.sent).toHaveLength(sends);
  });

  it("it needs no PortOne: nothing is asked, and its login may be down", async () => {
    const ports = await portsAt("2026-08-05T23:30:00+09:00");
    ports.money.shut();
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect([ports.gateway.asked, ports.money.sent]).toEqual([[], []]);
    expect(await storedOrder(ports)).toMatchObject({
      cancel: { state: "scheduled", sends: 0, sinceMs: nightMs },
      history: paid.history,
    });
  });

  it("it is refused by name where nights are refused", async () => {
    const ports = await portsAt("2026-08-05T23:30:00+09:00");
    const refusing = { ...ports, nightRefunds: "refuse" as const };
    expect(await requestRefund(request, call, refusing)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code: "vbank_refund_closed_at_night", rule: "R-KS-6" }],
    });
    expect(ports.store.updates).toBe(0);
  });

  it("it is refused now if it may not go in the morning: the last night of the six months", async () => {
    const ports = await portsAt("2027-02-05T23:30:00+09:00");
    expect(await requestRefund(request, call, ports)).toMatchObject({
      broken: [{ code: "refund_window_closed" }],
    });
    expect(ports.store.updates).toBe(0);
  });

  it("the same key is told when, another key that this one waits, and nobody asks PortOne", async () => {
    const { ports } = await scheduled();
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(await requestRefund({ ...request, refundId: "rf_2" }, call, ports)).toEqual({
      outcome: "operation_in_flight",
      operationId: "rf_1",
    });
    expect(await requestRefund({ ...request, bodyHash: "other" }, call, ports)).toEqual({
      outcome: "idempotency_key_reused",
    });
    expect(ports.gateway.asked).toEqual([]);
  });
});

describe("in the morning", () => {
  it("is sent by the sweep under a claim of its own, to the account it kept, and not a moment before", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs - 1);
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toEqual([]);
    moveTo(ports, morningMs);
    ports.money.cancels.push(made(ports));
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toMatchObject([{ account, amount: 20_000, checksum: 109_000, taxFree: null }]);
    expect(await storedOrder(ports)).toMatchObject({ state: "partially_refunded", cancel: null });
    expect(ports.refunds.kept).toMatchObject([{ state: "succeeded", requestedAtMs: nightMs }]);
  });

  it("is sent by the key's own repeat, which is answered with how it ended", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    ports.money.cancels.push(made(ports));
    expect(await requestRefund(request, call, ports)).toMatchObject({
      outcome: "finished",
      refund: { state: "succeeded" },
    });
    expect(ports.money.sent).toHaveLength(1);
  });

  it("a no to its only send is final", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    ports.money.cancels.push({ outcome: "refused", message: "예금주가 다릅니다." });
    await syncOrder(sweeping, call, ports);
    expect(ports.refunds.kept).toMatchObject([
      { refusal: "provider_refused", providerMessage: "예금주가 다릅니다." },
    ]);
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", cancel: null });
  });

  it("without an answer it is like any other: once more after QUIET, with the same account", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    await syncOrder(sweeping, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", sends: 1 } });
    ports.clock.advance(9 * minuteMs);
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toHaveLength(1);
    ports.clock.advance(2 * minuteMs);
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toMatchObject([{ account }, { account }]);
  });

  it("two sweeps send it once", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    await Promise.all([syncOrder(sweeping, call, ports), syncOrder(sweeping, call, ports)]);
    expect(ports.money.sent).toHaveLength(1);
  });

  it("nothing is claimed without the time to send", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    await syncOrder(sweeping, hurriedCall, ports);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "scheduled", sends: 0 } });
  });

  it("a sweep that comes in the next night puts it off to the next morning", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, nightMs + 24 * 60 * minuteMs);
    await syncOrder(sweeping, call, ports);
    const { cancel, dueAtMs } = await storedOrder(ports);
    expect([cancel?.state, ports.money.sent]).toEqual(["scheduled", []]);
    expect(cancel?.scheduledAtMs).toBe(morningMs + 24 * 60 * minuteMs);
    expect(dueAtMs).toBe(cancel?.scheduledAtMs);
  });

  it("what the console has taken meanwhile ends it with the truth, unsent", async () => {
    const { ports } = await scheduled();
    ports.gateway.records = [cancelledRecord([cancelEntry("c-9", 100_000)], { payMethod: "vbank" })];
    await syncOrder(sweeping, call, ports);
    expect(ports.refunds.kept).toMatchObject([{ refusal: "remaining_changed", remaining: 9_000 }]);
    expect(await storedOrder(ports)).toMatchObject({ state: "partially_refunded", cancel: null });
    expect(ports.money.sent).toEqual([]);
  });

  it("what a rule forbids by then ends it by the rule, unsent", async () => {
    const { ports, morningMs } = await scheduled();
    moveTo(ports, morningMs);
    await syncOrder(sweeping, call, { ...ports, contracts: new Set() });
    expect(ports.refunds.kept).toMatchObject([{ refusal: "vbank_refund_not_contracted" }]);
    expect(ports.money.sent).toEqual([]);
    expect(await requestRefund(request, call, ports)).toMatchObject({
      outcome: "finished",
      refund: { refusal: "vbank_refund_not_contracted" },
    });
  });
});

describe("a give-back whose account an operator names", () => {
  const wished = async (iso: string) => {
    const ports = await portsAt(iso, wanting({ payMethod: "vbank" }));
    await syncOrder(sweeping, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ reviewReason: "refund_account_needed", cancel: null });
    return ports;
  };
  const decision = { merchantUid, action: "give_back", note: "구매자 확인" } as const;

  it("runs at once by day, to that account", async () => {
    const ports = await wished("2026-08-05T12:10:00+09:00");
    expect(await resolveReview({ ...decision, account }, call, ports)).toMatchObject({
      outcome: "resolved",
      order: { reviewReason: null },
    });
    expect(ports.money.sent).toMatchObject([{ account, amount: 109_000 }]);
  });

  it("waits for the morning by night, and runs then", async () => {
    const ports = await wished("2026-08-05T23:30:00+09:00");
    await resolveReview({ ...decision, account }, call, ports);
    const { cancel } = await storedOrder(ports);
    expect(cancel).toMatchObject({ kind: "give_back", state: "scheduled", sends: 0 });
    expect(ports.money.sent).toEqual([]);
    moveTo(ports, cancel?.scheduledAtMs ?? 0);
    await syncOrder(sweeping, call, ports);
    expect(ports.money.sent).toMatchObject([{ account, amount: 109_000 }]);
  });

  it.each([
    ["none", null, "refund_account_required", "2026-08-05T12:10:00+09:00"],
    ["half of one", { ...account, number: null }, "refund_account_required", "2026-08-05T12:10:00+09:00"],
    ["one, too late", account, "refund_window_closed", "2027-02-06T12:00:00+09:00"],
  ])("is refused by name with %s, and the mark stays", async (_, named, code, iso) => {
    const ports = await wished("2026-08-05T12:10:00+09:00");
    moveTo(ports, Date.parse(iso));
    const before = await storedOrder(ports);
    expect(await resolveReview({ ...decision, account: named }, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    expect(await storedOrder(ports)).toEqual(before);
    expect(ports.money.sent).toEqual([]);
  });

  it("is paid to nobody whom another refund's key names", async () => {
    const running = await portsAt("2026-08-05T12:10:00+09:00");
    await requestRefund(request, call, running);
    const order = await storedOrder(running);
    const second = { ...attemptOf(order, impUid), impUid: "imp_2", giveBack: "wanted" as const };
    const both = {
      ...order,
      attempts: [...order.attempts, { ...order.attempts[0], ...second }],
    } as typeof order;
    const ports = await portsAt("2026-08-05T12:30:00+09:00", both, [
      made(running).value,
      paymentRecord({ payMethod: "vbank", impUid: "imp_2" }),
    ]);
    await requestRefund(request, call, ports);
    expect(ports.money.sent).toEqual([]);
    expect(await storedOrder(ports)).toMatchObject({ reviewReason: "refund_account_needed", cancel: null });
  });
});
