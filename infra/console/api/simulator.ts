// PortOne's side of a local run: what it did, and its levers. It never sees the key.
import { createAskLocal } from "./ask-local.ts";
import { simulatorLevers } from "./listed-levers.ts";

/** What PortOne sent to the shop, and what was answered. */
export interface Signal {
  readonly kind: "confirm" | "notice";
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly attempt: number;
  /** Null while nothing has been answered, or nothing came. */
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number | null;
  readonly at: string;
}

/** What the functions asked of PortOne. */
export interface Call {
  readonly n: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly code: number | null;
  readonly ms: number | null;
  readonly fault: string | null;
}

/** A payment window that waits for its buyer. */
export interface OpenWindow {
  readonly window: string;
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
  readonly pay_method: string;
  readonly page: string;
}

/** PortOne's record, as far as levers concern it. */
export interface Payment {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly status: string;
  readonly pay_method: string;
  readonly amount: number;
  readonly cancel_amount: number;
  readonly currency: string;
  readonly vbank_num: string | null;
}

export interface Fault {
  readonly name: string;
  readonly call: string | null;
  readonly occurrence: number;
  readonly count: number;
  readonly hits: number;
  readonly merchant_uid?: string | null;
  readonly function?: string | null;
}

export type WindowLever = "approve" | "decline" | "close";
export type PaymentLever = "deposit" | "cancel" | "approve-late" | "resend";
type Fields = Readonly<Record<string, unknown>>;

export interface Simulator {
  /** Its clock, which may have been moved, and the functions' with it. */
  nowMs(): Promise<number>;
  signalsOf(merchantUid: string): Promise<readonly Signal[]>;
  /** The newest first. */
  latestSignals(limit: number): Promise<readonly Signal[]>;
  callsOf(merchantUid: string): Promise<readonly Call[]>;
  windows(): Promise<readonly OpenWindow[]>;
  /** The newest first. */
  paymentsOf(merchantUid: string): Promise<readonly Payment[]>;
  latestPayments(limit: number): Promise<readonly Payment[]>;
  pullWindow(window: string, lever: WindowLever): Promise<void>;
  pullPayment(impUid: string, lever: PaymentLever, fields?: Fields): Promise<void>;
  faults(): Promise<readonly Fault[]>;
  addFault(fault: Fields): Promise<void>;
  clearFaults(): Promise<void>;
}

/** Throws a BackendUrlError for an address that is not this machine's. */
export function createSimulator(url: string): Simulator {
  const ask = createAskLocal(url, simulatorLevers);
  const signals = async (query: Readonly<Record<string, string>>) => {
    const asked = ask<{ readonly deliveries: readonly Signal[] }>("GET /_control/deliveries", { query });
    return (await asked).deliveries;
  };
  const payments = async (query: Readonly<Record<string, string>>) => {
    const asked = ask<{ readonly payments: readonly Payment[] }>("GET /_control/payments", { query });
    return (await asked).payments;
  };
  return {
    nowMs: async () => Date.parse((await ask<{ readonly now: string }>("GET /_control/clock")).now),
    signalsOf: (merchantUid) => signals({ merchant_uid: merchantUid }),
    latestSignals: async (limit) => (await signals({ limit: String(limit) })).toReversed(),
    callsOf: async (merchantUid) => {
      const query = { merchant_uid: merchantUid };
      return (await ask<{ readonly calls: readonly Call[] }>("GET /_control/calls", { query })).calls;
    },
    windows: async () =>
      (await ask<{ readonly windows: readonly OpenWindow[] }>("GET /_control/windows")).windows,
    paymentsOf: (merchantUid) => payments({ merchant_uid: merchantUid }),
    latestPayments: (limit) => payments({ limit: String(limit) }),
    pullWindow: (window, lever) => ask(`POST /_control/window/${window}/${lever}`, { body: {} }),
    pullPayment: (impUid, lever, body = {}) => ask(`POST /_control/payments/${impUid}/${lever}`, { body }),
    faults: async () => (await ask<{ readonly faults: readonly Fault[] }>("GET /_control/faults")).faults,
    addFault: (body) => ask("POST /_control/faults", { body }),
    clearFaults: () => ask("DELETE /_control/faults"),
  };
}
