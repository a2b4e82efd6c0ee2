// A cancel that shows up under our tag after its slot was freed: it is ours, and a person hears of it.
import { describe, expect, it } from "vitest";
import { releaseCancel } from "../../lib/domain/cancel.ts";
import { closedRefunds, nameLateCancels, unnamedEntries } from "../../lib/domain/late-cancel.ts";
import { remainingOf, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import type { ReadableEntry } from "../../lib/domain/payment-record.ts";
import { cancelEntry, cancelledRecord, createdAtMs, minuteMs, synced } from "../support/orders.ts";
import { refundRecord } from "../support/refunds.ts";
import { cancelOf, orderWithUnknownRefund } from "../support/syncing-ports.ts";

const stamp = { by: "sweep", atMs: createdAtMs + 13 * minuteMs } as const;
const running = orderWithUnknownRefund();
const refused = releaseCancel(running, cancelOf(running), "provider_refused", stamp);
const tagged = cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심");
const byConsole = cancelEntry("c-9", 9_000);
const keptAsRefused = refundRecord("rf_1", {
  state: "refused",
  refusal: "provider_refused",
  cancellationId: null,
  cancelledAtMs: null,
});

const seen = (entries: readonly ReadableEntry[], order = refused) => {
  const record = cancelledRecord(entries);
  return { record, order: synced(order, [record]) };
};

describe("entries nobody has named", () => {
  it.each([
    ["a console cancel", refused, [byConsole], []],
    ["one under a tag of ours", refused, [byConsole, tagged], ["c-1"]],
    ["the cancel in flight, which names its own", running, [tagged], []],
  ])("%s", (_, before, entries, expected) => {
    const { order, record } = seen(entries, before);
    expect(unnamedEntries(order, record).map(({ cancellationId }) => cancellationId)).toEqual(expected);
  });

  it("are looked for among refunds that ended, refused ones too", () => {
    expect([closedRefunds(running), closedRefunds(refused)]).toEqual([[], ["rf_1"]]);
  });
});

describe("a late cancel", () => {
  it("of a refund that was told as refused is counted as ours, and a person looks", () => {
    const { order, record } = seen([tagged]);
    const named = nameLateCancels(order, record, [keptAsRefused], stamp);
    expect(named).toMatchObject({
      state: "partially_refunded",
      reviewReason: "operation_unresolved",
      attempts: [{ cancels: [{ cancellationId: "c-1", refundId: "rf_1", taxFree: 550 }] }],
    });
    expect([remainingOf(named), remainingTaxFreeOf(named)]).toEqual([89_000, 2_450]);
    expect(nameLateCancels(named, record, [keptAsRefused], stamp)).toBe(named);
  });

  it("of a refund made before is a double cancel", () => {
    const { order, record } = seen([tagged]);
    const kept = refundRecord("rf_1", { cancellationId: "c-0" });
    expect(nameLateCancels(order, record, [kept], stamp).reviewReason).toBe("double_cancel");
  });

  it("under a tag that is nobody's, or another payment's, stays the console's", () => {
    const { order, record } = seen([tagged]);
    expect(nameLateCancels(order, record, [], stamp)).toBe(order);
    const other = { ...keptAsRefused, impUid: "imp_2" };
    expect(nameLateCancels(order, record, [other], stamp)).toBe(order);
  });
});
