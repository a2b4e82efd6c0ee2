// The record every payment begins with, whether a window opens or the API is called: nothing is known yet but
// what the shop said. Facts: record page (lengths, empty values), `imp_` for windows and `imps_` for API calls
// as seen live.
import type { Simulator } from "./simulator.ts";
import type { Channel, StoredPayment } from "./state.ts";

export interface PaymentStart {
  readonly merchantUid: string;
  readonly payMethod: string;
  readonly channel: Channel;
  readonly escrow: boolean;
  readonly amount: number;
  readonly taxFree: number;
  readonly currency: string;
  /** JSON text. */
  readonly customData: string | null;
  readonly noticeUrl: string | null;
  readonly customerUid: string | null;
  readonly isScheduled?: boolean;
  /** A text the shop gave, or null. */
  readonly text: (name: string) => string | null;
}

/** Gives the record without storing it. */
export function newPayment(simulator: Simulator, start: PaymentStart): StoredPayment {
  const { settings } = simulator;
  const limited = (name: string, length: number) => {
    const text = start.text(name);
    return text === null ? null : [...text].slice(0, length).join("");
  };
  return {
    impUid: simulator.nextId(start.channel === "api" ? "impsUid" : "impUid"),
    n: simulator.nextNumber("payment"),
    merchantUid: start.merchantUid,
    payMethod: start.payMethod,
    channel: start.channel,
    embPgProvider: null,
    pgId: settings.mid,
    sandbox: settings.sandbox,
    escrow: start.escrow,
    escrowConfirmedAtMs: null,
    pgTid: null,
    applyNum: null,
    bank: null,
    card: null,
    cardQuota: 0,
    interestFree: false,
    account: null,
    name: limited("name", 40),
    amount: start.amount,
    taxFree: start.taxFree,
    currency: start.currency,
    buyerName: limited("buyer_name", 16),
    buyerEmail: limited("buyer_email", 64),
    buyerTel: limited("buyer_tel", 16),
    buyerAddr: limited("buyer_addr", 128),
    buyerPostcode: limited("buyer_postcode", 8),
    customData: start.customData,
    status: "ready",
    startedAtMs: simulator.clock.nowMs(),
    paidAtMs: null,
    failedAtMs: null,
    cancelledAtMs: null,
    failReason: null,
    cancelReason: null,
    receiptUrl: null,
    cancels: [],
    cashReceiptIssued: false,
    noticeUrl: start.noticeUrl,
    noticeSentTo: null,
    customerUid: start.customerUid,
    isScheduled: start.isScheduled === true,
  };
}
