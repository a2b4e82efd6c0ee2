// Console actions on a payment, and the console's call test.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import {
  type ActionResult,
  approveLate,
  callTest,
  cancelInConsole,
  confirmPurchase,
  deposit,
  resendNotice,
} from "../console-actions.ts";
import { viewDelivery } from "../delivery-log.ts";
import type { Simulator } from "../simulator.ts";
import type { StoredPayment } from "../state.ts";
import { toWire } from "../wire.ts";
import { ControlError, readBody } from "./control-error.ts";

const nothing = z.strictObject({});
const cancelSchema = z.strictObject({
  amount: z.number().min(0).optional(),
  tax_free: z.number().min(0).optional(),
  reason: z.string().optional(),
});

interface PaymentParams {
  Params: { impUid: string };
}

export function servePaymentControl(app: FastifyInstance, simulator: Simulator): void {
  app.post<PaymentParams>("/_control/payments/:impUid/cancel", async ({ params, body }) => {
    const { amount, tax_free: taxFree, reason } = readBody(cancelSchema, body);
    const payment = paymentOf(simulator, params.impUid);
    return view(await cancelInConsole(simulator, payment, { amount, taxFree, reason }));
  });
  app.post<PaymentParams>("/_control/payments/:impUid/deposit", async ({ params, body }) => {
    readBody(nothing, body);
    return view(await deposit(simulator, paymentOf(simulator, params.impUid)));
  });
  app.post<PaymentParams>("/_control/payments/:impUid/approve-late", async ({ params, body }) => {
    readBody(nothing, body);
    return view(await approveLate(simulator, paymentOf(simulator, params.impUid)));
  });
  app.post<PaymentParams>("/_control/payments/:impUid/confirm-purchase", ({ params, body }) => {
    readBody(nothing, body);
    return view(confirmPurchase(simulator, paymentOf(simulator, params.impUid)));
  });
  app.post<PaymentParams>("/_control/payments/:impUid/resend", async ({ params, body }) => {
    readBody(nothing, body);
    const payment = paymentOf(simulator, params.impUid);
    const delivery = await resendNotice(simulator, payment);
    if (!delivery) throw new ControlError(409, "no notice was sent: no address, or a fault held it");
    return { payment: toWire(payment), delivery: viewDelivery(delivery) };
  });
  app.post("/_control/call-test", async ({ body }) => {
    readBody(nothing, body);
    const delivery = await callTest(simulator);
    if (!delivery)
      throw new ControlError(409, "no notice was sent: webhook_url is not set, or a fault held it");
    return viewDelivery(delivery);
  });
}

function paymentOf(simulator: Simulator, impUid: string): StoredPayment {
  const payment = simulator.store.get("payments", impUid);
  if (!payment) throw new ControlError(404, `unknown payment ${impUid}`);
  return payment;
}

function view(result: ActionResult) {
  if (result.outcome === "refused") throw new ControlError(409, result.message);
  return { payment: toWire(result.payment) };
}
