// What stands open, for a page that offers the levers: windows that wait for their buyer, and payments as they are now.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { currencyOf, numberOf, textOf } from "../request-pay.ts";
import type { Simulator } from "../simulator.ts";
import type { StoredWindow } from "../state.ts";
import { toWire } from "../wire.ts";
import { readBody } from "./control-error.ts";

const paymentsSchema = z.strictObject({
  merchant_uid: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

export function serveLookControl(app: FastifyInstance, simulator: Simulator): void {
  const { store } = simulator;
  app.get("/_control/windows", () => ({
    windows: [...store.all("windows")]
      .filter(({ state }) => state === "open")
      .map((window) => viewWindow(window, simulator.url)),
  }));
  app.get("/_control/payments", ({ query }) => {
    const { merchant_uid: merchantUid, limit } = readBody(paymentsSchema, query);
    const payments = merchantUid === undefined ? [...store.all("payments")] : store.paymentsOf(merchantUid);
    return { payments: payments.slice(-limit).toReversed().map(toWire) };
  });
}

const viewWindow = ({ window, impUid, device, requestPay }: StoredWindow, url: string) => ({
  window,
  imp_uid: impUid,
  merchant_uid: textOf(requestPay, "merchant_uid"),
  device,
  name: textOf(requestPay, "name"),
  amount: numberOf(requestPay, "amount"),
  currency: currencyOf(requestPay),
  pay_method: textOf(requestPay, "pay_method"),
  page: `${url}/window/${window}`,
});
