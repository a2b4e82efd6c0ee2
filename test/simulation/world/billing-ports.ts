// PortOne's doors for charges without a window, billing keys and reservations, as one invocation meets them.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import type { BillingKeyGateway, ChargeGateway, ScheduleGateway } from "../../../lib/ports/billing.ts";
import type { Weather } from "../engine/fates.ts";
import type { Invocation } from "../engine/invocation.ts";
import type { Billing } from "./billing.ts";
import { Calls, type PortOneWatch } from "./calls.ts";
import type { PortOne } from "./portone.ts";

export interface BillingPorts {
  readonly charges: ChargeGateway;
  readonly keys: BillingKeyGateway;
  readonly schedules: ScheduleGateway;
}

interface Provider {
  readonly portone: PortOne;
  readonly billing: Billing;
}

export function billingPortsOf(
  inv: Invocation,
  { portone, billing }: Provider,
  weather: Weather,
  watch: PortOneWatch,
): BillingPorts {
  const calls = new Calls(inv, weather, watch);
  const { login } = calls;
  const instruct = <Value>(
    call: "schedule" | "reschedule" | "unschedule",
    merchantUids: readonly string[],
    effect: () => Value,
  ) =>
    calls.change({ call, merchantUids }, effect, () => {
      for (const merchantUid of merchantUids) billing.showsNow(merchantUid);
    });

  return {
    charges: {
      login,
      chargeOnce: (request) =>
        calls.change({ call: "charge", ...request }, () =>
          portone.charge(request.merchantUid, request.amount, billing.declines()),
        ),
      chargeKey: (request, customerUid) =>
        calls.change({ call: "charge", ...request }, () =>
          billing.charge(customerUid, request.merchantUid, request.amount),
        ),
      retrySchedule: (merchantUid) =>
        calls.change({ call: "retry", merchantUids: [merchantUid] }, () => billing.retry(merchantUid)),
      issueAccount: ({ merchantUid, amount, dueAtMs }) =>
        calls.change(
          { call: "vbank_issue", merchantUids: [merchantUid] },
          () => portone.issueAccount(merchantUid, moneyFromMinorUnits(amount), dueAtMs),
          () => {
            for (const { record } of portone.paymentsOf(merchantUid)) portone.showsNow(record.impUid);
          },
        ),
    },
    keys: {
      login,
      issueKey: (customerUid, card) =>
        calls.changeUnwatched(`issues a key for ${customerUid}`, () =>
          billing.issueKey(customerUid, card.maskedNumber),
        ),
      fetchKey: (customerUid) =>
        calls.ask(`asks for the key of ${customerUid}`, () => ({
          outcome: "found" as const,
          record: billing.keys.get(customerUid) ?? null,
        })),
      deleteKey: (customerUid) =>
        calls.changeUnwatched(`deletes the key of ${customerUid}`, () => billing.deleteKey(customerUid)),
    },
    schedules: {
      login,
      schedule: (customerUid, drafts) =>
        instruct(
          "schedule",
          drafts.map(({ merchantUid }) => merchantUid),
          () => billing.reserve(customerUid, drafts),
        ),
      fetchSchedule: (merchantUid) =>
        calls.ask(`asks for the reservation ${merchantUid}`, () => ({
          outcome: "found" as const,
          record: billing.shown(merchantUid, weather.staleness()),
        })),
      listSchedules: (customerUid, { fromMs, toMs }) =>
        calls.ask(`lists reservations of ${customerUid}`, () => ({
          outcome: "found" as const,
          records: billing.listed(customerUid, { fromMs, toMs }, weather.staleness()),
        })),
      unschedule: (customerUid, merchantUids) =>
        instruct("unschedule", merchantUids, () => billing.revoke(customerUid, merchantUids)),
      reschedule: (merchantUid, atMs, isOpen) =>
        instruct("reschedule", [merchantUid], () =>
          isOpen ? billing.move(merchantUid, atMs) : billing.renew(merchantUid, atMs),
        ),
    },
  };
}
