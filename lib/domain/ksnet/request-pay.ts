// The exact object a shop's page hands to `IMP.request_pay`.
import { isCurrency, toWire } from "../money.ts";
import type { WindowRequest } from "./window-request.ts";

/** Where the window finds the channel: a channel key, or the old `pg` name of MIDs set up before them. */
export type WindowChannel =
  | { readonly channelKey: string; readonly pg?: never }
  | { readonly pg: string; readonly channelKey?: never };

export interface WindowAddresses {
  readonly redirectUrl: string;
  readonly noticeUrl: string;
  readonly confirmUrl: string;
}

export type RequestPay = Readonly<Record<string, unknown>>;

/**
 * Builds the window's parameters; the same request gives the same object. `tax_free` is always there,
 * because KSNET's MIDs are mixed-tax (R-KS-1), and 0 for virtual accounts, where KSNET takes none (R-KS-3).
 */
export function buildRequestPay(
  request: WindowRequest,
  channel: WindowChannel,
  addresses: WindowAddresses,
): RequestPay {
  const currency = isCurrency(request.currency) ? request.currency : "KRW";
  const { m_redirect_url, display, ...options } = request.options;
  return withoutUndefined({
    ...channel,
    pay_method: request.payMethod,
    merchant_uid: request.merchantUid,
    name: request.name,
    amount: toWire(request.amount, currency),
    tax_free: request.payMethod === "vbank" ? 0 : toWire(request.taxFree, currency),
    currency: request.currency,
    buyer_name: request.buyerName,
    m_redirect_url: m_redirect_url ?? addresses.redirectUrl,
    notice_url: addresses.noticeUrl,
    confirm_url: addresses.confirmUrl,
    ...options,
    display: display && withLumpSum(display),
  });
}

/**
 * PortOne's pages disagree whether `[]` and a list without 0 include paying at once; naming 0 first is
 * right under every reading.
 */
function withLumpSum(display: NonNullable<WindowRequest["options"]["display"]>) {
  const quota = display.card_quota;
  if (!quota) return display;
  return { ...display, card_quota: [0, ...quota.filter((months) => months !== 0)] };
}

const withoutUndefined = (object: Record<string, unknown>): RequestPay =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
