// PortOne and KSNET in memory: payments, their windows, accounts, cancels, receipts and prepared amounts, by the rules
// that matter for money. Nothing here waits or fails by itself; when a call reaches it, and what its caller hears, is
// the weather's business.
import { type Currency, type Money, moneyFromMinorUnits, vatOf } from "../../../lib/domain/money.ts";
import type { CancelEntry, PaymentRecord, VirtualAccount } from "../../../lib/domain/payment-record.ts";
import type { ReceiptRecord } from "../../../lib/domain/receipt.ts";
import type { CancelRequest } from "../../../lib/ports/portone.ts";
import { isClosedAt } from "../checks/paying-back.ts";
import { type Payment, recordAsOf, remainingOf, withCancel } from "./payment-history.ts";

export const mid = "2999199999";
const minuteMs = 60_000;
const windowLifeMs = 30 * minuteMs;
const none = moneyFromMinorUnits(0);

/** Whatever PortOne said no to, in its own words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** What takes effect at PortOne, for whoever watches. */
export interface PortOneEvents {
  readonly declined: (record: PaymentRecord) => void;
  readonly paid: (record: PaymentRecord, isCharge: boolean) => void;
  /** `request` is null for a cancel made in the console. */
  readonly cancelled: (record: PaymentRecord, entry: CancelEntry, request: CancelRequest | null) => void;
  readonly receiptCancelled: (impUid: string) => void;
  readonly accountOpened: (record: PaymentRecord) => void;
}

export interface PortOneSettings {
  readonly checksumAt: "arrival" | "commit";
  readonly partialShowsAs: "paid" | "cancelled";
}

export class PortOne {
  readonly payments = new Map<string, Payment>();
  /** Attempts whose decline was none. */
  readonly approvedLate = new Set<string>();
  readonly accountsByApi = new Set<string>();
  readonly #prepared = new Map<string, Money>();
  readonly #nowMs: () => number;
  readonly settings: PortOneSettings;
  readonly #events: PortOneEvents;
  #ids = 0;

  constructor(nowMs: () => number, settings: PortOneSettings, events: PortOneEvents) {
    this.#nowMs = nowMs;
    this.settings = settings;
    this.#events = events;
  }

  prepare(merchantUid: string, amount: Money): "registered" | "differs" {
    const known = this.#prepared.get(merchantUid);
    if (known === undefined) this.#prepared.set(merchantUid, amount);
    return known === undefined || known === amount ? "registered" : "differs";
  }

  paymentsOf(merchantUid: string): readonly Payment[] {
    return [...this.payments.values()].filter(({ record }) => record.merchantUid === merchantUid);
  }

  /** Null when PortOne refuses to open it: the amount was registered differently, or the number is paid. */
  openWindow(merchantUid: string, amount: Money, payMethod: string): string | null {
    const prepared = this.#prepared.get(merchantUid);
    if (prepared !== undefined && prepared !== amount) return null;
    if (this.paymentsOf(merchantUid).some(({ record }) => record.status === "paid")) return null;
    return this.#add({ merchantUid, amount, payMethod, status: "ready" });
  }

  isWindowOpen(impUid: string): boolean {
    const { record, windowUntilMs } = this.payment(impUid);
    return record.status === "ready" && record.account === null && this.#nowMs() < windowUntilMs;
  }

  /** The buyer's money is taken, in escrow that a page may have asked for by itself; false when the window or the account is not open any more. */
  take(impUid: string, escrow = false): boolean {
    const { record } = this.payment(impUid);
    const isOpen = record.account ? this.isAccountOpen(impUid) : this.isWindowOpen(impUid);
    if (!isOpen) return false;
    this.#change(impUid, { status: "paid", paidAtMs: this.#seconds(), account: null, escrow });
    this.#events.paid(this.payment(impUid).record, false);
    return true;
  }

  decline(impUid: string, why: string): void {
    if (this.payment(impUid).record.status === "ready")
      this.#change(impUid, { status: "failed", failReason: why });
  }

  /** What was declined is approved after all: false where it was not, or has been paid since. */
  approveLate(impUid: string): boolean {
    if (this.payment(impUid).record.status !== "failed") return false;
    this.approvedLate.add(impUid);
    this.#change(impUid, { status: "paid", paidAtMs: this.#seconds(), failReason: null });
    this.#events.paid(this.payment(impUid).record, false);
    return true;
  }

  openAccount(impUid: string, dueAtMs: number): boolean {
    if (!this.isWindowOpen(impUid)) return false;
    this.#change(impUid, { account: accountUntil(dueAtMs, impUid), payMethod: "vbank" });
    this.#events.accountOpened(this.payment(impUid).record);
    return true;
  }

  isAccountOpen(impUid: string): boolean {
    const { record } = this.payment(impUid);
    return record.status === "ready" && record.account !== null && this.#nowMs() <= record.account.dueAtMs;
  }

  revokeAccount(impUid: string): PaymentRecord {
    const { record } = this.payment(impUid);
    if (record.status !== "ready" || record.account === null)
      throw new Refusal("가상계좌를 말소할 수 없습니다.");
    this.#change(impUid, { status: "cancelled", account: null });
    return this.payment(impUid).record;
  }

  isAhead(atMs: number): boolean {
    return atMs > this.#nowMs();
  }

  /** An account without a window. */
  issueAccount(merchantUid: string, amount: Money, dueAtMs: number): PaymentRecord {
    const impUid = this.#add({ merchantUid, amount, payMethod: "vbank", status: "ready" });
    this.#change(impUid, { account: accountUntil(dueAtMs, impUid) });
    this.accountsByApi.add(impUid);
    const { record } = this.payment(impUid);
    this.#events.accountOpened(record);
    return record;
  }

  /** A charge without a window: paid or declined, at once. */
  charge(merchantUid: string, amount: Money, isDeclined: boolean): PaymentRecord {
    const impUid = this.#add({ merchantUid, amount, payMethod: "card", status: "ready" });
    if (isDeclined) this.#change(impUid, { status: "failed", failReason: "한도초과" });
    else this.#change(impUid, { status: "paid", paidAtMs: this.#seconds() });
    const { record } = this.payment(impUid);
    if (isDeclined) this.#events.declined(record);
    else this.#events.paid(record, true);
    return record;
  }

  /** Refuses what can be seen to be wrong when the request comes in. */
  checkCancel(request: Pick<CancelRequest, "impUid" | "amount" | "checksum" | "account">): void {
    const payment = this.payment(request.impUid);
    if (payment.record.payMethod === "vbank" && request.account === null)
      throw new Refusal("가상계좌 환불에는 환불계좌가 필요합니다.");
    const isTaken = payment.record.paidAtMs !== null;
    if (!isTaken) throw new Refusal("결제완료 상태가 아닌 거래는 취소할 수 없습니다.");
    const remaining = remainingOf(payment);
    if (remaining === 0) throw new Refusal("이미 전액취소된 주문입니다.");
    if (request.checksum !== remaining) throw new Refusal("취소 가능 잔액(checksum)이 일치하지 않습니다.");
    if (request.amount > remaining) throw new Refusal("취소금액이 취소 가능 잔액보다 큽니다.");
  }

  /** The cancel takes effect; `reason` and `amount` are what PortOne keeps of them. */
  commitCancel(request: CancelRequest, reason: string, amount: Money): PaymentRecord {
    if (this.settings.checksumAt === "commit") this.checkCancel(request);
    const payment = this.payment(request.impUid);
    if (this.#isClosedFor(payment)) throw new Refusal("가상계좌 환불은 23:00~06:00에 할 수 없습니다.");
    if (amount > remainingOf(payment)) throw new Refusal("취소금액이 취소 가능 잔액보다 큽니다.");
    return this.#cancel(request.impUid, amount, reason, request);
  }

  consoleCancel(impUid: string, amount: Money): PaymentRecord | null {
    const payment = this.payment(impUid);
    if (payment.record.paidAtMs === null || amount > remainingOf(payment)) return null;
    if (this.#isClosedFor(payment)) return null;
    return this.#cancel(impUid, amount, "관리자페이지취소", null);
  }

  #isClosedFor({ record }: Payment): boolean {
    return record.payMethod === "vbank" && isClosedAt(this.#nowMs());
  }

  /** From now on no read of it is old. */
  showsNow(impUid: string): void {
    this.payments.set(impUid, { ...this.payment(impUid), shownSinceMs: this.#nowMs() });
  }

  receiptOf(impUid: string): ReceiptRecord | null {
    return this.payment(impUid).receipts.at(-1) ?? null;
  }

  issueReceipt(impUid: string, taxFree: Money = none): ReceiptRecord {
    const payment = this.payment(impUid);
    const last = payment.receipts.at(-1);
    if (last && last.cancelledAtMs === null) throw new Refusal("이미 발급된 현금영수증이 있습니다.");
    const amount = remainingOf(payment);
    if (payment.record.paidAtMs === null || amount === 0)
      throw new Refusal("현금영수증을 발급할 수 없습니다.");
    this.#ids += 1;
    const receipt: ReceiptRecord = {
      applyNum: `apply-${this.#ids}`,
      amount,
      vat: vatOf(amount, taxFree),
      receiptTid: `tid-${this.#ids}`,
      receiptUrl: null,
      appliedAtMs: this.#nowMs(),
      cancelledAtMs: null,
    };
    this.payments.set(impUid, { ...payment, receipts: [...payment.receipts, receipt] });
    return receipt;
  }

  cancelReceipt(impUid: string): ReceiptRecord {
    const payment = this.payment(impUid);
    const last = payment.receipts.at(-1);
    if (!last || last.cancelledAtMs !== null) throw new Refusal("취소할 현금영수증이 없습니다.");
    const receipt = { ...last, cancelledAtMs: this.#nowMs() };
    this.payments.set(impUid, { ...payment, receipts: [...payment.receipts.slice(0, -1), receipt] });
    this.#events.receiptCancelled(impUid);
    return receipt;
  }

  /** What a question shows that is answered with records of that age. */
  shown(impUid: string, ageMs: number): PaymentRecord | null {
    const payment = this.payments.get(impUid);
    return payment ? recordAsOf(payment, this.#nowMs() - ageMs) : null;
  }

  payment(impUid: string): Payment {
    const payment = this.payments.get(impUid);
    if (!payment) throw new Error(`no payment ${impUid}`);
    return payment;
  }

  #cancel(impUid: string, amount: Money, reason: string, request: CancelRequest | null): PaymentRecord {
    this.#ids += 1;
    const entry = { cancellationId: `c-${this.#ids}`, amount, atMs: this.#seconds(), reason };
    this.#change(impUid, withCancel(this.payment(impUid).record, entry, this.settings.partialShowsAs));
    const { record } = this.payment(impUid);
    this.#events.cancelled(record, entry, request);
    return record;
  }

  #add(made: Pick<PaymentRecord, "merchantUid" | "amount" | "payMethod" | "status">): string {
    this.#ids += 1;
    const impUid = `imp_${String(this.#ids).padStart(4, "0")}`;
    const record = { ...blankRecord, ...made, impUid, startedAtMs: this.#seconds() };
    const nowMs = this.#nowMs();
    this.payments.set(impUid, {
      record,
      past: [{ atMs: nowMs, record }],
      windowUntilMs: nowMs + windowLifeMs,
      receipts: [],
      shownSinceMs: 0,
    });
    return impUid;
  }

  #change(impUid: string, patch: Partial<PaymentRecord>): void {
    const payment = this.payment(impUid);
    const record = { ...payment.record, ...patch };
    payment.past.push({ atMs: this.#nowMs(), record });
    this.payments.set(impUid, { ...payment, record });
  }

  /** PortOne counts in seconds. */
  #seconds(): number {
    return Math.floor(this.#nowMs() / 1_000) * 1_000;
  }
}

const accountUntil = (dueAtMs: number, impUid: string): VirtualAccount => ({
  bankCode: "088",
  bankName: "신한은행",
  number: `562-${impUid}`,
  holder: "(주)샘플상점",
  dueAtMs,
});

const currency: Currency = "KRW";
const blankRecord: Omit<
  PaymentRecord,
  "impUid" | "merchantUid" | "amount" | "payMethod" | "status" | "startedAtMs"
> = {
  cancelAmount: none,
  taxFree: null,
  currency,
  pgId: mid,
  sandbox: false,
  escrow: false,
  paidAtMs: null,
  account: null,
  cashReceiptIssued: false,
  cancels: [],
  slip: {
    cardName: "신한카드",
    cardNumber: "541333******9994",
    applyNum: "30001234",
    cardQuota: 0,
    receiptUrl: null,
    embPgProvider: null,
    pgTid: "173210000142",
  },
  failReason: null,
};
