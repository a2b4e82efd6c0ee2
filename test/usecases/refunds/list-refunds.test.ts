// The refunds of an order: ours by their own items, console cancels by PortOne's entries, the running one last.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { findRefund, listRefunds } from "../../../lib/usecases/refunds/list-refunds.ts";
import { approvedOrder, cancelEntry, cancelledRecord, synced } from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";
import { cancelOf, orderWithUnknownRefund, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const ownId = "rf_k7q2m5xwaABCDEFGHIJKL1";
const refusedId = "rf_k7q2m5xwaABCDEFGHIJKL2";
const automaticId = "rf_k7q2m5xwaABCDEFGHIJKL3";

/** First ours, then two from PortOne's console; `c-3` belongs to a give-back. */
function refundedOrder(): Order {
  const cancels = [cancelEntry("c-1", 20_000), cancelEntry("c-2", 9_000), cancelEntry("c-3", 1_000)];
  const order = synced(approvedOrder(), [cancelledRecord(cancels)]);
  const names: Readonly<Record<string, string>> = { "c-1": ownId, "c-3": automaticId };
  const attempts = order.attempts.map((attempt) => ({
    ...attempt,
    cancels: attempt.cancels.map((cancel) => ({ ...cancel, refundId: names[cancel.cancellationId] ?? null })),
  }));
  return { ...order, attempts };
}

async function portsWith(order: Order | null) {
  const ports = await syncingPorts(order);
  ports.refunds.kept.push(
    refundRecord(ownId),
    refundRecord(refusedId, { state: "refused", refusal: "provider_refused", cancellationId: null }),
    refundRecord(automaticId, { origin: "automatic", cancellationId: "c-3" }),
  );
  return ports;
}

describe("the list of refunds", () => {
  it("shows ours by their items and a console cancel with what was left after it, oldest first", async () => {
    expect(await listRefunds(merchantUid, await portsWith(refundedOrder()))).toMatchObject([
      { kind: "finished", refund: { refundId: ownId } },
      { kind: "console", impUid, cancel: { cancellationId: "c-2" }, remainingAfter: 80_000 },
      { kind: "finished", refund: { refundId: automaticId } },
    ]);
  });

  it("shows a cancel that came after its refund was refused as money that went back", async () => {
    const order = refundedOrder();
    const attempts = order.attempts.map((attempt) => ({
      ...attempt,
      cancels: attempt.cancels.map((cancel) =>
        cancel.cancellationId === "c-2" ? { ...cancel, refundId: refusedId } : cancel,
      ),
    }));
    const listed = await listRefunds(merchantUid, await portsWith({ ...order, attempts }));
    expect(listed?.[1]).toMatchObject({ kind: "console", cancel: { cancellationId: "c-2" } });
  });

  it("shows the one in flight last", async () => {
    const cancel = cancelOf(orderWithUnknownRefund());
    const listed = await listRefunds(merchantUid, await portsWith({ ...refundedOrder(), cancel }));
    expect(listed?.map(({ kind }) => kind)).toEqual(["finished", "console", "finished", "running"]);
    expect(listed?.at(-1)).toMatchObject({ kind: "running", cancel: { id: "rf_1", state: "unknown" } });
  });

  it("shows a refund whose item is gone by PortOne's entry", async () => {
    const ports = await syncingPorts(refundedOrder());
    expect((await listRefunds(merchantUid, ports))?.map(({ kind }) => kind)).toEqual([
      "console",
      "console",
      "console",
    ]);
  });

  it("is empty for an order nothing was refunded of, and none without an order", async () => {
    expect(await listRefunds(merchantUid, await portsWith(approvedOrder()))).toEqual([]);
    expect(await listRefunds(merchantUid, await portsWith(null))).toBeNull();
  });
});

describe("one refund", () => {
  it.each([
    ["ours by its id", ownId, { kind: "finished", refund: { refundId: ownId } }],
    ["a console cancel by PortOne's entry", "cx_c-2", { kind: "console", cancel: { cancellationId: "c-2" } }],
    ["a give-back by PortOne's entry", "cx_c-3", { kind: "finished", refund: { refundId: automaticId } }],
    ["a refused one by its own item", refusedId, { kind: "finished", refund: { state: "refused" } }],
  ])("is found: %s", async (_, refundId, expected) => {
    expect(await findRefund(merchantUid, refundId, await portsWith(refundedOrder()))).toMatchObject(expected);
  });

  it("in flight is found by its id", async () => {
    const ports = await portsWith(orderWithUnknownRefund());
    expect(await findRefund(merchantUid, "rf_1", ports)).toMatchObject({
      kind: "running",
      cancel: { id: "rf_1" },
    });
  });

  it.each(["rf_AAAAAAAAAAAAAAAAAAAAAA", "cx_c-9", ""])("is not found by %j", async (refundId) => {
    expect(await findRefund(merchantUid, refundId, await portsWith(refundedOrder()))).toBe(
      "refund_not_found",
    );
  });

  it("that only looks like an id of ours is never looked up in the table", async () => {
    const ports = await portsWith(refundedOrder());
    ports.refunds.kept.push(refundRecord("rf_short"), refundRecord("C#secret"));
    expect(await findRefund(merchantUid, "rf_short", ports)).toBe("refund_not_found");
    expect(await findRefund(merchantUid, "C#secret", ports)).toBe("refund_not_found");
  });

  it("needs an order", async () => {
    expect(await findRefund(merchantUid, ownId, await portsWith(null))).toBe("order_not_found");
  });
});
