// Which refund has an account, and who may open it.
import { describe, expect, it } from "vitest";
import type { CancelOperation } from "../../../lib/domain/operation.ts";
import { openFor, sealFor } from "../../../lib/usecases/syncing/kept-account.ts";
import { attempt, createdOrder } from "../../support/orders.ts";
import { sealedAccounts } from "../../support/sealings.ts";
import { cancelOf, orderWithClaimedRefund } from "../../support/syncing-ports.ts";

const order = createdOrder();
const account = { holder: "홍길동", bank: "088", number: "110123456789" };
const other = { ...account, number: "220987654321" };
const ports = { accounts: sealedAccounts };
const cancelWith = (sealed: string | null): CancelOperation => ({
  ...cancelOf(orderWithClaimedRefund()),
  account: sealed,
});

describe("sealed in the claim", () => {
  it.each([
    ["a virtual account's, where one was named", "vbank", account, true],
    ["not where none was named", "vbank", null, false],
    ["not a card's", "card", account, false],
    ["not a transfer's", "trans", account, false],
  ])("%s", async (_, payMethod, named, isSealed) => {
    const sealed = await sealFor(order, attempt("imp_2", { payMethod }), named, ports);
    expect(sealed !== null).toBe(isSealed);
    expect(sealed ?? "").not.toContain(account.number);
  });

  it("never without the means: what waits would have nowhere to go", async () => {
    const paid = attempt("imp_2", { payMethod: "vbank" });
    await expect(sealFor(order, paid, account, {})).rejects.toThrow("seals no accounts");
  });
});

describe("opened for the send", () => {
  it("as it was sealed; what is named now comes first", async () => {
    const cancel = cancelWith(await sealedAccounts.seal(account, order.merchantUid));
    expect(await openFor(order, cancel, null, ports)).toEqual({ isSealed: false, account });
    expect(await openFor(order, cancel, other, ports)).toEqual({ isSealed: false, account: other });
  });

  it("by no function that may not, and only in its own order", async () => {
    const cancel = cancelWith(await sealedAccounts.seal(account, order.merchantUid));
    expect(await openFor(order, cancel, null, {})).toEqual({ isSealed: true });
    const elsewhere = createdOrder({ merchantUid: "ord-2" });
    expect(await openFor(elsewhere, cancel, null, ports)).toEqual({ isSealed: false, account: null });
  });

  it("where none was kept there is none", async () => {
    expect(await openFor(order, cancelWith(null), null, ports)).toEqual({ isSealed: false, account: null });
  });
});
