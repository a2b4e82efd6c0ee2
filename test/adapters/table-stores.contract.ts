// What the stores beside the orders promise, asked of the double and of the table alike.

import { describe, expect, it } from "vitest";
import { restingBrake } from "../../lib/domain/brake.ts";
import { firstLook } from "../../lib/domain/ladder.ts";
import { noReceipt } from "../../lib/domain/receipt.ts";
import type { DeliveryStore } from "../../lib/ports/delivery.ts";
import type { BrakeStore, CallBudget, ExternalSaleStore, RefundStore } from "../../lib/ports/table.ts";
import { won } from "../support/orders.ts";
import { refundRecord } from "../support/refunds.ts";

const atMs = Date.parse("2026-08-05T12:05:00+09:00");

export function refundStoreContract(name: string, makeStore: () => Promise<RefundStore>): void {
  describe(`${name} as a refund store`, () => {
    const [first, second] = ["rf_2ZkAbCdEfGhIjKlMnOpQrS", "rf_3ZkAbCdEfGhIjKlMnOpQrS"] as const;

    it("keeps a refund once: the stored one wins and is given back", async () => {
      const store = await makeStore();
      const kept = refundRecord(first);
      expect(await store.keepRefund(kept)).toBe(kept);
      const other = {
        ...kept,
        state: "refused",
        refusal: "provider_refused",
        requestId: "다른 요청",
      } as const;
      expect(await store.keepRefund(other)).toEqual(kept);
      expect(await store.readRefund("ord-20260805-000142", first)).toEqual(kept);
    });

    it("knows no refund that was not kept, and reads those it has of a list", async () => {
      const store = await makeStore();
      await store.keepRefund(refundRecord(second));
      expect(await store.readRefund("ord-20260805-000142", first)).toBeNull();
      expect(await store.readRefunds("ord-20260805-000142", [first, second])).toEqual([refundRecord(second)]);
      expect(await store.readRefunds("ord-20260805-000142", [])).toEqual([]);
    });
  });
}

export function brakeStoreContract(name: string, makeStore: () => Promise<BrakeStore>): void {
  describe(`${name} as a brake store`, () => {
    it("rests until it was needed, and takes one write a version", async () => {
      const store = await makeStore();
      expect(await store.readBrake()).toEqual({ brake: restingBrake, version: 0 });
      const on = {
        counted: [
          { startMs: atMs - 60_000, count: 3 },
          { startMs: atMs, count: 17 },
        ],
        isOn: true,
        waiting: [
          { merchantUid: "ord-2", cameAtMs: atMs },
          { merchantUid: "ord-1", cameAtMs: atMs + 1 },
        ],
      };
      expect(await store.writeBrake(on, 0)).toBe(true);
      expect(await store.writeBrake(restingBrake, 0)).toBe(false);
      expect(await store.readBrake()).toEqual({ brake: on, version: 1 });
      expect(await store.writeBrake({ ...on, isOn: false }, 1)).toBe(true);
      expect((await store.readBrake()).version).toBe(2);
    });
  });
}

export function callBudgetContract(name: string, make: (calls: number) => Promise<CallBudget>): void {
  describe(`${name} as a budget of calls`, () => {
    it.each([0, 1, 3])("of %d lets as many pass and no more", async (calls) => {
      const budget = await make(calls);
      const passed = [];
      for (const uid of ["ord-1", "ord-2", "ord-3", "ord-4"]) passed.push(await budget.take(uid, atMs));
      expect(passed.filter(Boolean)).toHaveLength(calls);
      expect(passed.slice(calls)).not.toContain(true);
    });
  });
}

export function saleStoreContract(name: string, makeStore: () => Promise<ExternalSaleStore>): void {
  describe(`${name} as a store of sales outside PortOne`, () => {
    const empty = {
      merchantUid: "sale-1",
      slot: noReceipt,
      ...firstLook(null),
    };
    const asking = {
      ...empty,
      dueAtMs: atMs,
      looks: 10,
      silences: 3,
      reviewReason: "operation_unresolved",
      slot: {
        receipt: null,
        operation: {
          id: "receipt_issue-1",
          kind: "receipt_issue",
          state: "claimed",
          claimToken: "claim-1",
          sends: 1,
          sentAtMs: atMs,
          sinceMs: atMs,
          draft: {
            type: "person",
            identifierMasked: "010****5678",
            amount: won(5_000),
            taxFree: won(0),
            bodyHash: "hash",
          },
          isFollowing: false,
        },
        recipient: "1.sealed",
      },
    } as const;

    it("has nothing of a sale nobody wrote down, and creates it once", async () => {
      const store = await makeStore();
      expect(await store.readSale("sale-1")).toBeNull();
      const written = await store.writeSale(null, asking);
      expect(written).toEqual({ outcome: "updated", sale: { ...asking, version: 1 } });
      expect(await store.writeSale(null, empty)).toEqual({ outcome: "conflict", sale: written.sale });
      expect(await store.readSale("sale-1")).toEqual(written.sale);
    });

    it("lets the writer of a version win and tells the other what stands there", async () => {
      const store = await makeStore();
      const { sale } = await store.writeSale(null, empty);
      const won1 = await store.writeSale(sale, asking);
      expect(won1).toMatchObject({ outcome: "updated", sale: { version: 2 } });
      expect(await store.writeSale(sale, empty)).toEqual({ outcome: "conflict", sale: won1.sale });
    });
  });
}

export function deliveryStoreContract(name: string, makeStore: () => Promise<DeliveryStore>): void {
  describe(`${name} as a store of deliveries`, () => {
    const person = { name: "홍길동", tel: "010-1234-5678", addr: "서울시 강남구", postcode: "06000" };
    const inReview = { dueAtMs: atMs, looks: 10, silences: 3, reviewReason: "operation_unresolved" } as const;
    const wanted = {
      isChange: false,
      sender: { ...person, relationship: "판매자" },
      receiver: person,
      company: "CJGLS",
      invoice: "1234-5678",
      sentAtMs: atMs,
    };
    const kept = {
      merchantUid: "ord-1",
      impUid: "imp_1",
      registered: null,
      wanted,
      wantedSinceMs: atMs - 1,
      ...inReview,
    };

    it("keeps what is to be told, to the letter, once a version", async () => {
      const store = await makeStore();
      expect(await store.readDelivery("ord-1")).toBeNull();
      expect(await store.writeDelivery(null, kept)).toBe(true);
      expect(await store.writeDelivery(null, kept)).toBe(false);
      const first = await store.readDelivery("ord-1");
      expect(first).toEqual({ ...kept, version: 1 });
      const registered = {
        company: "CJGLS",
        invoice: "1234-5678",
        sentAtMs: atMs,
        appliedAtMs: atMs + 1_000,
      };
      const told = { ...kept, wanted: null, wantedSinceMs: null, ...firstLook(null), registered };
      expect(await store.writeDelivery(first, told)).toBe(true);
      expect(await store.readDelivery("ord-1")).toEqual({ ...told, version: 2 });
      expect(await store.writeDelivery(first, kept)).toBe(false);
    });
  });
}
