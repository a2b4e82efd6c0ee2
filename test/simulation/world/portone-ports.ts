// PortOne as one invocation meets it: payments, their money, receipts and lists.
import type { Money } from "../../../lib/domain/money.ts";
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type {
  AmountRegistry,
  CancelRequest,
  ListPage,
  MoneyGateway,
  PaymentGateway,
  PaymentLists,
  ReceiptGateway,
} from "../../../lib/ports/portone.ts";
import type { Fate, Weather } from "../engine/fates.ts";
import type { Invocation } from "../engine/invocation.ts";
import { Calls, type PortOneWatch } from "./calls.ts";
import { type PortOne, Refusal } from "./portone.ts";

export interface PortOnePorts {
  readonly gateway: PaymentGateway;
  readonly money: MoneyGateway;
  readonly receipts: ReceiptGateway;
  readonly lists: PaymentLists;
  readonly registry: AmountRegistry;
}

const pageSize = 2;

export function portOnePortsOf(
  inv: Invocation,
  portone: PortOne,
  weather: Weather,
  watch: PortOneWatch,
): PortOnePorts {
  const calls = new Calls(inv, weather, watch);
  const { login } = calls;
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
        return calls.ask(
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
        const found = await calls.ask(`asks for all of ${merchantUid}`, () => {
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
        return calls.change(
          { call: "cancel", request },
          () => {
            if (refusal) throw refusal;
            const reason = reasonKept(request.reason, weather);
            // Of an entry with another text and another amount nobody could tell whose it is.
            const amount = reason === "" ? request.amount : amountKept(request, weather);
            return portone.commitCancel(request, reason, amount);
          },
          () => portone.showsNow(request.impUid),
        );
      },
      revokeAccount: (impUid) =>
        calls.changeUnwatched(`closes the account ${impUid}`, () => portone.revokeAccount(impUid)),
    },
    receipts: {
      login,
      issueReceipt: ({ target, draft }) => {
        const impUid = impUidOf(target);
        return calls.change({ call: "receipt_issue", impUid }, () =>
          portone.issueReceipt(impUid, draft.taxFree),
        );
      },
      cancelReceipt: (target) => {
        const impUid = impUidOf(target);
        return calls.change({ call: "receipt_cancel", impUid }, () => portone.cancelReceipt(impUid));
      },
      fetchReceipt: (target) =>
        calls.ask("asks for the receipt", () => ({
          outcome: "found" as const,
          record: portone.receiptOf(impUidOf(target)),
        })),
    },
    lists: {
      listPayments: (status, window, page) =>
        calls.ask(`lists what was ${status}, page ${page}`, () => listed(portone, status, window, page)),
      fetchPayments: (impUids) =>
        calls.ask("asks for many", () => ({
          outcome: "found" as const,
          records: impUids.flatMap((impUid) => portone.shown(impUid, 0) ?? []),
          unreadable: [],
        })),
    },
  };
}

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
  return {
    outcome: "found",
    records: shown,
    unreadable: [],
    nextPage: page * pageSize < records.length ? page + 1 : 0,
  };
}
