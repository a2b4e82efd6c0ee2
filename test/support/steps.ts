// Steps that several stories share: windows side by side, notices that never come or come again, and what
// PortOne itself holds, to compare an order with.
import { expect } from "vitest";
import type { Json, OrderView, Paid, Reply, RequestPay, Shop } from "./shop.ts";

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** The parameters as a shop hands them on that has not asked PortOne to confirm. */
export function withoutConfirm({ confirm_url: _, ...requestPay }: RequestPay): Json {
  return requestPay;
}

/** PortOne's notices of this order are lost. */
export const withoutNotices = (shop: Shop, merchantUid: string): Promise<Json> =>
  shop.fault("notice_never", "notice", { merchant_uid: merchantUid, count: 99 });

export interface OpenWindow {
  readonly window: string;
  readonly imp_uid: string;
}

export const open = (shop: Shop, requestPay: Json): Promise<OpenWindow> =>
  shop.control<OpenWindow>("POST", "/window", { request_pay: requestPay });

export const approve = (shop: Shop, { window }: OpenWindow): Promise<Paid> =>
  shop.control<Paid>("POST", `/window/${window}/approve`, {});

/** What a merchant, or somebody at PortOne's desk, cancels in the console. */
export const cancelInConsole = (shop: Shop, impUid: string, body: Json = {}): Promise<Json> =>
  shop.control("POST", `/payments/${impUid}/cancel`, body);

export const deposit = (shop: Shop, impUid: string): Promise<Json> =>
  shop.control("POST", `/payments/${impUid}/deposit`, {});

/** A notice as PortOne would send it, to the order's own address. */
export function notify(shop: Shop, requestPay: RequestPay, impUid: string, more: Json = {}): Promise<Reply> {
  const body = { imp_uid: impUid, merchant_uid: requestPay.merchant_uid, status: "paid", ...more };
  return shop.anybody("POST", new URL(String(requestPay["notice_url"])).pathname, body);
}

export const payments = async (shop: Shop, merchantUid: string): Promise<readonly Json[]> => {
  const state = await shop.control<{ payments: readonly Json[] }>("GET", "/state");
  return state.payments.filter((payment) => payment["merchant_uid"] === merchantUid);
};

/** `paid by sweep`, one a move. */
export const moves = (order: OrderView): readonly string[] =>
  order.history.filter(({ from, to }) => from !== to).map(({ to, by }) => `${to} by ${by}`);

export const lastReason = (order: OrderView): unknown =>
  (order.history.at(-1) as Json | undefined)?.["reason"];

/** Time goes on with a sweep at the end of each step, as often as asked. */
export async function passTime(shop: Shop, times: number, stepMs: number): Promise<readonly Json[]> {
  const reports: Json[] = [];
  for (let step = 0; step < times; step += 1) {
    await shop.advance(stepMs);
    reports.push(await shop.sweep());
  }
  return reports;
}

export interface Calls {
  readonly dynamodb: {
    readonly calls: number;
    readonly read_units: number;
    readonly write_units: number;
    readonly index_write_units: number;
    readonly by_function: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  readonly portone: { readonly by_function: Readonly<Record<string, Readonly<Record<string, number>>>> };
}

/** What the functions called out for while `work` ran. */
export async function countCalls(shop: Shop, work: () => Promise<unknown>): Promise<Calls> {
  await shop.local("DELETE", "/calls");
  await work();
  return shop.local<Calls>("GET", "/calls");
}

/** Questions about payments, logins left out. */
export const questionsOf = ({ portone }: Calls, functionName: string): number =>
  Object.entries(portone.by_function[functionName] ?? {})
    .filter(([name]) => name.startsWith("GET /payments"))
    .reduce((total, [, count]) => total + count, 0);

/** Noon in Korea, days before the accounts below are due. */
export const noon = "2026-08-05T12:00:00+09:00";
export const byAccount = { pay_method: "vbank", vbank_due: "2026-08-07 23:59:59" };

/** An account in the buyer's hands, PortOne's notice of it delivered. */
export async function issueAccount(shop: Shop, merchantUid: string): Promise<Paid> {
  const issued = await shop.pay(await shop.createOrder(merchantUid, byAccount));
  await shop.notices(merchantUid, 1);
  expect((await shop.order(merchantUid)).state).toBe("awaiting_deposit");
  return issued;
}

export const statuses = async (shop: Shop, merchantUid: string): Promise<readonly unknown[]> =>
  (await payments(shop, merchantUid)).map(({ status }) => status);

/** In the body of a charge. */
export const goodCard = "4518-4200-0000-0015";
export const card = (number = goodCard) => ({
  card_number: number,
  expiry: "2031-12",
  birth: "820213",
  pwd_2digit: "00",
});
export const debt = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  name: "정기구독 8월분",
  amount: 8_900,
  buyer_name: "홍길동",
  product_type: "digital",
  ...more,
});
