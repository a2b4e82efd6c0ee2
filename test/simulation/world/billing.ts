// Billing keys and reserved charges at PortOne, in memory: a number is reserved once, runs at its time while it stands,
// and may be moved, revoked, set up anew and retried.
import { type Money, sum } from "../../../lib/domain/money.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { ScheduleRecord } from "../../../lib/domain/schedule.ts";
import type { BillingKeyRecord } from "../../../lib/ports/billing.ts";
import { type PortOne, Refusal } from "./portone.ts";

/** What takes effect about keys and reservations, and what decides how they run. */
export interface BillingEvents {
  readonly at: (atMs: number, happen: () => void) => void;
  readonly declines: () => boolean;
  /** How long after its time PortOne gets round to a reservation. */
  readonly lateByMs: () => number;
  readonly reserved: (merchantUid: string, scheduledAtMs: number) => void;
  readonly moved: (merchantUid: string, scheduledAtMs: number) => void;
  readonly revoked: (merchantUid: string) => void;
  readonly retried: (merchantUid: string) => void;
  readonly ran: (record: PaymentRecord) => void;
}

export interface BillingSettings {
  /** One that is set up anew is listed beside the old one, or instead of it. */
  readonly renewalsStandBeside: boolean;
}

export interface Draft {
  readonly merchantUid: string;
  readonly scheduledAtMs: number;
  readonly amount: Money;
}

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Reserved {
  readonly record: ScheduleRecord;
  readonly past: { readonly atMs: number; readonly record: ScheduleRecord }[];
  /** Reads before this moment may be old, but never older. */
  readonly shownSinceMs: number;
}

export const firstCustomer = "cust-7";
const noKey = "등록된 고객정보가 없습니다.";

export class Billing {
  readonly keys = new Map<string, BillingKeyRecord>();
  /** Attempts that a retry made. */
  readonly retried = new Set<string>();
  readonly #reservations: Reserved[] = [];
  readonly #portone: PortOne;
  readonly #nowMs: () => number;
  readonly #settings: BillingSettings;
  readonly #events: BillingEvents;

  constructor(portone: PortOne, nowMs: () => number, settings: BillingSettings, events: BillingEvents) {
    this.#portone = portone;
    this.#nowMs = nowMs;
    this.#settings = settings;
    this.#events = events;
    this.keys.set(firstCustomer, keyOf(firstCustomer, "541333******9994", nowMs()));
  }

  issueKey(customerUid: string, maskedNumber: string): BillingKeyRecord {
    const key = keyOf(customerUid, maskedNumber, this.#seconds());
    this.keys.set(customerUid, key);
    return key;
  }

  deleteKey(customerUid: string): BillingKeyRecord {
    const key = this.keys.get(customerUid);
    if (!key) throw new Refusal(noKey);
    this.keys.delete(customerUid);
    return key;
  }

  /** The card company's mood about the next charge. */
  declines(): boolean {
    return this.#events.declines();
  }

  charge(customerUid: string, merchantUid: string, amount: Money): PaymentRecord {
    if (!this.keys.has(customerUid)) throw new Refusal(noKey);
    return this.#portone.charge(merchantUid, amount, this.#events.declines());
  }

  reserve(customerUid: string, drafts: readonly Draft[]): readonly ScheduleRecord[] {
    if (!this.keys.has(customerUid)) throw new Refusal(noKey);
    for (const { merchantUid, scheduledAtMs } of drafts) {
      if (this.#place(merchantUid) >= 0) throw new Refusal("이미 예약된 merchant_uid입니다.");
      this.#mustBeAhead(scheduledAtMs);
    }
    return drafts.map(({ merchantUid, scheduledAtMs, amount }) => {
      const record = { ...blank, merchantUid, customerUid, amount, scheduledAtMs: inSeconds(scheduledAtMs) };
      this.#add(record);
      this.#events.reserved(merchantUid, record.scheduledAtMs);
      return record;
    });
  }

  /** Another time for one that stands. */
  move(merchantUid: string, atMs: number): ScheduleRecord {
    const { record } = this.#named(merchantUid);
    if (record.scheduleStatus !== "scheduled") throw new Refusal("예약 상태가 아닌 결제입니다.");
    this.#mustBeAhead(atMs);
    const moved = { ...record, scheduledAtMs: inSeconds(atMs) };
    this.#change(merchantUid, moved);
    this.#events.moved(merchantUid, moved.scheduledAtMs);
    return moved;
  }

  /** One that failed or was revoked, set up anew. */
  renew(merchantUid: string, atMs: number): ScheduleRecord {
    const { record } = this.#named(merchantUid);
    const isOver = record.scheduleStatus === "revoked" || record.paymentStatus === "failed";
    if (!isOver) throw new Refusal("실패하거나 취소된 예약이 아닙니다.");
    this.#mustBeAhead(atMs);
    const renewed = { ...record, ...blank, scheduledAtMs: inSeconds(atMs) };
    if (this.#settings.renewalsStandBeside) this.#add(renewed);
    else this.#change(merchantUid, renewed);
    this.#events.moved(merchantUid, renewed.scheduledAtMs);
    return renewed;
  }

  revoke(customerUid: string, merchantUids: readonly string[]): readonly ScheduleRecord[] {
    const wanted = this.#reservations.filter(
      ({ record }) =>
        record.scheduleStatus === "scheduled" &&
        record.customerUid === customerUid &&
        merchantUids.includes(record.merchantUid),
    );
    if (wanted.length === 0) throw new Refusal("취소할 예약결제 기록이 존재하지 않습니다.");
    return wanted.map(({ record }) => {
      const revoked = this.#change(record.merchantUid, { ...record, scheduleStatus: "revoked" });
      this.#events.revoked(record.merchantUid);
      return revoked;
    });
  }

  retry(merchantUid: string): PaymentRecord {
    const { record } = this.#named(merchantUid);
    if (record.paymentStatus !== "failed") throw new Refusal("실패한 예약결제가 아닙니다.");
    const payment = this.#charged(record);
    this.retried.add(payment.impUid);
    this.#events.retried(merchantUid);
    return payment;
  }

  /** It stands, and will run. */
  isReserved(merchantUid: string): boolean {
    return this.#reservations.some(
      ({ record }) => record.merchantUid === merchantUid && record.scheduleStatus === "scheduled",
    );
  }

  get standing(): readonly ScheduleRecord[] {
    return this.#reservations
      .map(({ record }) => record)
      .filter((record) => record.scheduleStatus === "scheduled");
  }

  /** What a question about a number shows that is answered with a record of that age: its newest. */
  shown(merchantUid: string, ageMs: number): ScheduleRecord | null {
    return this.#allShown(ageMs).findLast((record) => record.merchantUid === merchantUid) ?? null;
  }

  /** By time; its end does not count. */
  listed(customerUid: string, { fromMs, toMs }: Window, ageMs: number): readonly ScheduleRecord[] {
    return this.#allShown(ageMs)
      .filter(({ scheduledAtMs }) => scheduledAtMs >= inSeconds(fromMs) && scheduledAtMs < inSeconds(toMs))
      .filter((record) => record.customerUid === customerUid)
      .sort((one, other) => one.scheduledAtMs - other.scheduledAtMs);
  }

  /** From now on no read of it is old. */
  showsNow(merchantUid: string): void {
    for (const [place, reserved] of this.#reservations.entries())
      if (reserved.record.merchantUid === merchantUid)
        this.#reservations[place] = { ...reserved, shownSinceMs: this.#nowMs() };
  }

  #allShown(ageMs: number): readonly ScheduleRecord[] {
    return this.#reservations.flatMap(({ past, shownSinceMs }) => {
      const asOfMs = Math.max(this.#nowMs() - ageMs, shownSinceMs);
      return past.findLast(({ atMs }) => atMs <= asOfMs)?.record ?? [];
    });
  }

  #run(merchantUid: string, scheduledAtMs: number): void {
    const reserved = this.#reservations[this.#place(merchantUid)];
    const record = reserved?.record;
    if (record?.scheduleStatus !== "scheduled" || record.scheduledAtMs !== scheduledAtMs) return;
    this.#events.ran(this.#charged(record));
  }

  #charged(record: ScheduleRecord): PaymentRecord {
    const { merchantUid, customerUid, amount } = record;
    const hasKey = customerUid !== null && this.keys.has(customerUid);
    const payment = this.#portone.charge(merchantUid, amount ?? sum([]), !hasKey || this.#events.declines());
    this.#change(merchantUid, {
      ...record,
      scheduleStatus: "executed",
      paymentStatus: payment.status === "paid" ? "paid" : "failed",
      impUid: payment.impUid,
      failReason: payment.failReason,
    });
    return payment;
  }

  #add(record: ScheduleRecord): void {
    this.#reservations.push({ record, past: [{ atMs: this.#nowMs(), record }], shownSinceMs: 0 });
    this.#queue(record);
  }

  #change(merchantUid: string, record: ScheduleRecord): ScheduleRecord {
    const place = this.#place(merchantUid);
    const reserved = this.#named(merchantUid);
    reserved.past.push({ atMs: this.#nowMs(), record });
    this.#reservations[place] = { ...reserved, record };
    if (record.scheduleStatus === "scheduled") this.#queue(record);
    return record;
  }

  #queue({ merchantUid, scheduledAtMs }: ScheduleRecord): void {
    const { at, lateByMs } = this.#events;
    at(scheduledAtMs + lateByMs(), () => this.#run(merchantUid, scheduledAtMs));
  }

  #place(merchantUid: string): number {
    return this.#reservations.findLastIndex(({ record }) => record.merchantUid === merchantUid);
  }

  #named(merchantUid: string): Reserved {
    const reserved = this.#reservations[this.#place(merchantUid)];
    if (!reserved) throw new Refusal("예약결제 기록이 존재하지 않습니다.");
    return reserved;
  }

  #mustBeAhead(atMs: number): void {
    if (inSeconds(atMs) <= this.#nowMs()) throw new Refusal("예약시각(schedule_at)은 지금 이후여야 합니다.");
  }

  #seconds(): number {
    return inSeconds(this.#nowMs());
  }
}

/** PortOne counts in seconds. */
const inSeconds = (atMs: number): number => Math.floor(atMs / 1_000) * 1_000;

const blank = { impUid: null, scheduleStatus: "scheduled", paymentStatus: null, failReason: null } as const;

const keyOf = (customerUid: string, cardNumber: string, atMs: number): BillingKeyRecord => ({
  customerUid,
  cardName: "신한카드",
  cardCode: "366",
  cardNumber,
  cardType: 0,
  pgId: "2009300001",
  insertedAtMs: atMs,
  updatedAtMs: atMs,
});
