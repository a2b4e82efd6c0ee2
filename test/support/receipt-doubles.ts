// PortOne's doors for cash receipts and parcels, as scripted as a test wants them, and the tables beside the orders.
import type { Delivery, DeliveryRecord } from "../../lib/domain/delivery.ts";
import { firstLook } from "../../lib/domain/ladder.ts";
import type { Receipt, ReceiptDraft } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { noReceipt, type ReceiptRecord } from "../../lib/domain/receipt.ts";
import type { ReceiptRecipient } from "../../lib/domain/receipt-recipient.ts";
import type { DeliveryGateway, DeliveryStore } from "../../lib/ports/delivery.ts";
import type {
  CallResult,
  Login,
  ReceiptGateway,
  ReceiptIssueRequest,
  ReceiptTarget,
  Unavailable,
} from "../../lib/ports/portone.ts";
import {
  type ExternalSale,
  type ExternalSaleStore,
  type SaleUpdateResult,
  StorageUnavailableError,
} from "../../lib/ports/table.ts";
import type { IssueReceipt } from "../../lib/usecases/receipts/issue-receipt.ts";
import { silence } from "./doubles.ts";
import { approvedOrder, createdAtMs, createdOrder, minuteMs, paymentRecord, synced, won } from "./orders.ts";
import { sealedRecipients } from "./sealings.ts";
import { syncingPorts } from "./syncing-ports.ts";

const lost = { outcome: "unknown", why: "timeout" } as const;

export const receiptRecord = (more: Partial<ReceiptRecord> = {}): ReceiptRecord => ({
  applyNum: "120000123",
  amount: won(109_000),
  vat: won(9_636),
  receiptTid: "tid-1",
  receiptUrl: null,
  appliedAtMs: createdAtMs + 3 * minuteMs,
  cancelledAtMs: null,
  ...more,
});

export const recipient: ReceiptRecipient = {
  identifier: "01012345678",
  identifierType: "phone",
  type: "person",
  productType: "real",
  buyerName: null,
  buyerEmail: null,
  buyerTel: null,
  saleName: null,
};

export const receiptDraft: ReceiptDraft = {
  type: "person",
  identifierMasked: "010****5678",
  amount: won(109_000),
  taxFree: won(3_000),
  bodyHash: "hash",
};

/** The receipt as an order holds it. */
export const heldReceipt = (more: Partial<Receipt> = {}): Receipt => ({
  ...receiptRecord(),
  appliedAtMs: createdAtMs + 3 * minuteMs,
  state: "issued",
  type: "person",
  identifierMasked: "010****5678",
  askedAmount: null,
  taxFree: won(3_000),
  restsUntilMs: null,
  readAtMs: null,
  generation: 1,
  origin: "merchant",
  ...more,
});

export const cancelledReceipt = receiptRecord({ cancelledAtMs: createdAtMs + 4 * minuteMs });

/** The receipt as PortOne holds it; calls end as scripted, and without a script they are unknown. */
export class ScriptedReceipts implements ReceiptGateway {
  isReady = true;
  record: ReceiptRecord | null = null;
  readonly issues: CallResult<ReceiptRecord>[] = [];
  readonly cancels: CallResult<ReceiptRecord>[] = [];
  /** Given first, whatever is asked. */
  readonly answers: Unavailable[] = [];
  readonly issued: ReceiptIssueRequest[] = [];
  readonly cancelled: ReceiptTarget[] = [];
  fetched = 0;

  async login(): Promise<Login> {
    return this.isReady ? { outcome: "ready" } : silence;
  }

  async issueReceipt(request: ReceiptIssueRequest): Promise<CallResult<ReceiptRecord>> {
    this.issued.push(request);
    return this.issues.shift() ?? lost;
  }

  async cancelReceipt(target: ReceiptTarget): Promise<CallResult<ReceiptRecord>> {
    this.cancelled.push(target);
    return this.cancels.shift() ?? lost;
  }

  async fetchReceipt(): ReturnType<ReceiptGateway["fetchReceipt"]> {
    this.fetched += 1;
    return this.answers.shift() ?? { outcome: "found", record: this.record };
  }
}

/** Sales outside PortOne, one item each; lets somebody else win as many writes as a test says. */
export class InMemorySaleStore implements ExternalSaleStore {
  readonly sales = new Map<string, ExternalSale>();
  lostRaces = 0;
  /** What becomes of the next calls of the table, in order; the rest are answered. */
  readonly troubles: ("answered" | "down" | "landed, no answer")[] = [];

  async readSale(merchantUid: string): Promise<ExternalSale | null> {
    this.#failIf(this.troubles.shift() === "down");
    return structuredClone(this.sales.get(merchantUid) ?? null);
  }

  async writeSale(
    previous: ExternalSale | null,
    next: Omit<ExternalSale, "version">,
  ): Promise<SaleUpdateResult> {
    const trouble = this.troubles.shift();
    this.#failIf(trouble === "down");
    const written = this.#write(previous, next);
    this.#failIf(trouble === "landed, no answer");
    return written;
  }

  #failIf(isSilent: boolean): void {
    if (isSilent) throw new StorageUnavailableError("sale: no answer");
  }

  #write(previous: ExternalSale | null, next: Omit<ExternalSale, "version">): SaleUpdateResult {
    const known = this.sales.get(next.merchantUid);
    const version = (known?.version ?? 0) + 1;
    if (this.lostRaces > 0) {
      this.lostRaces -= 1;
      const theirs = { ...emptySale(next.merchantUid), ...known, version };
      this.sales.set(next.merchantUid, theirs);
      return { outcome: "conflict", sale: structuredClone(theirs) };
    }
    if (known && known.version !== previous?.version)
      return { outcome: "conflict", sale: structuredClone(known) };
    const sale = structuredClone({ ...next, version });
    this.sales.set(next.merchantUid, sale);
    return { outcome: "updated", sale: structuredClone(sale) };
  }
}

const emptySale = (merchantUid: string): Omit<ExternalSale, "version"> => ({
  merchantUid,
  slot: noReceipt,
  ...firstLook(null),
});

/** An order paid by bank transfer, for which a receipt may be issued. */
export const orderPaidByTransfer = (): Order =>
  synced(approvedOrder(createdOrder({ payMethod: "trans" })), [paymentRecord({ payMethod: "trans" })]);

export async function receiptPorts(order: Order | null = orderPaidByTransfer()) {
  return {
    ...(await syncingPorts(order)),
    receipts: new ScriptedReceipts(),
    sales: new InMemorySaleStore(),
    recipients: sealedRecipients,
    followsReceipts: true,
  };
}

export type ReceiptDoubles = Awaited<ReturnType<typeof receiptPorts>>;

export class InMemoryDeliveryStore implements DeliveryStore {
  delivery: Delivery | null = null;
  lostRaces = 0;

  async readDelivery(merchantUid: string): Promise<Delivery | null> {
    return this.delivery?.merchantUid === merchantUid ? structuredClone(this.delivery) : null;
  }

  async writeDelivery(previous: Delivery | null, next: Omit<Delivery, "version">): Promise<boolean> {
    if (this.lostRaces > 0) {
      this.lostRaces -= 1;
      return false;
    }
    if ((this.delivery?.version ?? 0) !== (previous?.version ?? 0)) return false;
    this.delivery = structuredClone({ ...next, version: (previous?.version ?? 0) + 1 });
    return true;
  }
}

type Told = Awaited<ReturnType<DeliveryGateway["register"]>>;

/** PortOne's word on parcels; registering ends as scripted, and without a script it is unknown. */
export class ScriptedParcels implements DeliveryGateway {
  record: DeliveryRecord | null = null;
  readonly registers: Told[] = [];
  readonly answers: Unavailable[] = [];
  readonly told: string[] = [];

  async register(impUid: string, request: Parameters<DeliveryGateway["register"]>[1]): Promise<Told> {
    this.told.push(`${impUid} ${request.invoice}`);
    return this.registers.shift() ?? lost;
  }

  async fetchDelivery(): ReturnType<DeliveryGateway["fetchDelivery"]> {
    return this.answers.shift() ?? { outcome: "found", record: this.record };
  }
}

export const orderOfEscrow = (): Order =>
  synced(approvedOrder(createdOrder({ escrow: true })), [paymentRecord({ escrow: true })]);

export async function deliveryPorts(order: Order | null = orderOfEscrow()) {
  return {
    ...(await syncingPorts(order)),
    deliveries: new InMemoryDeliveryStore(),
    parcels: new ScriptedParcels(),
  };
}

/** What the shop asks for the order of these doubles. */
export const receiptWish: IssueReceipt = {
  address: { of: "order", merchantUid: "ord-20260805-000142" },
  identifier: "010-1234-5678",
  identifierType: "phone",
  type: "person",
  productType: "real",
  buyerName: null,
  buyerEmail: null,
  buyerTel: null,
  bodyHash: "hash",
  sale: null,
};
