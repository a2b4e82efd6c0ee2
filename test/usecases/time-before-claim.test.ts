// No claim is written without the time to send on it and to write down what came back: whatever a login, or anything else
// that was asked before, has taken of it is seen directly before the claim.
import { describe, expect, it } from "vitest";
import { claimCharge, refuseCharge } from "../../lib/domain/charge.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { Call } from "../../lib/ports/environment.ts";
import { chargeOrder } from "../../lib/usecases/charges/charge-order.ts";
import { issueAccount } from "../../lib/usecases/charges/issue-account.ts";
import { rescheduleCharge } from "../../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../../lib/usecases/charges/retry-schedule.ts";
import { scheduleCharges } from "../../lib/usecases/charges/schedule-charges.ts";
import { resendCharge } from "../../lib/usecases/charges/send-charge.ts";
import { cancelReceipt } from "../../lib/usecases/receipts/cancel-receipt.ts";
import { type IssueReceipt, issueReceipt } from "../../lib/usecases/receipts/issue-receipt.ts";
import { requestRefund } from "../../lib/usecases/refunds/request-refund.ts";
import { resumeInstruction } from "../../lib/usecases/syncing/resume-instruction.ts";
import {
  billingPorts,
  chargedOrder,
  chargeFacts,
  keyedPorts,
  scheduleRecord,
} from "../support/billing-doubles.ts";
import { having, scheduling } from "../support/instructions.ts";
import {
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";
import { orderPaidByTransfer, receiptPorts, receiptRecord } from "../support/receipt-doubles.ts";
import { asked } from "../support/refund-request.ts";
import { declined, merchantUid, move, reserved, retry, scheduledAtMs } from "../support/reserved-orders.ts";
import { first, second, request as twoCharges } from "../support/schedule-request.ts";
import { call, storedOrder } from "../support/syncing-ports.ts";

const withoutTime = { outcome: "unavailable", why: "no time left to send" };

/** Time for everything, until it runs out: then for a send, but for no claim before it. */
class RunningTime {
  #leftMs = 25_000;
  readonly call: Call = { ...call, timeLeftMs: () => this.#leftMs };

  /** The gateway's login takes what a claim needs. */
  runsOutIn(gateway: { login: () => Promise<unknown> }): void {
    const login = gateway.login.bind(gateway);
    gateway.login = () => {
      this.runOut();
      return login();
    };
  }

  runOut(leftMs = 20_799): void {
    this.#leftMs = leftMs;
  }
}

const byKey = {
  order: chargedOrder(),
  charge: { customerUid: "cust-7", cardQuota: null, customData: null, productType: "digital" },
  card: null,
  replaces: null,
  keyToKnowOf: null,
  facts: chargeFacts(),
} as const;
const again = {
  via: "again",
  customerUid: "cust-7",
  productType: "digital",
  cardQuota: null,
  customData: null,
} as const;
const chargeClaim = claimCharge(createdOrder(), again, "claim-0", {
  by: "merchant",
  atMs: createdAtMs + 3 * minuteMs,
});

function ofCharge(): Order {
  if (!chargeClaim.charge) throw new Error("no charge");
  return { ...chargeClaim, charge: { ...chargeClaim.charge, state: "resend" } };
}

describe("money: a login that takes the time of the claim leaves nothing claimed", () => {
  it("a refund", async () => {
    const time = new RunningTime();
    const ports = await billingPorts(synced(approvedOrder(), [paymentRecord()]));
    time.runsOutIn(ports.money);
    expect(await requestRefund(asked, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.money.sent]).toEqual([0, []]);
  });

  it("a charge", async () => {
    const time = new RunningTime();
    const ports = await billingPorts();
    time.runsOutIn(ports.charges);
    expect(await chargeOrder(byKey, time.call, ports)).toEqual(withoutTime);
    expect([await ports.store.peek(merchantUid), ports.charges.sent]).toEqual([null, []]);
  });

  it("a charge that closes the one it replaces meanwhile; asked for again it is made", async () => {
    const time = new RunningTime();
    const stamp = { by: "merchant", atMs: createdAtMs + 3 * minuteMs } as const;
    const failed = chargeClaim.charge && refuseCharge(chargeClaim, chargeClaim.charge, "한도 초과", stamp);
    const ports = await billingPorts(failed);
    ports.clock.advance(10 * minuteMs);
    const update = ports.store.update.bind(ports.store);
    ports.store.update = (previous, next) => {
      time.runOut();
      return update(previous, next);
    };
    const replacing = { ...byKey, order: chargedOrder({ merchantUid: "ord-2" }), replaces: merchantUid };
    expect(await chargeOrder(replacing, time.call, ports)).toEqual(withoutTime);
    expect([await ports.store.peek("ord-2"), ports.charges.sent]).toEqual([null, []]);
    expect(await storedOrder(ports)).toMatchObject({ supersededBy: "ord-2" });
    expect(await chargeOrder(replacing, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("a charge without the time for it closes nothing", async () => {
    const time = new RunningTime();
    const ports = await billingPorts(ofCharge());
    time.runsOutIn(ports.charges);
    const replacing = { ...byKey, order: chargedOrder({ merchantUid: "ord-2" }), replaces: merchantUid };
    expect(await chargeOrder(replacing, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.gateway.asked]).toEqual([0, []]);
  });

  it("a charge that may go out once more", async () => {
    const time = new RunningTime();
    const ports = await billingPorts(ofCharge());
    time.runsOutIn(ports.charges);
    expect(await resendCharge(ofCharge(), "sweep", time.call, ports)).toEqual(ofCharge());
    expect([ports.store.updates, ports.charges.sent]).toEqual([0, []]);
  });

  it("a charge whose claim took the time of the send is claimed, and not sent", async () => {
    const time = new RunningTime();
    const ports = await billingPorts(ofCharge());
    const update = ports.store.update.bind(ports.store);
    ports.store.update = (previous, next) => {
      time.runOut(17_399);
      return update(previous, next);
    };
    expect(await resendCharge(ofCharge(), "sweep", time.call, ports)).toMatchObject({
      charge: { state: "claimed", sends: 2 },
    });
    expect(ports.charges.sent).toEqual([]);
  });

  it("a failed reservation's charge", async () => {
    const time = new RunningTime();
    const ports = await declined();
    const { updates } = ports.store;
    time.runsOutIn(ports.charges);
    expect(await retrySchedule(retry, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.charges.sent]).toEqual([updates, []]);
  });
});

describe("what PortOne is to do later", () => {
  it("reservations: none is claimed", async () => {
    const time = new RunningTime();
    const ports = await keyedPorts();
    time.runsOutIn(ports.schedules);
    expect(await scheduleCharges(twoCharges, time.call, ports)).toEqual(withoutTime);
    expect(await ports.store.peek(first)).toBeNull();
  });

  it("reservations whose first claim takes the time: the others are pending, and asked for again they are made", async () => {
    const time = new RunningTime();
    const ports = await keyedPorts();
    const create = ports.store.create.bind(ports.store);
    ports.store.create = (order) => {
      time.runOut();
      return create(order);
    };
    expect(await scheduleCharges(twoCharges, time.call, ports)).toMatchObject({
      outcome: "pending",
      schedules: [{ scheduleStatus: "scheduled" }, { merchantUid: second, scheduleStatus: "pending" }],
    });
    expect(await ports.store.peek(second)).toBeNull();
    expect(ports.schedules.called).toEqual([`schedule ${first}`]);
    expect(await scheduleCharges(twoCharges, call, ports)).toMatchObject({ outcome: "scheduled" });
  });

  it("a move", async () => {
    const time = new RunningTime();
    const ports = await billingPorts(reserved);
    ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
    time.runsOutIn(ports.schedules);
    expect(await rescheduleCharge(move, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.schedules.called]).toEqual([0, []]);
  });

  it("an instruction that may go out", async () => {
    const time = new RunningTime();
    const waiting = having(scheduling, { state: "resend" });
    const ports = await billingPorts(waiting);
    time.runsOutIn(ports.schedules);
    expect(await resumeInstruction(waiting, "sweep", time.call, ports)).toMatchObject({ order: waiting });
    expect([ports.store.updates, ports.schedules.called]).toEqual([0, []]);
  });

  it("an account", async () => {
    const time = new RunningTime();
    const dueAtMs = Date.parse("2026-08-08T23:59:59+09:00");
    const facts = chargeFacts({ calls: ["virtual_account"], productType: "real", buyerName: null, dueAtMs });
    const ports = await billingPorts(createdOrder({ payMethod: "vbank" }));
    time.runsOutIn(ports.charges);
    const request = { merchantUid, bankCode: "088", dueAtMs, productType: "real", facts } as const;
    expect(await issueAccount(request, time.call, ports)).toEqual(withoutTime);
    expect([(await storedOrder(ports)).instruction, ports.charges.sent]).toEqual([null, []]);
  });
});

describe("receipts", () => {
  const issue: IssueReceipt = {
    address: { of: "order", merchantUid },
    identifier: "01012345678",
    identifierType: "phone",
    type: "person",
    productType: "real",
    buyerName: "홍길동",
    buyerEmail: null,
    buyerTel: null,
    bodyHash: "hash",
    sale: null,
  };
  const ofSale: IssueReceipt = {
    ...issue,
    address: { of: "sale", merchantUid: "sale-1" },
    sale: { name: "현장 판매", amount: won(11_000), taxFree: won(0) },
  };

  it.each([
    ["an order's", issue],
    ["a sale's", ofSale],
  ])("%s is not claimed", async (_, request) => {
    const time = new RunningTime();
    const ports = await receiptPorts(orderPaidByTransfer());
    time.runsOutIn(ports.receipts);
    expect(await issueReceipt(request, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.sales.sales.size, ports.receipts.issued]).toEqual([0, 0, []]);
  });

  it("its cancel is not claimed", async () => {
    const time = new RunningTime();
    const ports = await receiptPorts(orderPaidByTransfer());
    ports.receipts.issues.push({ outcome: "done", value: receiptRecord() });
    await issueReceipt(issue, call, ports);
    const { updates } = ports.store;
    time.runsOutIn(ports.receipts);
    expect(await cancelReceipt(issue.address, time.call, ports)).toEqual(withoutTime);
    expect([ports.store.updates, ports.receipts.cancelled]).toEqual([updates, []]);
  });

  it("whose claim took the time of the send is pending, and not sent", async () => {
    const time = new RunningTime();
    const ports = await receiptPorts(orderPaidByTransfer());
    const update = ports.store.update.bind(ports.store);
    ports.store.update = (previous, next) => {
      time.runOut(17_399);
      return update(previous, next);
    };
    expect(await issueReceipt(issue, time.call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { state: "claimed" } });
    expect(ports.receipts.issued).toEqual([]);
  });
});
