// Where a receipt's book is kept: in its order, or in an item of its own for a sale outside PortOne. The
// protocol of receipts works on either through this.

import { earlierLook } from "../../domain/cancel.ts";
import { type Actor, changeOrder, type Order, payingAttempt } from "../../domain/order.ts";
import type { ReceiptBook } from "../../domain/receipt.ts";
import type { Clock } from "../../ports/environment.ts";
import type { ReceiptTarget } from "../../ports/portone.ts";
import type { ExternalSale, ExternalSaleStore, OrderStore } from "../../ports/table.ts";

/** One read of a book; `order` is set when it is an order's. */
export interface BookPage {
  readonly book: ReceiptBook;
  readonly target: ReceiptTarget | null;
  readonly order: Order | null;
}

export interface BookKeeper {
  /** Null when there is no such order; a sale nobody wrote down yet has an empty book. */
  readonly read: () => Promise<BookPage | null>;
  /** Writes on condition that the page just read or written is still the newest; else gives the newest. */
  readonly write: (next: ReceiptBook) => Promise<{ readonly isWritten: boolean; readonly page: BookPage }>;
}

const firstLookAfterSendMs = 60_000;
const lookAtMs = (book: ReceiptBook): number | null =>
  book.operation && book.operation.sentAtMs + firstLookAfterSendMs;

export function orderBook(
  merchantUid: string,
  by: Actor,
  ports: { readonly store: OrderStore; readonly clock: Clock },
): BookKeeper {
  let order: Order | null = null;
  const page = (newest: Order): BookPage => {
    order = newest;
    const paying = payingAttempt(newest);
    return {
      book: { receipt: newest.receipt, operation: newest.receiptOperation },
      target: paying ? { kind: "payment", impUid: paying.impUid } : null,
      order: newest,
    };
  };
  return {
    read: async () => {
      const newest = await ports.store.read(merchantUid);
      return newest && page(newest);
    },
    write: async (next) => {
      if (!order) throw new Error("a book is read before it is written");
      const nowMs = ports.clock.nowMs();
      const wantedAtMs = lookAtMs(next);
      const changed = changeOrder(
        order,
        { receipt: next.receipt, receiptOperation: next.operation },
        { by, atMs: nowMs, ...(wantedAtMs !== null && { lookAtMs: earlierLook(order, wantedAtMs) }) },
      );
      const written = await ports.store.update(order, changed);
      return { isWritten: written.outcome === "updated", page: page(written.order) };
    },
  };
}

export function saleBook(merchantUid: string, ports: { readonly sales: ExternalSaleStore }): BookKeeper {
  let sale: ExternalSale | null = null;
  const page = (newest: ExternalSale | null): BookPage => {
    sale = newest;
    const book = newest?.book ?? { receipt: null, operation: null };
    return { book, target: { kind: "external", merchantUid }, order: null };
  };
  return {
    read: async () => page(await ports.sales.readSale(merchantUid)),
    write: async (next) => {
      const written = await ports.sales.writeSale(sale, {
        merchantUid,
        book: next,
        dueAtMs: lookAtMs(next),
        looks: 0,
      });
      return { isWritten: written.outcome === "updated", page: page(written.sale) };
    },
  };
}
