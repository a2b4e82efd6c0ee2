// Opening the payment window: what PortOne and KSNET check before it appears, and the record that exists
// from then on. Facts: SDK page (parameters, refusal by callback, F1002), prepare page; the code F0001 of a
// prepare mismatch is invented, none is published.
import { takesEscrow } from "./ksnet/silent-rules.ts";
import { windowRules } from "./ksnet/window-rules.ts";
import { newPayment } from "./new-payment.ts";
import { wasPaid } from "./payment.ts";
import { currencyOf, isTrue, numberOf, type RequestPay, taxFreeOf, textOf } from "./request-pay.ts";
import type { Simulator } from "./simulator.ts";
import type { Device, StoredPayment, StoredWindow } from "./state.ts";

export interface Refused {
  readonly error_code: string;
  readonly error_msg: string;
  /** Which rule it was; not something a real callback carries. */
  readonly rule: string;
}

export type OpenResult =
  | { readonly outcome: "opened"; readonly window: StoredWindow; readonly payment: StoredPayment }
  | { readonly outcome: "refused"; readonly refused: Refused };

export function openWindow(simulator: Simulator, requestPay: RequestPay, device: Device): OpenResult {
  const refused = findRefusal(simulator, requestPay, device);
  if (refused) return { outcome: "refused", refused };
  const { store } = simulator;
  return store.together(() => {
    const payment = startPayment(simulator, requestPay, device);
    const window: StoredWindow = {
      window: simulator.nextId("window"),
      impUid: payment.impUid,
      device,
      requestPay,
      state: "open",
    };
    store.put("payments", payment.impUid, payment);
    store.put("windows", window.window, window);
    return { outcome: "opened", window, payment };
  });
}

/** PortOne's own checks come first, because it needs no PG for them. */
export function findRefusal(simulator: Simulator, requestPay: RequestPay, device: Device): Refused | null {
  const { settings, store, clock } = simulator;
  const codes = settings.switches;
  const merchantUid = textOf(requestPay, "merchant_uid") ?? "";
  if (store.paymentsOf(merchantUid).some(wasPaid))
    return {
      error_code: codes.already_paid_code,
      error_msg: "이미 결제가 이루어진 거래건입니다.",
      rule: "R-KS-32",
    };
  if (differsFromPrepared(simulator, merchantUid, requestPay))
    return {
      error_code: codes.prepare_mismatch_code,
      error_msg: "사전등록된 결제금액과 요청하신 결제금액이 다릅니다.",
      rule: "prepare",
    };
  const circumstances = { nowMs: clock.nowMs(), settings, device };
  for (const rule of windowRules) {
    const message = rule.refuses(requestPay, circumstances);
    if (message !== null)
      return { error_code: codes.request_refused_code, error_msg: message, rule: rule.id };
  }
  return null;
}

function differsFromPrepared(simulator: Simulator, merchantUid: string, requestPay: RequestPay): boolean {
  const prepared = simulator.store.get("prepared", merchantUid);
  if (!prepared) return false;
  if (prepared.amount !== numberOf(requestPay, "amount")) return true;
  return prepared.currency !== null && prepared.currency !== currencyOf(requestPay);
}

/** Gives the record without storing it. */
export function startPayment(simulator: Simulator, requestPay: RequestPay, device: Device): StoredPayment {
  const payMethod = textOf(requestPay, "pay_method") ?? "card";
  const customData = requestPay["custom_data"] ?? null;
  const hasContract = simulator.settings.contracts.includes("escrow");
  return newPayment(simulator, {
    merchantUid: textOf(requestPay, "merchant_uid") ?? "",
    payMethod,
    channel: device,
    escrow: isTrue(requestPay["escrow"]) && takesEscrow(payMethod) && hasContract,
    amount: numberOf(requestPay, "amount") ?? 0,
    taxFree: taxFreeOf(requestPay, payMethod),
    currency: currencyOf(requestPay),
    customData: customData === null ? null : JSON.stringify(customData),
    noticeUrl: textOf(requestPay, "notice_url"),
    customerUid: null,
    text: (name) => textOf(requestPay, name),
  });
}
