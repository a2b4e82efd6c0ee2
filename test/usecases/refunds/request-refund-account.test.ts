// The buyer's account of a virtual account's refund: handed through, never kept, and so brought again by a repeat.
import { describe, expect, it } from "vitest";
import { requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { approvedOrder, createdOrder, minuteMs, paymentRecord, synced } from "../../support/orders.ts";
import { call, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const asked = {
  merchantUid: "ord-20260805-000142",
  refundId: "rf_1",
  bodyHash: "hash",
  asked: { amount: 20_000, taxFree: null },
  reason: "단순 변심",
  requester: "customer" as const,
};

describe("a virtual account's refund", () => {
  const account = { holder: "홍길동", bank: "SHINHAN", number: "110123456789" };
  const record = paymentRecord({ payMethod: "vbank" });
  const paidByAccount = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [record]);
  const request = { ...asked, account };

  it("hands the buyer's account through, without a tax-free part, and stores it nowhere", async () => {
    const ports = await syncingPorts(paidByAccount);
    await requestRefund(request, call, ports);
    expect(ports.money.sent).toMatchObject([{ account, taxFree: null }]);
    const stored = JSON.stringify([await storedOrder(ports), ports.refunds.kept]);
    expect(stored).toContain("rf_1");
    expect(stored).not.toContain(account.number);
  });

  it("is sent once more after QUIET by the key's repeat, which brings the account again", async () => {
    const ports = await syncingPorts(paidByAccount, [record]);
    await requestRefund(request, call, ports);
    ports.clock.advance(11 * minuteMs);
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.money.sent).toMatchObject([{ account }, { account }]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { sends: 2 } });
  });
});
