// How the window tells the page what became of a payment: the callback on a PC, the redirect on a phone.
// Facts: SDK result page and its KSNET part: imp_uid and merchant_uid only, error_code and error_msg on
// failure; queries an address already has are kept (not documented).
import type { ConfirmResult } from "./confirm-call.ts";
import { textOf } from "./request-pay.ts";
import type { Failure, StoredPayment, StoredWindow } from "./state.ts";
import { toWire, type WirePayment } from "./wire.ts";

export interface Callback {
  readonly imp_uid: string | null;
  readonly merchant_uid: string | null;
  readonly error_code?: string;
  readonly error_msg?: string;
}

export interface WindowResult {
  readonly payment: WirePayment;
  readonly callback: Callback | null;
  readonly redirect: string | null;
  readonly confirm: Pick<ConfirmResult, "status" | "reason" | "ms"> | null;
}

/** The way back after a window ended with a success or a failure. */
export function comeBack(
  window: StoredWindow,
  payment: StoredPayment,
  failure: Failure | null,
  confirm: ConfirmResult | null,
): WindowResult {
  const callback: Callback = {
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    ...(failure && { error_code: failure.code, error_msg: failure.message }),
  };
  const isMobile = window.device === "mobile";
  const address = textOf(window.requestPay, "m_redirect_url");
  return {
    payment: toWire(payment),
    callback: isMobile ? null : callback,
    redirect: isMobile && address !== null ? withQuery(address, callback) : null,
    confirm: confirm && { status: confirm.status, reason: confirm.reason, ms: confirm.ms },
  };
}

/** The buyer is gone: nobody is told. */
export const nobodyComesBack = (payment: StoredPayment): WindowResult => ({
  payment: toWire(payment),
  callback: null,
  redirect: null,
  confirm: null,
});

function withQuery(address: string, callback: Callback): string {
  const [beforeHash = "", ...hash] = address.split("#");
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(callback)) if (value !== null) query.append(name, String(value));
  const glue = beforeHash.includes("?") ? "&" : "?";
  return [`${beforeHash}${glue}${query}`, ...hash].join("#");
}
