// PortOne as one invocation meets it. Every call that changes something is shown to whoever watches before its fate is
// known: what counts is that it was sent.
import type { Money } from "../../../lib/domain/money.ts";
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { ChargeGateway } from "../../../lib/ports/billing.ts";
import type {
  AmountRegistry,
  CallResult,
  CancelRequest,
  ListPage,
  Login,
  MoneyGateway,
  PaymentGateway,
  PaymentLists,
  ReceiptGateway,
  Unavailable,
} from "../../../lib/ports/portone.ts";
import type { Fate, Weather } from "../engine/fates.ts";
import type { Invocation } from "../engine/invocation.ts";
import { type PortOne, Refusal } from "./portone.ts";

/** A call that changes something, as it leaves the product. */
export type Sent =
  | { readonly call: "cancel"; readonly request: CancelRequest }
  | { readonly call: "charge"; readonly merchantUid: string; readonly amount: Money }
  | { readonly call: "receipt_issue" | "receipt_cancel"; readonly impUid: string };

export interface PortOneWatch {
  readonly sent: (sent: Sent, inv: Invocation) => void;
  readonly answered: (sent: Sent, outcome: "done" | "refused" | "unknown") => void;
  /** A question was answered: about one attempt, or about all of a number's. */
  readonly asked: (impUid: string | null, merchantUid: string | null) => void;
  /** The card company's mood about the next charge. */
  readonly declines: () => boolean;
}

export interface PortOnePorts {
  readonly gateway: PaymentGateway;
  readonly money: MoneyGateway;
  readonly charges: ChargeGateway;
  readonly receipts: ReceiptGateway;
  readonly lists: PaymentLists;
  readonly registry: AmountRegistry;
}

const unavailable: Unavailable = { outcome: "unavailable", why: "timeout" };
const unknown = { outcome: "unknown", why: "timeout" } as const;
const pageSize = 2;

export function portOnePortsOf(
  inv: Invocation,
  portone: PortOne,
  weather: Weather,
  watch: PortOneWatch,
): PortOnePorts {
  const login = (): Promise<Login> =>
    inv.call<Login>(
      "logs in",
      weather.login(),
      () => ({ outcome: "ready" }),
      () => unavailable,
    );
  const ask = <Value>(
    what: string,
    effect: () => Value,
    fate = weather.question(),
  ): Promise<Value | Unavailable> => inv.call<Value | Unavailable>(what, fate, effect, () => unavailable);

  function change<Value>(
    sent: Sent,
    effect: () => Value,
    falsely: { readonly impUid: string | null } = { impUid: null },
  ): Promise<CallResult<Value>> {
    const fate = weather.change(sent.call === "cancel");
    if (fate.fault !== "died_before") watch.sent(sent, inv);
    const happen = (): CallResult<Value> => {
      try {
        return { outcome: "done", value: effect() };
      } catch (error) {
        if (error instanceof Refusal) return { outcome: "refused", message: error.message };
        throw error;
      } finally {
        if (fate.answer === "refusal" && falsely.impUid) portone.showsNow(falsely.impUid);
      }
    };
    const answered = inv.call<CallResult<Value>>(nameOf(sent), fate, happen, (answer) =>
      answer === "refusal" ? { outcome: "refused", message: "거래가 거절되었습니다." } : unknown,
    );
    return answered.then((result) => {
      watch.answered(sent, result.outcome);
      return result;
    });
  }

  const recordsOf = (merchantUid: string, ageMs: number): readonly PaymentRecord[] =>
    portone.paymentsOf(merchantUid).flatMap(({ record }) => portone.shown(record.impUid, ageMs) ?? []);

  return {
    registry: {
      register: ({ merchantUid, amount }) =>
        inv.call<"registered" | "differs" | "unknown">(
          "registers an amount",
          withinASecond(weather.question()),
          () => portone.prepare(merchantUid, amount),
          () => "unknown",
        ),
    },
    gateway: {
      fetchPayment: (impUid, options = {}) => {
        const fate = weather.question();
        return ask(
          `asks for ${impUid}`,
          () => {
            const ageMs = weather.staleness();
            const record = portone.shown(impUid, ageMs);
            watch.asked(impUid, null);
            return record ? { outcome: "found" as const, record } : { outcome: "absent" as const };
          },
          options.triesOnce ? withinASecond(fate) : fate,
        );
      },
      findPayments: async (merchantUid) => {
        inv.asked.add(merchantUid);
        const found = await ask(`asks for all of ${merchantUid}`, () => {
          const ageMs = weather.staleness();
          watch.asked(null, merchantUid);
          return { outcome: "found" as const, records: recordsOf(merchantUid, ageMs) };
        });
        if (found.outcome === "found")
          inv.shown.push(
            ...found.records.filter(({ status }) => status === "ready").map(({ impUid }) => impUid),
          );
        return found;
      },
    },
    money: {
      login,
      cancel: (request) => {
        if (!(request.amount > 0)) throw new Error("a cancel without an amount would cancel everything");
        const refusal = portone.settings.checksumAt === "arrival" ? refusalAtArrival(portone, request) : null;
        return change(
          { call: "cancel", request },
          () => {
            if (refusal) throw refusal;
            const reason = reasonKept(request.reason, weather);
            // Of an entry with another text and another amount nobody could tell whose it is.
            const amount = reason === "" ? request.amount : amountKept(request, weather);
            return portone.commitCancel(request, reason, amount);
          },
          { impUid: request.impUid },
        );
      },
      revokeAccount: (impUid) =>
        inv.call<CallResult<PaymentRecord>>(
          `closes the account ${impUid}`,
          weather.change(false),
          () => revoked(portone, impUid),
          (answer) => (answer === "refusal" ? { outcome: "refused", message: null } : unknown),
        ),
    },
    charges: {
      login,
      chargeOnce: (request) =>
        change({ call: "charge", ...request }, () =>
          portone.charge(request.merchantUid, request.amount, watch.declines()),
        ),
      chargeKey: (request) =>
        change({ call: "charge", ...request }, () =>
          portone.charge(request.merchantUid, request.amount, watch.declines()),
        ),
      retrySchedule: () => Promise.reject(new Error("no schedules yet")),
      issueAccount: () => Promise.reject(new Error("no accounts by API yet")),
    },
    receipts: {
      login,
      issueReceipt: ({ target }) => {
        const impUid = impUidOf(target);
        return change({ call: "receipt_issue", impUid }, () => portone.issueReceipt(impUid));
      },
      cancelReceipt: (target) => {
        const impUid = impUidOf(target);
        return change({ call: "receipt_cancel", impUid }, () => portone.cancelReceipt(impUid));
      },
      fetchReceipt: (target) =>
        ask("asks for the receipt", () => ({
          outcome: "found" as const,
          record: portone.receiptOf(impUidOf(target)),
        })),
    },
    lists: {
      listPayments: (status, window, page) =>
        ask(`lists what was ${status}, page ${page}`, () => listed(portone, status, window, page)),
      fetchPayments: (impUids) =>
        ask("asks for many", () => ({
          outcome: "found" as const,
          records: impUids.flatMap((impUid) => portone.shown(impUid, 0) ?? []),
        })),
    },
  };
}

const nameOf = (sent: Sent): string => {
  switch (sent.call) {
    case "cancel":
      return `cancels ${sent.request.amount} of ${sent.request.impUid} ${sent.request.reason}`;
    case "charge":
      return `charges ${sent.merchantUid}`;
    default:
      return `${sent.call} of ${sent.impUid}`;
  }
};

const withinASecond = (fate: Fate): Fate =>
  fate.answer === "none" && fate.answersAfterMs !== null ? { ...fate, answersAfterMs: 1_000 } : fate;

/** A checksum that is checked at arrival is checked once, before the cancel goes on to the PG. */
function refusalAtArrival(portone: PortOne, request: CancelRequest): Refusal | null {
  try {
    portone.checkCancel(request);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** PortOne may keep no reason at all, or write something in front of it. */
function reasonKept(reason: string, weather: Weather): string {
  if (weather.strikes("reason_dropped", 0.3)) return "";
  return weather.strikes("reason_prefixed", 0.3) ? `[API] ${reason}` : reason;
}

/** A tenth less than asked for, where the weather is bad. */
function amountKept({ amount }: CancelRequest, weather: Weather): Money {
  return amount >= 2_000 && weather.strikes("cancel_amount_changed", 0.2)
    ? moneyFromMinorUnits(amount - 1_000)
    : amount;
}

function revoked(portone: PortOne, impUid: string): CallResult<PaymentRecord> {
  try {
    return { outcome: "done", value: portone.revokeAccount(impUid) };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: "refused", message: error.message };
    throw error;
  }
}

function impUidOf(target: { readonly kind: string; readonly impUid?: string }): string {
  if (target.impUid === undefined) throw new Error("no sales outside PortOne yet");
  return target.impUid;
}

/** By the time of approval, or of the last cancel; both ends included. */
function listed(
  portone: PortOne,
  status: "paid" | "cancelled",
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  page: number,
): ListPage {
  const timeOf = (record: PaymentRecord) =>
    status === "paid" ? record.paidAtMs : (record.cancels.at(-1)?.atMs ?? null);
  const records = [...portone.payments.values()]
    .map(({ record }) => record)
    .filter((record) => {
      const atMs = timeOf(record);
      return record.status === status && atMs !== null && atMs >= fromMs && atMs <= toMs;
    });
  const shown = records.slice((page - 1) * pageSize, page * pageSize);
  return { outcome: "found", records: shown, nextPage: page * pageSize < records.length ? page + 1 : 0 };
}
