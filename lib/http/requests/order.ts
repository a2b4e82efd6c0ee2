// The body of POST /orders: its shape, and its translation into what the domain decides on.
import * as z from "zod/mini";
import type { WindowRequest } from "../../domain/ksnet/window-request.ts";
import { parseVbankDue } from "../../domain/kst.ts";
import { type Money, parseMoney } from "../../domain/money.ts";
import { hashOf } from "../../signing/body-hash.ts";
import type { Fields } from "../body.ts";
import {
  amount,
  flag,
  instant,
  invalidField,
  merchantUid,
  positiveAmount,
  readFields,
  readWon,
  requiredText,
  setByServer,
  text,
} from "../fields.ts";
import type { FieldProblem } from "../problem-error.ts";
import { day } from "./day.ts";

const months = z
  .int("정수여야 합니다.")
  .check(z.refine((value) => value >= 0 && value <= 36, "0에서 36 사이의 개월 수여야 합니다."));
/** Said twice, a number of months counts once. */
const quota = z.array(months, "배열이어야 합니다.").check(z.overwrite((list) => [...new Set(list)]));
const cardCode = requiredText(8);
const scalar = z.union([z.string(), z.number(), z.boolean()], "문자열, 숫자, true/false 중 하나여야 합니다.");

/** Schemes by which a browser runs, or shows as this page's own, what stands behind them. */
const opensCode = /^(javascript|data|vbscript|file|filesystem|blob|about|view-source):?/i;

/** An app may take its buyer back by a scheme of its own. Plain http is no way back: only to one's own machine, below. */
function isReturnAddress(value: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s\p{Cc}]+$/iu.test(value) || opensCode.test(value)) return false;
  return !/^(https?|wss?|ftp):/i.test(value) || /^https?:$/.test(URL.parse(value)?.protocol ?? "");
}

const isPlainHttp = (value: string | undefined): value is string => /^http:/i.test(value ?? "");

const isLoopback = (address: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(address)?.hostname ?? "");

const windowOptions = {
  buyer_email: z.optional(text(64)),
  buyer_tel: z.optional(text(16)),
  buyer_addr: z.optional(text(128)),
  buyer_postcode: z.optional(text(8)),
  app_scheme: z.optional(
    text(200).check(z.refine((value) => !opensCode.test(value), "앱의 scheme이어야 합니다.")),
  ),
  m_redirect_url: z.optional(
    z.string().check(z.refine(isReturnAddress, "https 또는 앱 주소(scheme://…)여야 합니다.")),
  ),
  escrow: z.optional(flag),
  digital: z.optional(flag),
  vbank_due: z.optional(
    z
      .string("큰따옴표로 감싼 문자열이어야 합니다.")
      .check(
        z.refine(
          (value) => parseVbankDue(value) !== null,
          "YYYY-MM-DD 또는 YYYYMMDD(시각 선택) 형식이어야 합니다.",
        ),
      ),
  ),
  period: z.optional(
    z.strictObject({ from: z.optional(day), to: z.optional(day) }).check(
      z.refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
        error: "끝나는 날(to)보다 늦을 수 없습니다.",
        path: ["from"],
      }),
    ),
  ),
  custom_data: z.optional(z.record(z.string(), z.unknown(), "객체여야 합니다.")),
  display: z.optional(z.strictObject({ card_quota: z.optional(quota) })),
  card: z.optional(
    z.strictObject({
      useInstallment: z.optional(flag),
      detail: z.optional(
        z.array(
          z.strictObject({ card_code: cardCode, enabled: z.optional(flag), max_month: z.optional(months) }),
        ),
      ),
      direct: z.optional(z.strictObject({ code: cardCode, quota: z.optional(months) })),
    }),
  ),
  appCard: z.optional(flag),
  useFreeInterestFromMall: z.optional(flag),
  storeDetails: z.optional(
    z.strictObject({
      businessName: z.optional(text(100)),
      businessRegistrationNumber: z.optional(
        z.string().check(z.regex(/^\d{10}$/, "하이픈 없이 숫자 10자리여야 합니다.")),
      ),
      ceoFullName: z.optional(text(100)),
      address: z.optional(text(200)),
      phoneNumber: z.optional(text(20)),
    }),
  ),
  bypass: z.optional(z.strictObject({ ksnet: z.record(z.string(), scalar, "객체여야 합니다.") })),
  language: z.optional(text(8)),
};

export const orderBody = z.strictObject({
  merchant_uid: merchantUid,
  name: requiredText(40),
  amount: positiveAmount,
  tax_free: z._default(amount, 0),
  currency: z._default(text(8), "KRW"),
  pay_method: text(20),
  buyer_name: requiredText(16),
  expires_at: z.optional(instant),
  // Known so that the rule can refuse it by name instead of as an unknown field.
  customer_uid: z.optional(z.unknown()),
  pg: setByServer,
  channelKey: setByServer,
  notice_url: setByServer,
  confirm_url: setByServer,
  ...windowOptions,
});

/** What POST /orders asks for. */
export interface OrderRequest {
  readonly window: WindowRequest;
  readonly expiresAtMs: number | null;
  /** The same for every body that means the same, however its amounts or defaults were written. */
  readonly bodyHash: string;
}

export interface OrderReading {
  /** Null when its shape is wrong. */
  readonly request: OrderRequest | null;
  /** What the window's rules look at; null when an amount or a method cannot be read. */
  readonly window: WindowRequest | null;
  readonly problems: readonly FieldProblem[];
}

const longestLifeMs = 7 * 24 * 3_600_000;

export interface OrderReader {
  readonly nowMs: number;
  /** In stage dev a phone's way back may lead to one's own machine. */
  readonly mayReturnToLoopback: boolean;
}

/** Reads the body's shape; throws nothing. */
export function readOrder(fields: Fields, { nowMs, mayReturnToLoopback }: OrderReader): OrderReading {
  const { sound, problems: malformed } = readFields(orderBody, fields);
  const { merchant_uid, name, amount, tax_free, currency, pay_method, buyer_name, expires_at, ...rest } =
    sound;
  const { customer_uid, ...options } = rest;
  const problems = [...malformed];
  const money = (pointer: string, value: number | string | undefined): Money | null => {
    if (value === undefined || currency === undefined) return null;
    if (currency === "KRW") return readWon(pointer, value, problems);
    return parseMoney(value, "USD");
  };
  const parsedAmount = money("/amount", amount);
  const parsedTaxFree = money("/tax_free", tax_free);
  const expiresAtMs = expires_at === undefined ? null : Date.parse(expires_at);
  if (expiresAtMs !== null && expiresAtMs > nowMs + longestLifeMs)
    problems.push(invalidField("/expires_at", "지금 이후 7일 이내의 시각이어야 합니다."));
  const back = rest.m_redirect_url;
  if (isPlainHttp(back) && !(mayReturnToLoopback && isLoopback(back)))
    problems.push(invalidField("/m_redirect_url", "http가 아니라 https 주소여야 합니다."));
  const isReadable = parsedAmount !== null && parsedTaxFree !== null && currency !== undefined;
  const window: WindowRequest | null =
    isReadable && pay_method !== undefined
      ? {
          merchantUid: merchant_uid ?? "",
          name: name ?? "",
          amount: parsedAmount,
          taxFree: parsedTaxFree,
          currency,
          payMethod: pay_method,
          buyerName: buyer_name ?? "",
          options,
          asksBillingKey: customer_uid !== undefined,
        }
      : null;
  const isSound = window !== null && problems.length === 0;
  return {
    request: isSound ? { window, expiresAtMs, bodyHash: hashOf({ ...window, expiresAtMs }) } : null,
    window,
    problems,
  };
}
