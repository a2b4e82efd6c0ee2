// A claim whose write got no answer: found, taken away, or not known; nobody is told that nothing was started while it may stand.
import { describe, expect, it } from "vitest";
import { claimCancel } from "../../lib/domain/cancel.ts";
import { claimCharge } from "../../lib/domain/charge.ts";
import type { Order } from "../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { claimNewOrder, claimOnOrder } from "../../lib/usecases/claim.ts";
import { TroubledStore } from "../support/doubles.ts";
import { approvedOrder, createdAtMs, createdOrder, paymentRecord, synced } from "../support/orders.ts";
import { cancelOf, orderWithClaimedRefund, touch } from "../support/syncing-ports.ts";

const stamp = { by: "merchant", atMs: createdAtMs } as const;
const paid = synced(approvedOrder(), [paymentRecord()]);

async function storeOf(order: Order): Promise<TroubledStore> {
  const store = new TroubledStore();
  await store.create(order);
  return store;
}

/** A refund claimed by the invocation of this token. */
function refundBy(order: Order, claimToken: string): Order {
  const claim = { ...cancelOf(orderWithClaimedRefund()), claimToken };
  return claimCancel(order, claim, stamp);
}

describe("a claim whose write got no answer", () => {
  const claim = (store: TroubledStore) => claimOnOrder(paid, refundBy(paid, "claim-1"), "claim-1", store);

  it("and stands there is the claimer's", async () => {
    const store = await storeOf(paid);
    store.leaveUnanswered("lands");
    expect(await claim(store)).toMatchObject({
      outcome: "ours",
      order: { cancel: { claimToken: "claim-1" } },
    });
  });

  it("and is not there fails only after the version was taken away: it can never land any more", async () => {
    const store = await storeOf(paid);
    store.fail("update");
    await expect(claim(store)).rejects.toThrow(StorageUnavailableError);
    expect(await store.read(paid.merchantUid)).toEqual({ ...paid, version: paid.version + 1 });
    expect(await store.update(paid, refundBy(paid, "claim-1"))).toMatchObject({ outcome: "conflict" });
  });

  it("and lands while the version is being taken away is the claimer's", async () => {
    const store = await storeOf(paid);
    store.leaveUnanswered("lands late");
    expect(await claim(store)).toMatchObject({
      outcome: "ours",
      order: { cancel: { claimToken: "claim-1" } },
    });
  });

  it("is nobody's once somebody else has moved the version", async () => {
    const store = await storeOf(paid);
    store.fail("update");
    const read = store.read.bind(store);
    store.read = async (merchantUid) => {
      const before = await read(merchantUid);
      if (before) await store.update(before, touch(before));
      return read(merchantUid);
    };
    expect(await claim(store)).toMatchObject({ outcome: "theirs", order: { cancel: null } });
  });

  it.each<[string, ("read" | "update")[], ("lands" | "lands late")[]]>([
    ["nor has the read after it", ["update", "read"], []],
    ["nor has the taking away of the version", ["update", "update"], []],
    ["nor has the taking away, though that one landed", ["update"], ["lands"]],
  ])("%s: nobody can say whether it stands", async (_, failing, unanswered) => {
    const store = await storeOf(paid);
    store.fail(...failing);
    store.leaveUnanswered(...unanswered);
    expect(await claim(store)).toMatchObject({ outcome: "unreadable" });
  });

  it("for a reason of our own fails at once", async () => {
    const store = await storeOf(paid);
    store.update = () => Promise.reject(new Error("no permission"));
    await expect(claim(store)).rejects.toThrow("no permission");
  });
});

describe("a new order with its claim", () => {
  const charge = {
    via: "again",
    customerUid: "cust-7",
    productType: "real",
    cardQuota: null,
    customData: null,
  } as const;
  const charging = (claimToken: string) => claimCharge(createdOrder(), charge, claimToken, stamp);

  it("is the claimer's when it was written, or stands there under its token", async () => {
    expect(await claimNewOrder(charging("claim-1"), "claim-1", new TroubledStore())).toMatchObject({
      outcome: "ours",
      order: { charge: { claimToken: "claim-1" } },
    });
    const repeated = new TroubledStore();
    repeated.loseNextAnswer();
    const unanswered = new TroubledStore();
    unanswered.leaveUnanswered("lands");
    for (const store of [repeated, unanswered])
      expect(await claimNewOrder(charging("claim-1"), "claim-1", store)).toMatchObject({ outcome: "ours" });
  });

  it("is theirs who have the number", async () => {
    const store = await storeOf(charging("claim-twin"));
    expect(await claimNewOrder(charging("claim-1"), "claim-1", store)).toMatchObject({
      outcome: "theirs",
      order: { charge: { claimToken: "claim-twin" } },
    });
    store.fail("create");
    expect(await claimNewOrder(charging("claim-1"), "claim-1", store)).toMatchObject({ outcome: "theirs" });
  });

  it("whose write got no answer may stand, read or not: there is no version to take away", async () => {
    const unread = new TroubledStore();
    unread.fail("create", "read");
    expect(await claimNewOrder(charging("claim-1"), "claim-1", unread)).toMatchObject({
      outcome: "unreadable",
    });
    const notFound = new TroubledStore();
    notFound.fail("create");
    expect(await claimNewOrder(charging("claim-1"), "claim-1", notFound)).toMatchObject({
      outcome: "unreadable",
    });
  });
});
