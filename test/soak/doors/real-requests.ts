// The requests that are mutated: what a shop, its buyers, PortOne and the clock really send, one or more for each door.
import type { Json } from "../world.ts";
import type { Header, RealRequest } from "./request.ts";
import {
  buyer,
  card,
  debtOf,
  orderOf,
  parcelOf,
  receiptOf,
  refundAccount,
  type Stand,
  saleOf,
} from "./stand.ts";

export interface Sender {
  readonly merchantKey: string;
  /** The number of this request: names what nobody named before. */
  readonly n: number;
}

interface Parts {
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly fields?: Json;
}

const json: Header = ["content-type", "application/json"];

/** Every real request there is, with what it makes in the name of `n`. */
export function realRequests(stand: Stand, { merchantKey, n }: Sender): readonly RealRequest[] {
  const { prefix, impUids, tokens } = stand;
  const at = (what: string) => `${prefix}-${what}`;
  const fresh = at(`n${n}`);
  const customer = at("cust");
  const key: Header = ["authorization", `Bearer ${merchantKey}`];
  const idempotency: Header = ["idempotency-key", `k${n}`];

  const anybody = (
    door: string,
    parameters: Readonly<Record<string, string>>,
    parts: Parts = {},
  ): RealRequest => {
    const [method = "", path = ""] = door.split(" ");
    const segments = path
      .slice(1)
      .split("/")
      .map((segment) => parameters[/^\{(.+)\}$/.exec(segment)?.[1] ?? ""] ?? segment);
    const { query = "", headers = [], fields = null } = parts;
    return {
      kind: "http",
      door,
      method,
      segments,
      query,
      headers: [...(fields ? [json] : []), ...headers],
      fields,
    };
  };
  const merchant = (door: string, parameters: Readonly<Record<string, string>>, parts: Parts = {}) =>
    anybody(door, parameters, { ...parts, headers: [key, ...(parts.headers ?? [])] });
  const direct = (functionName: string, event: unknown): RealRequest => ({
    kind: "direct",
    door: functionName,
    functionName,
    event,
  });
  const order = (door: string, what: string, parts: Parts = {}) =>
    merchant(door, { merchant_uid: at(what) }, parts);
  const ofCustomer = (door: string, parts: Parts = {}) => merchant(door, { customer_uid: customer }, parts);
  const tokenOf = (what: string) => tokens.get(at(what)) ?? "";

  const window = {
    display: { card_quota: [0, 6] },
    custom_data: { 회원: 30_930 },
    bypass: { ksnet: { sndQpayType: "0" } },
    period: { from: "2026-08-01", to: "2026-08-31" },
    m_redirect_url: "https://shop.example/결제/완료",
    app_scheme: "shopapp://",
  };
  const account = { vbank_code: "004", vbank_due_at: stand.inAMonth, product_type: "real" };
  const refund = { amount: 100, reason: "단순 변심", requester: "customer" };
  const payee = { refund_holder: buyer.buyer_name, refund_bank: "004", refund_account: refundAccount };
  const notice = { imp_uid: impUids.paid, merchant_uid: at("paid"), status: "paid" };
  const confirm = { imp_uid: "imp_000000000001", merchant_uid: at("open"), amount: 109_000 };
  const complete = { imp_uid: impUids.paid, merchant_uid: at("paid") };
  const reservation = debtOf(fresh, { schedule_at: stand.inAMonth });

  return [
    merchant("POST /orders", {}, { fields: orderOf(fresh) }),
    merchant("POST /orders", {}, { fields: orderOf(fresh, window) }),
    merchant("POST /orders", {}, { fields: orderOf(at("open")) }),
    merchant("POST /orders", {}, { fields: orderOf(at("paid"), { amount: 5_000 }) }),
    merchant("GET /orders", {}, { query: `?day=${stand.today}&limit=3` }),
    order("GET /orders/{merchant_uid}", "paid"),
    order("GET /orders/{merchant_uid}", "nobody"),
    order("POST /orders/{merchant_uid}/void", "free", { fields: {} }),
    order("POST /orders/{merchant_uid}/void", "paid", { fields: {} }),
    order("POST /orders/{merchant_uid}/sync", "paid", { fields: {} }),
    order("POST /orders/{merchant_uid}/resolve", "review", { fields: { action: "sync", note: "확인함" } }),
    order("POST /orders/{merchant_uid}/resolve", "paid", { fields: { action: "clear", note: "" } }),
    merchant("POST /give-back-brake", {}, { fields: { lifted: true } }),
    merchant("GET /give-back-brake", {}),
    merchant("GET /queue", {}),
    merchant("GET /audits/{day}", { day: stand.audited.day }),
    order("POST /orders/{merchant_uid}/refunds", "paid", { fields: refund, headers: [idempotency] }),
    order("POST /orders/{merchant_uid}/refunds", "transfer", {
      fields: { ...refund, ...payee, tax_free: 0 },
      headers: [idempotency],
    }),
    order("POST /orders/{merchant_uid}/refunds", "open", { fields: {}, headers: [idempotency] }),
    order("GET /orders/{merchant_uid}/refunds", "paid"),
    merchant("GET /orders/{merchant_uid}/refunds/{refund_id}", {
      merchant_uid: at("paid"),
      refund_id: stand.refundId,
    }),
    merchant("DELETE /orders/{merchant_uid}/refunds/{refund_id}", {
      merchant_uid: at("waiting"),
      refund_id: stand.waitingId,
    }),
    order("POST /orders/{merchant_uid}/receipt", "transfer", { fields: receiptOf() }),
    order("POST /orders/{merchant_uid}/receipt", "transfer", { query: "?preview=true", fields: {} }),
    order("GET /orders/{merchant_uid}/receipt", "receipt"),
    order("DELETE /orders/{merchant_uid}/receipt", "receipt"),
    merchant("POST /receipts/external/{merchant_uid}", { merchant_uid: fresh }, { fields: saleOf() }),
    order("GET /receipts/external/{merchant_uid}", "sale"),
    order("DELETE /receipts/external/{merchant_uid}", "sale"),
    merchant("POST /payments/onetime", {}, { fields: debtOf(fresh, { ...card, card_quota: 3 }) }),
    merchant(
      "POST /payments/onetime",
      {},
      { fields: debtOf(fresh, { ...card, customer_uid: fresh, issue_key: true }) },
    ),
    merchant(
      "POST /payments/onetime",
      {},
      { fields: debtOf(fresh, { ...card, card_number: "4518-4200-0005-0002" }) },
    ),
    merchant(
      "POST /customers/{customer_uid}/billing-key",
      { customer_uid: fresh },
      { fields: { ...card, customer_name: buyer.buyer_name } },
    ),
    ofCustomer("GET /customers/{customer_uid}/billing-key"),
    merchant(
      "DELETE /customers/{customer_uid}/billing-key",
      { customer_uid: at("spare") },
      { query: "?reason=해지".replace("해지", "%ED%95%B4%EC%A7%80") },
    ),
    ofCustomer("POST /customers/{customer_uid}/payments", { fields: debtOf(fresh, { tax_free: 900 }) }),
    merchant(
      "POST /customers/{customer_uid}/payments",
      { customer_uid: at("ghost") },
      { fields: debtOf(fresh) },
    ),
    ofCustomer("POST /customers/{customer_uid}/schedules", { fields: { schedules: [reservation] } }),
    ofCustomer("GET /customers/{customer_uid}/schedules"),
    ofCustomer("DELETE /customers/{customer_uid}/schedules", { query: `?merchant_uid=${at("sub-2")}` }),
    merchant(
      "PUT /customers/{customer_uid}/schedules/{merchant_uid}",
      { customer_uid: customer, merchant_uid: at("sub-1") },
      { fields: { schedule_at: stand.inAMonth } },
    ),
    merchant(
      "POST /customers/{customer_uid}/schedules/{merchant_uid}/retry",
      { customer_uid: customer, merchant_uid: at("sub-1") },
      { fields: {} },
    ),
    order("POST /orders/{merchant_uid}/virtual-account", "free", { fields: account }),
    order("DELETE /orders/{merchant_uid}/virtual-account", "free"),
    order("POST /orders/{merchant_uid}/delivery", "escrow", { fields: parcelOf("600000000002") }),
    order("PUT /orders/{merchant_uid}/delivery", "parcel", { fields: parcelOf(String(600_000_000_003 + n)) }),
    order("GET /orders/{merchant_uid}/delivery", "parcel"),
    anybody("POST /payments/complete", {}, { fields: complete }),
    anybody(
      "POST /payments/complete",
      {},
      { fields: { imp_uid: null, merchant_uid: at("open"), token: tokenOf("open") } },
    ),
    anybody("OPTIONS /payments/complete", {}, { headers: [["origin", "http://localhost:5173"]] }),
    anybody(
      "GET /payments/redirect",
      {},
      { query: `?imp_uid=${impUids.account}&merchant_uid=${at("account")}` },
    ),
    anybody("POST /portone/confirm/{token}", { token: tokenOf("open") }, { fields: confirm }),
    anybody("POST /portone/confirm", {}, { fields: confirm }),
    anybody("POST /portone/notice/{token}", { token: tokenOf("paid") }, { fields: notice }),
    anybody("POST /portone/notice", {}, { fields: notice }),
    anybody("POST /portone/notice", {}, { fields: { ...notice, merchant_uid: "order#2026/1" } }),
    direct("orders", orderOf(fresh)),
    direct("orders", { action: "order.get", merchant_uid: at("paid") }),
    direct("orders", { action: "order.resolve", merchant_uid: at("review"), decision: "sync", note: "" }),
    direct("refund", { merchant_uid: at("paid"), idempotency_key: `k${n}`, amount: 100 }),
    direct("refund", {
      action: "refund.withdraw",
      merchant_uid: at("waiting"),
      refund_id: stand.waitingId,
    }),
    direct("receipt", { action: "receipt.issue_external", merchant_uid: fresh, ...saleOf() }),
    direct("billing", { customer_uid: customer, ...debtOf(fresh) }),
    direct("billing", { action: "billing.onetime", ...debtOf(fresh, card) }),
    direct("delivery", { merchant_uid: at("escrow"), ...parcelOf("600000000002") }),
    direct("confirm", { warmup: true }),
    direct("notice", {}),
    direct("complete", { source: "aws.events", "detail-type": "Scheduled Event", version: "0" }),
    direct("reconcile", { sweep: 0 }),
    direct("audit", { from: stand.audited.from }),
  ];
}
