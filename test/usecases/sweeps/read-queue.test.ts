// What waits, read for a desk: bounded, and told as it stands.
import { beforeEach, describe, expect, it } from "vitest";
import { newAudit } from "../../../lib/domain/audit.ts";
import { restingBrake } from "../../../lib/domain/brake.ts";
import { doubtsOf } from "../../../lib/domain/doubt.ts";
import { kstDayStartMs } from "../../../lib/domain/kst.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { viewBrake, viewQueue } from "../../../lib/http/views/queue.ts";
import type { Doubtful, WatchList } from "../../../lib/ports/table.ts";
import { readQueue } from "../../../lib/usecases/sweeps/read-queue.ts";
import { InMemoryBrakeStore, StandingClock } from "../../support/doubles.ts";
import { InMemoryAuditStore } from "../../support/in-memory-audit-store.ts";
import { createdOrder, minuteMs } from "../../support/orders.ts";
import { orderWithUnknownRefund } from "../../support/syncing-ports.ts";

const dayMs = 24 * 3_600_000;

const doubtfulOrder = (order: Order): Doubtful => ({
  kind: "order",
  merchantUid: order.merchantUid,
  doubts: doubtsOf(order),
  reviewReason: order.reviewReason,
});

/** What there is, and what was asked for. */
class ListedWatch implements WatchList {
  doubts: readonly Doubtful[] = [];
  reviews = 0;
  due: { readonly count: number; readonly oldestAtMs: number | null } = { count: 0, oldestAtMs: null };
  readonly asked: number[] = [];

  async listReviews() {
    return { orders: [], unreadable: 0, next: null };
  }
  async countReviews(most: number) {
    this.asked.push(most);
    return { count: Math.min(this.reviews, most), isMore: this.reviews > most };
  }
  async listDoubts(limit: number) {
    this.asked.push(limit);
    return { items: this.doubts.slice(0, limit), isMore: this.doubts.length > limit };
  }
  async glanceDue(_nowMs: number, most: number) {
    this.asked.push(most);
    const { count, oldestAtMs } = this.due;
    return { count: Math.min(count, most), isMore: count > most, oldestAtMs };
  }
}

const make = () => ({
  watch: new ListedWatch(),
  brake: new InMemoryBrakeStore(),
  audits: new InMemoryAuditStore(),
  clock: new StandingClock(),
});
let ports: ReturnType<typeof make>;
beforeEach(() => {
  ports = make();
});
const seen = async () => viewQueue(await readQueue(ports), 20);

function keepNight(day: string, part: "done" | "paid"): void {
  const fromMs = kstDayStartMs(day);
  const report = newAudit(day, { fromMs, toMs: fromMs + dayMs - 1 }, null);
  const place = part === "done" ? ({ part } as const) : report.place;
  ports.audits.others.set(day, { report: { ...report, place, unreadable: 2 }, version: 1 });
}

describe("the queue", () => {
  it("of a quiet shop is empty, and no night was audited", async () => {
    expect(await seen()).toEqual({
      due: { count: 0, oldest_s: 0, more: false },
      operations: [],
      more_operations: false,
      reviews: { count: 0, more: false },
      brake: { on: false, last_hour: 0, most_per_hour: 20, waiting: 0 },
      audit: null,
    });
  });

  it("tells how old the longest due is, and where it stopped counting", async () => {
    ports.watch.due = { count: 10_001, oldestAtMs: ports.clock.nowMs() - 90_999 };
    ports.watch.reviews = 10_000;
    expect(await seen()).toMatchObject({
      due: { count: 10_000, oldest_s: 90, more: true },
      reviews: { count: 10_000, more: false },
    });
    expect(ports.watch.asked.toSorted((a, b) => a - b)).toEqual([50, 10_000, 10_000]);
  });

  it("names each call in doubt, and none of an order that the index still shows", async () => {
    const doubtful = orderWithUnknownRefund();
    const parcel = { id: "ord-1", kind: "delivery_update", state: "scheduled", sinceMs: 0 };
    ports.watch.doubts = [
      doubtfulOrder(doubtful),
      doubtfulOrder(createdOrder({ merchantUid: "ord-done" })),
      {
        kind: "delivery",
        merchantUid: "ord-1",
        doubts: [parcel],
        reviewReason: "operation_unresolved",
      },
    ];
    const { cancel, merchantUid } = doubtful;
    expect((await seen()).operations).toEqual([
      {
        merchant_uid: merchantUid,
        of: "order",
        id: cancel?.id,
        kind: "refund",
        state: "unknown",
        since: new Date(cancel?.sinceMs ?? 0).toISOString(),
        review_reason: null,
      },
      {
        merchant_uid: "ord-1",
        of: "delivery",
        id: "ord-1",
        kind: "delivery_update",
        state: "scheduled",
        since: "1970-01-01T00:00:00.000Z",
        review_reason: "operation_unresolved",
      },
    ]);
  });

  it("names fifty orders at most, and says that there are more", async () => {
    ports.watch.doubts = Array(51).fill(doubtfulOrder(orderWithUnknownRefund()));
    const { operations, more_operations } = await seen();
    expect([operations.length, more_operations]).toEqual([50, true]);
  });

  it("tells the newest night in short, and the days before it that are behind", async () => {
    keepNight("2026-08-01", "done");
    keepNight("2026-08-02", "paid");
    keepNight("2026-08-03", "done");
    ports.clock.advance(kstDayStartMs("2026-08-05") - ports.clock.nowMs());
    expect((await seen()).audit).toEqual({
      day: "2026-08-03",
      complete: true,
      differences: 0,
      unreadable: 2,
      behind: ["2026-08-02"],
    });
  });
});

it("the brake is told with what it lets go and whom it holds", () => {
  const nowMs = Date.parse("2026-08-05T12:00:00+09:00");
  const counted = [
    { startMs: nowMs - 90 * minuteMs, count: 5 },
    { startMs: nowMs - 10 * minuteMs, count: 17 },
    { startMs: nowMs, count: 3 },
  ];
  const waiting = [{ merchantUid: "ord-1", cameAtMs: nowMs }];
  expect(viewBrake({ ...restingBrake, counted, isOn: true, waiting }, nowMs, 20)).toEqual({
    on: true,
    last_hour: 20,
    most_per_hour: 20,
    waiting: 1,
  });
});
