// What the simulator stores: plain records, times in milliseconds, never the shapes it sends (wire.ts).
import type { Credentials } from "./ids.ts";
import type { KeyInCard } from "./key-in-card.ts";
import type { RequestPay } from "./request-pay.ts";
import type { Settings } from "./settings.ts";

export type PaymentStatus = "ready" | "paid" | "cancelled" | "failed";
export type Channel = "pc" | "mobile" | "api";
export type NoticeStatus = PaymentStatus | "pending";

export interface CodeName {
  readonly code: string;
  readonly name: string;
}

export interface StoredCard extends CodeName {
  /** Masked. */
  readonly number: string;
  /** 0 credit, 1 check. */
  readonly type: number;
}

export interface StoredAccount extends CodeName {
  readonly number: string;
  readonly holder: string;
  readonly dueAtMs: number;
  readonly issuedAtMs: number;
  /** The buyer asked for a cash receipt, which is issued with the deposit. */
  readonly wantsReceipt: boolean;
}

export interface StoredCancel {
  readonly cancellationId: string;
  readonly amount: number;
  readonly taxFree: number;
  readonly atMs: number;
  readonly reason: string;
  readonly receiptUrl: string | null;
}

export interface StoredPayment {
  readonly impUid: string;
  /** Order of creation, which breaks ties between equal times. */
  readonly n: number;
  readonly merchantUid: string;
  readonly payMethod: string;
  readonly channel: Channel;
  readonly embPgProvider: string | null;
  readonly pgId: string;
  readonly sandbox: boolean;
  readonly escrow: boolean;
  /** When the buyer confirmed the purchase; escrow only. */
  readonly escrowConfirmedAtMs: number | null;
  readonly pgTid: string | null;
  readonly applyNum: string | null;
  readonly bank: CodeName | null;
  readonly card: StoredCard | null;
  readonly cardQuota: number;
  /** The shop bears the instalments' interest; no field of PortOne's record says so. */
  readonly interestFree: boolean;
  readonly account: StoredAccount | null;
  readonly name: string | null;
  readonly amount: number;
  readonly taxFree: number;
  readonly currency: string;
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly buyerAddr: string | null;
  readonly buyerPostcode: string | null;
  /** As sent back: JSON text. */
  readonly customData: string | null;
  readonly status: PaymentStatus;
  readonly startedAtMs: number;
  readonly paidAtMs: number | null;
  readonly failedAtMs: number | null;
  readonly cancelledAtMs: number | null;
  readonly failReason: string | null;
  readonly cancelReason: string | null;
  readonly receiptUrl: string | null;
  readonly cancels: readonly StoredCancel[];
  readonly cashReceiptIssued: boolean;
  /** `notice_url` of the window call; it replaces the console's address for this payment. */
  readonly noticeUrl: string | null;
  /** Where the notice of payment went; null while there was none. */
  readonly noticeSentTo: string | null;
  /** Whose billing key was charged. */
  readonly customerUid: string | null;
  /** PortOne charged it by itself, at a time that was reserved. */
  readonly isScheduled: boolean;
}

/** A billing key. */
export interface StoredCustomer {
  readonly customerUid: string;
  readonly card: KeyInCard;
  readonly name: string | null;
  readonly tel: string | null;
  readonly email: string | null;
  readonly addr: string | null;
  readonly postcode: string | null;
  readonly insertedAtMs: number;
  readonly updatedAtMs: number;
}

/** A charge PortOne makes by itself when its time comes. */
export interface StoredSchedule {
  readonly merchantUid: string;
  readonly customerUid: string;
  /** Order of reservation, which breaks ties between equal times. */
  readonly n: number;
  readonly scheduledAtMs: number;
  /** What the shop said, for the charge's record. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: "scheduled" | "executed" | "revoked";
  readonly executedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly impUid: string | null;
  readonly paymentStatus: "paid" | "failed" | null;
  readonly failReason: string | null;
}

/** A parcel registered for an escrow payment. */
export interface StoredLogis {
  readonly impUid: string;
  readonly company: string;
  readonly invoice: string;
  readonly sentAtMs: number;
  readonly appliedAtMs: number;
}

/** One cash receipt: a generation of its payment's or sale's. */
export interface StoredReceipt {
  /** Null for a sale made elsewhere. */
  readonly impUid: string | null;
  readonly merchantUid: string;
  /** From 1; each revoked one makes room for the next. */
  readonly generation: number;
  readonly receiptTid: string;
  readonly applyNum: string;
  readonly type: string;
  readonly identifier: string | null;
  readonly identifierType: string | null;
  readonly productType: string | null;
  readonly buyerName: string | null;
  readonly amount: number;
  readonly taxFree: number;
  readonly vat: number;
  readonly appliedAtMs: number;
  readonly cancelledAtMs: number | null;
}

/** Every cash receipt of one payment or sale, oldest first; only the last can be live. */
export interface ReceiptFile {
  readonly generations: readonly StoredReceipt[];
}

export type Device = "pc" | "mobile";

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export interface StoredWindow {
  readonly window: string;
  readonly impUid: string;
  readonly device: Device;
  readonly requestPay: RequestPay;
  readonly state: "open" | "approved" | "failed" | "closed" | "abandoned";
  /** Why nothing was paid, as the shop's page is told. */
  readonly failure?: Failure | undefined;
}

export interface StoredPrepare {
  readonly merchantUid: string;
  readonly amount: number;
  /** Null: not compared. */
  readonly currency: string | null;
}

export interface StoredDelivery {
  readonly kind: "confirm" | "notice";
  readonly n: number;
  readonly impUid: string;
  readonly merchantUid: string;
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly attempt: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number;
  readonly atMs: number;
}

/** A notice on its way: stored before it is sent, removed with the record of its delivery. */
export interface NoticeJob {
  readonly kind: "notice";
  readonly id: string;
  /** Null: held back until the payment is cancelled. */
  readonly atMs: number | null;
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: NoticeStatus;
  readonly cancellationId: string | null;
  readonly url: string;
  readonly attempt: number;
  /** Faults judge a notice once, on its first sending. */
  readonly isJudged: boolean;
}

/** An API call whose effect comes after its caller gave up. */
export interface LateEffectJob {
  readonly kind: "late_effect";
  readonly id: string;
  readonly atMs: number;
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Job = NoticeJob | LateEffectJob;

export interface RecordPatch {
  /** A record in the answer, or the whole answer. */
  readonly part: "record" | "envelope";
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface StoredFault {
  readonly id: string;
  readonly n: number;
  readonly name: string;
  readonly call: string;
  readonly occurrence: number;
  readonly count: number;
  readonly impUid: string | null;
  readonly merchantUid: string | null;
  readonly delayMs: number | null;
  /** What `record_patched` lays over answers; null for every other fault. */
  readonly patch: RecordPatch | null;
  /** Matching calls so far. */
  readonly seen: number;
  readonly hits: number;
}

export interface StoredToken {
  readonly accessToken: string;
  /** UNIX seconds, because that is what PortOne counts a token's life in. */
  readonly expiresAtSeconds: number;
}

/** Kept by key. */
export interface Collections {
  payments: StoredPayment;
  windows: StoredWindow;
  prepared: StoredPrepare;
  /** By imp_uid. */
  receipts: ReceiptFile;
  /** By merchant_uid. */
  externalReceipts: ReceiptFile;
  customers: StoredCustomer;
  /** By merchant_uid. */
  schedules: StoredSchedule;
  /** By imp_uid. */
  logis: StoredLogis;
  deliveries: StoredDelivery;
  jobs: Job;
  faults: StoredFault;
}

/** One of each. */
export interface Singletons {
  seed: number;
  credentials: Credentials;
  counters: Readonly<Record<string, number>>;
  settings: Settings;
  token: StoredToken | null;
  clockOffsetMs: number;
}
