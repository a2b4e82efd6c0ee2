// Ports that a test can make fail: each keeps what a test gives it, answers from that, and writes down what
// it was asked. Time stands still until a test moves it.

import { type Brake, restingBrake } from "../../lib/domain/brake.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import type { Refund } from "../../lib/domain/refund.ts";
import type { Clock, Identifiers } from "../../lib/ports/environment.ts";
import type {
  CallResult,
  CancelRequest,
  FetchOptions,
  FetchResult,
  FindResult,
  Login,
  MoneyGateway,
  PaymentGateway,
  Unavailable,
} from "../../lib/ports/portone.ts";
import {
  type BrakeStore,
  type CallBudget,
  type CreateResult,
  type OrderStore,
  type RefundStore,
  StorageUnavailableError,
  type UpdateResult,
} from "../../lib/ports/table.ts";
import { InMemoryOrderStore } from "./in-memory-order-store.ts";
import { createdAtMs, minuteMs } from "./orders.ts";

export const silence: Unavailable = { outcome: "unavailable", why: "timeout" };
/** PortOne answered what nobody can read. */
export const unreadable: Unavailable = { outcome: "unavailable", why: "unreadable record", isAnswered: true };

export class StandingClock implements Clock {
  #nowMs = createdAtMs + 3 * minuteMs;

  nowMs(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

type TableCall = "read" | "create" | "update";

/** The table: fails where a test says so, and lets somebody else write just before an update. */
export class TroubledStore implements OrderStore {
  readonly #orders = new InMemoryOrderStore();
  readonly #failing: TableCall[] = [];
  readonly #unanswered: ("lands" | "lands late")[] = [];
  #late: (() => Promise<unknown>) | null = null;
  readonly #others: ((order: Order) => Order)[] = [];
  #losesAnswers = false;
  updates = 0;

  /** Without effect; the first named is the next to fail, whatever others are called before it. */
  fail(...calls: TableCall[]): void {
    this.#failing.push(...calls);
  }

  /** Before each of the next `times` updates another invocation writes this. */
  interfere(change: (order: Order) => Order, times = 1): void {
    this.#others.push(...Array.from({ length: times }, () => change));
  }

  /** The next write takes effect, and its repeat inside the client meets its own write. */
  loseNextAnswer(): void {
    this.#losesAnswers = true;
  }

  /** The next writes are not answered: they have landed by then, or land just before the write after. */
  leaveUnanswered(...writes: ("lands" | "lands late")[]): void {
    this.#unanswered.push(...writes);
  }

  /** What stands there, whatever fails. */
  peek(merchantUid: string): Promise<Order | null> {
    return this.#orders.read(merchantUid);
  }

  async read(merchantUid: string): Promise<Order | null> {
    this.#failIfToldTo("read");
    return this.#orders.read(merchantUid);
  }

  async create(order: Order): Promise<CreateResult> {
    this.#failIfToldTo("create");
    const created = await this.#answered(() => this.#orders.create(order));
    if (!this.#losesAnswers) return created;
    this.#losesAnswers = false;
    return { outcome: "exists", order: (await this.#orders.read(order.merchantUid)) ?? order };
  }

  async update(previous: Order, next: Order): Promise<UpdateResult> {
    this.#failIfToldTo("update");
    this.updates += 1;
    const change = this.#others.shift();
    const stored = change && (await this.#orders.read(previous.merchantUid));
    if (change && stored) await this.#orders.update(stored, change(stored));
    const written = await this.#answered(() => this.#orders.update(previous, next));
    if (!this.#losesAnswers) return written;
    this.#losesAnswers = false;
    return { outcome: "conflict", order: written.order };
  }

  async #answered<Result>(write: () => Promise<Result>): Promise<Result> {
    await this.#late?.();
    this.#late = null;
    const what = this.#unanswered.shift();
    if (what === undefined) return write();
    if (what === "lands") await write();
    else this.#late = write;
    throw new StorageUnavailableError("write: no answer");
  }

  #failIfToldTo(call: TableCall): void {
    if (this.#failing[0] !== call) return;
    this.#failing.shift();
    throw new StorageUnavailableError(`${call}: down`);
  }
}

/** A store's reads, of which all but the first few fail. */
export function failingAfter(store: TroubledStore, answered: number): OrderStore["read"] {
  const read = TroubledStore.prototype.read.bind(store);
  let reads = 0;
  return async (merchantUid) => {
    reads += 1;
    if (reads > answered) throw new StorageUnavailableError("read: down");
    return read(merchantUid);
  };
}

/** PortOne's records. `answers` are given first, whatever is asked. */
export class RecordedPayments implements PaymentGateway {
  records: readonly PaymentRecord[] = [];
  readonly answers: (FetchResult & FindResult)[] = [];
  readonly asked: string[] = [];
  readonly askedWith: FetchOptions[] = [];

  async fetchPayment(impUid: string, options: FetchOptions = {}): Promise<FetchResult> {
    this.asked.push(impUid);
    this.askedWith.push(options);
    const record = this.records.find((known) => known.impUid === impUid);
    return this.answers.shift() ?? (record ? { outcome: "found", record } : { outcome: "absent" });
  }

  async findPayments(merchantUid: string): Promise<FindResult> {
    this.asked.push(merchantUid);
    const records = this.records.filter((known) => known.merchantUid === merchantUid);
    return this.answers.shift() ?? { outcome: "found", records };
  }
}

/** Cancels and revokes end as scripted, in order; without a script they are unknown. */
export class ScriptedMoney implements MoneyGateway {
  isReady = true;
  readonly cancels: CallResult<PaymentRecord>[] = [];
  readonly revokes: CallResult<PaymentRecord>[] = [];
  readonly sent: CancelRequest[] = [];
  readonly revoked: string[] = [];

  async login(): Promise<Login> {
    return this.isReady ? { outcome: "ready" } : silence;
  }

  /** Nobody is let in until `isReady` again. */
  shut(): void {
    this.isReady = false;
  }

  async cancel(request: CancelRequest): Promise<CallResult<PaymentRecord>> {
    this.sent.push(request);
    return this.cancels.shift() ?? { outcome: "unknown", why: "timeout" };
  }

  async revokeAccount(impUid: string): Promise<CallResult<PaymentRecord>> {
    this.revoked.push(impUid);
    return this.revokes.shift() ?? { outcome: "unknown", why: "timeout" };
  }
}

export class InMemoryRefundStore implements RefundStore {
  readonly kept: Refund[] = [];

  async readRefund(_merchantUid: string, refundId: string): Promise<Refund | null> {
    return this.kept.find((refund) => refund.refundId === refundId) ?? null;
  }

  async readRefunds(_merchantUid: string, refundIds: readonly string[]): Promise<readonly Refund[]> {
    return this.kept.filter((refund) => refundIds.includes(refund.refundId));
  }

  async keepRefund(refund: Refund): Promise<Refund> {
    const known = this.kept.find(({ refundId }) => refundId === refund.refundId);
    if (!known) this.kept.push(refund);
    return known ?? refund;
  }
}

export class InMemoryBrakeStore implements BrakeStore {
  brake: Brake = restingBrake;
  isDown = false;
  /** Writes that somebody else wins first. */
  lostRaces = 0;
  /** How the answers of the next writes, which take effect, are lost. */
  readonly lostAnswers: ("met its own write" | "no answer")[] = [];
  #version = 0;

  async readBrake(): Promise<{ readonly brake: Brake; readonly version: number }> {
    if (this.isDown) throw new StorageUnavailableError("read: down");
    return { brake: this.brake, version: this.#version };
  }

  async writeBrake(brake: Brake, previousVersion: number): Promise<boolean> {
    if (this.lostRaces > 0) {
      this.lostRaces -= 1;
      this.#version += 1;
      return false;
    }
    if (previousVersion !== this.#version) return false;
    this.brake = brake;
    this.#version += 1;
    const lost = this.lostAnswers.shift();
    if (lost === "no answer") throw new StorageUnavailableError("put: no answer");
    return lost === undefined;
  }
}

export class CountedBudget implements CallBudget {
  left: number;
  readonly charged: string[] = [];

  constructor(left: number) {
    this.left = left;
  }

  async take(merchantUid: string): Promise<boolean> {
    this.charged.push(merchantUid);
    this.left -= 1;
    return this.left >= 0;
  }
}

/** Base32 has no 0, 1, 8 and 9. */
const readable: Readonly<Record<string, string>> = { 0: "o", 1: "i", 8: "e", 9: "g" };

/** Names that can be told apart by reading them. */
export class NumberedIdentifiers implements Identifiers {
  #claims = 0;

  refundId(merchantUid: string, idempotencyKey: string): string {
    return `rf_${merchantUid}_${idempotencyKey.replaceAll(" ", "_")}`;
  }

  tag(refundId: string): string {
    const letters = [...refundId.toLowerCase()].map((sign) => readable[sign] ?? sign);
    return `#${letters
      .filter((sign) => /[a-z2-7]/.test(sign))
      .slice(-9)
      .join("")
      .padStart(9, "a")}`;
  }

  newClaimToken(): string {
    this.#claims += 1;
    return `claim-${this.#claims}`;
  }
}
