// What happened so far, and forgetting it: calls, deliveries, violations, the whole state, reset.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { toWirePrepare } from "../api/prepare-endpoints.ts";
import { viewDelivery } from "../delivery-log.ts";
import { viewReceipt } from "../receipt-wire.ts";
import { SeedFileError } from "../seed-file.ts";
import type { Simulator } from "../simulator.ts";
import type { ReceiptFile, StoredPayment } from "../state.ts";
import { toWire, toWireCancel } from "../wire.ts";
import { toWireCustomer } from "../wire-customer.ts";
import { toWireLogis, toWireSchedule } from "../wire-schedule.ts";
import { ControlError, readBody } from "./control-error.ts";

const callsSchema = z.strictObject({ merchant_uid: z.string().optional() });
/** The newest `limit` of them. */
const deliveriesSchema = z.strictObject({
  merchant_uid: z.string().optional(),
  limit: z.coerce.number().int().min(1).optional(),
});
const resetSchema = z.strictObject({ seed: z.int().optional() });

export function serveReportControl(app: FastifyInstance, simulator: Simulator): void {
  const { store, calls } = simulator;
  app.get("/_control/calls", ({ query }) => calls.view(readBody(callsSchema, query).merchant_uid));
  app.delete("/_control/calls", () => {
    calls.clear();
    return calls.view();
  });
  app.get("/_control/deliveries", ({ query }) => {
    const { merchant_uid: merchantUid, limit } = readBody(deliveriesSchema, query);
    return {
      deliveries: [...store.all("deliveries")]
        .filter((delivery) => merchantUid === undefined || delivery.merchantUid === merchantUid)
        .toSorted((one, other) => one.atMs - other.atMs || one.n - other.n)
        .slice(limit === undefined ? 0 : -limit)
        .map(viewDelivery),
    };
  });
  app.get("/_control/violations", () => ({ violations: simulator.violations.list() }));
  app.get("/_control/state", () => ({
    payments: [...store.all("payments")].map(viewPayment),
    receipts: [...store.all("receipts")].flatMap(viewReceipts),
    external_receipts: [...store.all("externalReceipts")].flatMap(viewReceipts),
    customers: [...store.all("customers")].map((customer) => toWireCustomer(customer, simulator.settings)),
    schedules: [...store.all("schedules")].map((schedule) => toWireSchedule(schedule, simulator.settings)),
    prepared: [...store.all("prepared")].map(toWirePrepare),
    logis: [...store.all("logis")].map((logis) => ({ imp_uid: logis.impUid, ...toWireLogis(logis) })),
  }));
  app.post("/_control/reset", ({ body }) => {
    const { seed } = readBody(resetSchema, body);
    try {
      simulator.reset(seed);
    } catch (error) {
      if (!(error instanceof SeedFileError)) throw error;
      // The clock has moved on, and a cancel is too late now, say.
      throw new ControlError(409, error.message);
    }
    return { seed: store.one("seed") };
  });
}

const viewReceipts = ({ generations }: ReceiptFile) => generations.map(viewReceipt);

/** The record as PortOne shows it, and the tax-free parts it does not. */
const viewPayment = (payment: StoredPayment) => ({
  ...toWire(payment),
  cancel_history: payment.cancels.map((cancel) => ({
    ...toWireCancel(cancel, payment),
    tax_free: cancel.taxFree,
  })),
  tax_free: payment.taxFree,
  interest_free: payment.interestFree,
  cancel_tax_free: payment.cancels.reduce((sum, cancel) => sum + cancel.taxFree, 0),
});
