// The buyer's account of a virtual account's refund: sealed while it is needed, and gone with the slot.
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { sealedAccountsBy } from "../../support/sealings.ts";
import { call, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const asked = {
  merchantUid: "ord-20260805-000142",
  refundId: "rf_1",
  bodyHash: "hash",
  asked: { amount: 20_000, taxFree: null },
  reason: "단순 변심",
  requester: "customer" as const,
};

const sweeping = { merchantUid: asked.merchantUid, by: "sweep", mayMoveMoney: true } as const;

describe("a virtual account's refund", () => {
  const account = { holder: "홍길동", bank: "SHINHAN", number: "110123456789" };
  const record = paymentRecord({ payMethod: "vbank" });
  const paidByAccount = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [record]);
  const request = { ...asked, account };

  it("hands the buyer's account through, without a tax-free part, and stores it sealed", async () => {
    const ports = await syncingPorts(paidByAccount);
    await requestRefund(request, call, ports);
    expect(ports.money.sent).toMatchObject([{ account, taxFree: null }]);
    const stored = JSON.stringify([await storedOrder(ports), ports.refunds.kept]);
    expect(stored).toContain("rf_1");
    expect(stored).not.toContain(account.number);
    const { cancel } = await storedOrder(ports);
    expect(await ports.accounts.open(cancel?.account ?? "", asked.merchantUid)).toEqual(account);
    expect(await ports.accounts.open(cancel?.account ?? "", "ord-2")).toBeNull();
  });

  it("names an account for nobody else: a card's refund neither keeps nor sends one", async () => {
    const ports = await syncingPorts(synced(approvedOrder(), [paymentRecord()]));
    await requestRefund(request, call, ports);
    expect(ports.money.sent).toMatchObject([{ account: null }]);
    expect(await storedOrder(ports)).toMatchObject({ cancel: { account: null } });
  });

  it("is refused by name without the whole account, before any login", async () => {
    const ports = await syncingPorts(paidByAccount);
    const part = { ...request, account: { ...account, bank: null } };
    expect(await requestRefund(part, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code: "refund_account_required", rule: "R-KS-8", pointer: "/refund_bank" }],
    });
    expect([ports.store.updates, ports.money.sent]).toEqual([0, []]);
  });

  it("is not begun while no key to seal with can be had", async () => {
    const ports = await syncingPorts(paidByAccount);
    const seal = async () => {
      throw new StorageUnavailableError("kms GenerateDataKey: no answer");
    };
    const accounts = { ...ports.accounts, seal };
    await expect(requestRefund(request, call, { ...ports, accounts })).rejects.toThrow(
      StorageUnavailableError,
    );
    expect([ports.store.updates, ports.money.sent]).toEqual([0, []]);
  });

  it("is gone when the refund is over", async () => {
    const ports = await syncingPorts(paidByAccount, [record]);
    const entry = cancelEntry("c-1", 20_000, `${ports.ids.tag("rf_1")} 단순 변심`);
    ports.money.cancels.push({ outcome: "done", value: cancelledRecord([entry], { payMethod: "vbank" }) });
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome: "finished" });
    const stored = await storedOrder(ports);
    expect([stored.cancel, JSON.stringify(ports.refunds.kept).includes("sealed")]).toEqual([null, false]);
  });

  it("is gone once PortOne has said no, though its record cannot be read", async () => {
    const ports = await syncingPorts(paidByAccount);
    ports.money.cancels.push({ outcome: "refused", message: "예금주가 다릅니다." });
    ports.gateway.answers.push(silence);
    expect(await requestRefund(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({
      cancel: { account: null, refused: { message: "예금주가 다릅니다." } },
    });
  });

  it("is sent once more after QUIET by the sweep, which opens it", async () => {
    const ports = await syncingPorts(paidByAccount, [record]);
    await requestRefund(request, call, ports);
    ports.clock.advance(11 * minuteMs);
    await syncOrder({ ...sweeping, impUid: null }, call, ports);
    expect(ports.money.sent).toMatchObject([{ account }, { account }]);
  });

  it("is left to the sweep by whoever may not open it", async () => {
    const { accounts, ...ports } = await syncingPorts(paidByAccount, [record]);
    await requestRefund(request, call, { ...ports, accounts });
    ports.clock.advance(11 * minuteMs);
    await syncOrder({ ...sweeping, impUid: null }, call, ports);
    expect(ports.money.sent).toHaveLength(1);
    expect(await ports.store.peek(asked.merchantUid)).toMatchObject({
      reviewReason: null,
      cancel: { sends: 1, state: "unknown" },
    });
  });

  it("is a person's when the key that sealed it is gone", async () => {
    const ports = await syncingPorts(paidByAccount, [record]);
    await requestRefund(request, call, ports);
    ports.clock.advance(11 * minuteMs);
    await syncOrder({ ...sweeping, impUid: null }, call, { ...ports, accounts: sealedAccountsBy(9) });
    expect(ports.money.sent).toHaveLength(1);
    expect(await storedOrder(ports)).toMatchObject({ reviewReason: "refund_account_needed" });
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
