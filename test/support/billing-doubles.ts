// PortOne's doors for charges without a window, billing keys and reservations, as scripted as a test wants them;
// and everything a use case behind them needs, with one order in the table.
import { CardSecret } from "../../lib/domain/card-secret.ts";
import type { ChargeFacts } from "../../lib/domain/ksnet/charge-rules.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import type { ChargedOrder, ScheduleRecord } from "../../lib/domain/schedule.ts";
import type {
  BillingKeyGateway,
  BillingKeyRecord,
  ChargeGateway,
  ChargeRequest,
  ScheduleDraft,
  ScheduleGateway,
  VirtualAccountRequest,
} from "../../lib/ports/billing.ts";
import type { CallResult, Login, Unavailable } from "../../lib/ports/portone.ts";
import { silence } from "./doubles.ts";
import { createdAtMs, minuteMs, paymentRecord, untold, won } from "./orders.ts";
import { syncingPorts } from "./syncing-ports.ts";

export const lost = { outcome: "unknown", why: "timeout" } as const;
export const refusedWith = (message: string) => ({ outcome: "refused", message }) as const;

export type SentCharge =
  | { readonly call: "onetime"; readonly request: ChargeRequest; readonly card: CardSecret }
  | { readonly call: "key"; readonly request: ChargeRequest; readonly customerUid: string }
  | { readonly call: "retry"; readonly merchantUid: string }
  | { readonly call: "account"; readonly request: VirtualAccountRequest };

/** Charges end as scripted, in order; without a script they are unknown. */
export class ScriptedCharges implements ChargeGateway {
  isReady = true;
  readonly answers: CallResult<PaymentRecord>[] = [];
  readonly sent: SentCharge[] = [];

  async login(): Promise<Login> {
    return this.isReady ? { outcome: "ready" } : silence;
  }

  chargeOnce(request: ChargeRequest, card: CardSecret): Promise<CallResult<PaymentRecord>> {
    return this.#answer({ call: "onetime", request, card });
  }

  chargeKey(request: ChargeRequest, customerUid: string): Promise<CallResult<PaymentRecord>> {
    return this.#answer({ call: "key", request, customerUid });
  }

  retrySchedule(merchantUid: string): Promise<CallResult<PaymentRecord>> {
    return this.#answer({ call: "retry", merchantUid });
  }

  issueAccount(request: VirtualAccountRequest): Promise<CallResult<PaymentRecord>> {
    return this.#answer({ call: "account", request });
  }

  async #answer(sent: SentCharge): Promise<CallResult<PaymentRecord>> {
    this.sent.push(sent);
    return this.answers.shift() ?? lost;
  }
}

export const billingKey = (more: Partial<BillingKeyRecord> = {}): BillingKeyRecord => ({
  customerUid: "cust-7",
  cardName: "신한카드",
  cardCode: "366",
  cardNumber: "541333******9994",
  cardType: 0,
  pgId: "2009300001",
  insertedAtMs: createdAtMs + 3 * minuteMs,
  updatedAtMs: createdAtMs + 3 * minuteMs,
  ...more,
});

/** The customer's key as PortOne holds it; what was called is written down in order. */
export class ScriptedKeys implements BillingKeyGateway {
  record: BillingKeyRecord | null = null;
  readonly issues: CallResult<BillingKeyRecord>[] = [];
  readonly deletes: CallResult<BillingKeyRecord>[] = [];
  /** Given first, whatever is asked. */
  readonly answers: Unavailable[] = [];
  readonly called: string[] = [];

  async login(): Promise<Login> {
    return { outcome: "ready" };
  }

  async issueKey(customerUid: string): Promise<CallResult<BillingKeyRecord>> {
    this.called.push(`issue ${customerUid}`);
    const answer = this.issues.shift() ?? lost;
    if (answer.outcome === "done") this.record = answer.value;
    return answer;
  }

  async fetchKey(): ReturnType<BillingKeyGateway["fetchKey"]> {
    return this.answers.shift() ?? { outcome: "found", record: this.record };
  }

  async deleteKey(customerUid: string): Promise<CallResult<BillingKeyRecord>> {
    this.called.push(`delete ${customerUid}`);
    const answer = this.deletes.shift() ?? { outcome: "done", value: billingKey() };
    if (answer.outcome === "done") this.record = null;
    return answer;
  }
}

export const scheduleRecord = (merchantUid: string, more: Partial<ScheduleRecord> = {}): ScheduleRecord => ({
  merchantUid,
  customerUid: "cust-7",
  impUid: null,
  scheduledAtMs: Date.parse("2026-09-01T10:00:00+09:00"),
  amount: won(109_000),
  scheduleStatus: "scheduled",
  paymentStatus: null,
  failReason: null,
  ...more,
});

type Not = Exclude<CallResult<never>, { outcome: "done" }>;

/** PortOne's list of reservations; calls take effect and are answered unless a test says otherwise. */
export class ScriptedSchedules implements ScheduleGateway {
  isReady = true;
  readonly records = new Map<string, ScheduleRecord>();
  /** Instead of an effect. */
  readonly failures: Not[] = [];
  /** Given first, whatever is asked. */
  readonly answers: Unavailable[] = [];
  readonly called: string[] = [];
  readonly drafts: ScheduleDraft[] = [];
  readonly windows: { readonly fromMs: number; readonly toMs: number }[] = [];
  #losesAnswers = false;

  /** The next call takes effect and is not answered. */
  loseNextAnswer(): void {
    this.#losesAnswers = true;
  }

  async login(): Promise<Login> {
    return this.isReady ? { outcome: "ready" } : silence;
  }

  async schedule(customerUid: string, drafts: readonly ScheduleDraft[]) {
    this.drafts.push(...drafts);
    return this.#change("schedule", drafts, ({ merchantUid, scheduledAtMs, amount }) =>
      scheduleRecord(merchantUid, { customerUid, scheduledAtMs, amount }),
    );
  }

  async fetchSchedule(merchantUid: string): ReturnType<ScheduleGateway["fetchSchedule"]> {
    return this.answers.shift() ?? { outcome: "found", record: this.records.get(merchantUid) ?? null };
  }

  async listSchedules(
    customerUid: string,
    window: { readonly fromMs: number; readonly toMs: number },
  ): ReturnType<ScheduleGateway["listSchedules"]> {
    this.windows.push(window);
    const isIn = (record: ScheduleRecord) =>
      record.customerUid === customerUid &&
      record.scheduledAtMs >= window.fromMs &&
      record.scheduledAtMs < window.toMs;
    return this.answers.shift() ?? { outcome: "found", records: [...this.records.values()].filter(isIn) };
  }

  async unschedule(_: string, merchantUids: readonly string[]) {
    const named = merchantUids.map((merchantUid) => ({ merchantUid }));
    return this.#change("unschedule", named, ({ merchantUid }) =>
      scheduleRecord(merchantUid, { ...this.records.get(merchantUid), scheduleStatus: "revoked" }),
    );
  }

  async reschedule(merchantUid: string, scheduledAtMs: number, isOpen: boolean) {
    const changed = this.#change(isOpen ? "move" : "set up anew", [{ merchantUid }], () =>
      scheduleRecord(merchantUid, { ...this.records.get(merchantUid), scheduledAtMs }),
    );
    if (changed.outcome !== "done") return changed;
    const [value] = changed.value;
    return value ? ({ outcome: "done", value } as const) : lost;
  }

  #change<Named extends { readonly merchantUid: string }>(
    what: string,
    named: readonly Named[],
    made: (one: Named) => ScheduleRecord,
  ): CallResult<readonly ScheduleRecord[]> {
    this.called.push([what, ...named.map(({ merchantUid }) => merchantUid)].join(" "));
    const failure = this.failures.shift();
    if (failure) return failure;
    const value = named.map(made);
    for (const record of value) this.records.set(record.merchantUid, record);
    if (!this.#losesAnswers) return { outcome: "done", value };
    this.#losesAnswers = false;
    return lost;
  }
}

export async function billingPorts(order: Order | null = null, records: readonly PaymentRecord[] = []) {
  return {
    ...(await syncingPorts(order, records)),
    charges: new ScriptedCharges(),
    keys: new ScriptedKeys(),
    schedules: new ScriptedSchedules(),
    times: { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs },
    noticeUrlFor: (merchantUid: string) => `https://pay.shop.example/portone/notice/${merchantUid}`,
  };
}

/** The customer's key is there. */
export async function keyedPorts(...given: Parameters<typeof billingPorts>) {
  const ports = await billingPorts(...given);
  ports.keys.record = billingKey();
  return ports;
}

export type BillingPorts = Awaited<ReturnType<typeof billingPorts>>;

export const testCard = new CardSecret({
  cardNumber: "5413330000009994",
  expiry: "2028-12",
  birth: "900101",
  pwd2Digit: "12",
});

export const chargedOrder = (more: Partial<ChargedOrder> = {}): ChargedOrder => ({
  merchantUid: "ord-20260805-000142",
  amount: won(109_000),
  taxFree: won(3_000),
  currency: "KRW",
  name: "정기구독 8월",
  buyerName: "홍길동",
  bodyHash: "hash",
  ...more,
});

export const chargeFacts = (more: Partial<ChargeFacts> = {}): ChargeFacts => ({
  calls: ["key_charge"],
  card: null,
  productType: "digital",
  buyerName: "홍길동",
  amount: won(109_000),
  taxFree: won(3_000),
  currency: "KRW",
  cardQuota: null,
  dueAtMs: null,
  asksBillingKey: false,
  ...more,
});

const slip = {
  ...untold,
  cardName: "신한카드",
  cardNumber: "541333******9994",
  applyNum: "30001234",
};

/** PortOne's record of a charge made in the third minute, when the order was. */
export const chargedRecord = (more: Partial<PaymentRecord> = {}): PaymentRecord =>
  paymentRecord({
    startedAtMs: createdAtMs + 3 * minuteMs,
    paidAtMs: createdAtMs + 3 * minuteMs,
    slip,
    ...more,
  });

export const declinedRecord = (more: Partial<PaymentRecord> = {}): PaymentRecord =>
  chargedRecord({ status: "failed", paidAtMs: null, failReason: "한도 초과", ...more });
