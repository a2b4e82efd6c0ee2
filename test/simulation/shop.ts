// The product, put together as its wiring does, over one world: every use case is one invocation with ports of its own,
// and what its door would answer is all its caller learns.
import { createAlarmingStore } from "../../lib/alarming-store.ts";
import { contractNames } from "../../lib/domain/ksnet/rule.ts";
import { giveBackCauses } from "../../lib/domain/verification.ts";
import type { Alarms } from "../../lib/ports/environment.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { identifiers } from "../../lib/signing/identifiers.ts";
import { type Allowance, createAllowance } from "../../lib/usecases/payments/allowance.ts";
import { sealedAccounts, sealedRecipients } from "../support/sealings.ts";
import { type Ending, Invocation, type Machine } from "./engine/invocation.ts";
import type { Billing } from "./world/billing.ts";
import { billingPortsOf } from "./world/billing-ports.ts";
import type { PortOneWatch } from "./world/calls.ts";
import { mid, type PortOne } from "./world/portone.ts";
import { portOnePortsOf } from "./world/portone-ports.ts";
import type { Table } from "./world/table.ts";
import { tablePortsOf } from "./world/table-ports.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** What the deployment gives each function, and what decides. */
export const limits = {
  confirm: 5,
  notice: 29,
  complete: 20,
  merchant: 29,
  reconcile: 55,
  audit: 900,
} as const;
export const holds = { holdTtlMs: 10 * minuteMs, firstLookMs: 2 * minuteMs };
const times = { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs };
const contracts = new Set(contractNames);
const policy = { mids: [mid], acceptsSandbox: false, givesBack: new Set(giveBackCauses) };

export interface World extends Machine {
  readonly table: Table;
  readonly portone: PortOne;
  readonly billing: Billing;
  readonly watch: PortOneWatch;
  readonly mostGiveBacksPerHour: number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Whoever wants to know how an invocation ended. */
  readonly invocationEnded: (inv: Invocation, ending: Ending<unknown>) => void;
}

export type Ports = ReturnType<typeof portsOf> & { readonly allowance: Allowance };

export class Shop {
  readonly world: World;
  /** Each function has one instance, which is never replaced. */
  readonly #allowances = new Map<string, Allowance>();
  #invocations = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** One invocation, from its caller's view. */
  async invoke<Value>(
    name: string,
    limit: keyof typeof limits,
    work: (ports: Ports, call: Invocation) => Promise<Value>,
  ): Promise<Ending<Value>> {
    this.#invocations += 1;
    const { world } = this;
    const id = `${name}-${this.#invocations}`;
    const key = limit === "merchant" ? "shop-2026" : null;
    const inv = new Invocation(id, limits[limit] * secondMs, key, `request-${this.#invocations}`, world);
    world.tell(() => `${id} begins`);
    const ending = await inv.run(() =>
      work({ ...portsOf(inv, world), allowance: this.#allowanceOf(limit) }, inv),
    );
    world.tell(() => `${id} ${inWords(ending)}`);
    world.invocationEnded(inv, ending);
    if (ending.ended !== "died" && world.weather.strikes("reply_lost", 0.5)) {
      world.tell(() => `nobody hears what ${id} answered`);
      return { ended: "died" };
    }
    return ending;
  }

  #allowanceOf(limit: keyof typeof limits): Allowance {
    const allowance = this.#allowances.get(limit) ?? createAllowance();
    this.#allowances.set(limit, allowance);
    return allowance;
  }
}

function portsOf(inv: Invocation, world: World) {
  const { scheduler, weather, table, portone, billing, watch } = world;
  const nowMs = () => scheduler.nowMs();
  const tables = tablePortsOf(inv, table, weather);
  const alarms: Alarms = {
    raise: (code, { merchantUid }) =>
      world.tell(() => `${inv.name} raises an alarm: ${code} of ${merchantUid}`),
    tellTestPayment: ({ merchantUid }) => world.tell(() => `${merchantUid} was paid on the test channel`),
    tellPaid: () => {},
  };
  return {
    ...tables,
    ...portOnePortsOf(inv, portone, weather, watch),
    ...billingPortsOf(inv, { portone, billing }, weather, watch),
    store: createAlarmingStore(tables.store, alarms),
    alarms,
    clock: { nowMs },
    pause: (ms: number) => inv.pause(ms),
    ids: {
      refundId: identifiers.refundId,
      tag: identifiers.tag,
      newClaimToken: () => {
        const token = `${inv.name}/${inv.tokens.length + 1}`;
        inv.tokens.push(token);
        return token;
      },
    },
    policy,
    holds,
    times,
    contracts,
    nightRefunds: "schedule" as const,
    accounts: sealedAccounts,
    recipients: sealedRecipients,
    followsReceipts: true,
    channel: { channelKey: "channel-key-1" },
    addressesFor: (merchantUid: string) => addressesOf(merchantUid),
    noticeUrlFor: (merchantUid: string) => addressesOf(merchantUid).noticeUrl,
    mostGiveBacksPerHour: world.mostGiveBacksPerHour,
    random: world.random,
    // Nobody here sells outside PortOne, so that no number has another receipt.
    sales: { readSale: () => Promise.resolve(null), writeSale: neverCalled("writeSale") },
    deliveries: unused("deliveries"),
    parcels: unused("parcels"),
  };
}

const addressesOf = (merchantUid: string) => ({
  redirectUrl: "https://pay.shop.example/payments/redirect",
  noticeUrl: `https://pay.shop.example/portone/notice/${merchantUid}`,
  confirmUrl: `https://pay.shop.example/portone/confirm/${merchantUid}`,
});

const neverCalled = (name: string) => (): never => {
  throw new Error(`${name}: nobody here should call this`);
};

/** A port that no actor here needs: calling it is a mistake of the simulation. */
const unused = (name: string): never =>
  new Proxy({} as never, {
    get: neverCalled(name),
  });

function inWords(ending: Ending<unknown>): string {
  switch (ending.ended) {
    case "died":
      return "is never heard of again";
    case "threw":
      return `throws ${ending.error.name}: ${ending.error.message}`;
    case "answered":
      return `answers ${shortly(ending.value)}`;
  }
}

const shortly = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const { outcome, order, refund, why } = value as Record<string, never>;
  const parts = [outcome ?? JSON.stringify(value).slice(0, 200), why, order?.["state"], refund?.["state"]];
  return parts.filter((part) => part !== undefined).join(" ");
};

/** What a door answers where its function threw: storage trouble is 503, anything else a fault of ours. */
export const isStorageTrouble = (error: Error): boolean => error instanceof StorageUnavailableError;
