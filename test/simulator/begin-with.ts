// The records of a seed file, made by the simulator's own moves and judged by its own rules: what could not have
// come about through a window is refused. Nobody is told of them; they are the past.
import { newAccount, newApproval } from "./approval.ts";
import { commitCancel, decideCancel } from "./cancel.ts";
import { readCard } from "./key-in-card.ts";
import { findRefusal, startPayment } from "./open-window.ts";
import { approvePayment, depositPayment, failPayment, issueAccount } from "./payment.ts";
import type { SeedCustomer, SeedOrder, SeedRecords } from "./public-types.ts";
import type { RequestPay } from "./request-pay.ts";
import { SeedFileError } from "./seed-file.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredPayment } from "./state.ts";

const declined = "한도초과";

/** Throws a SeedFileError that names the first record that cannot be, with those before it made. */
export function beginWith(simulator: Simulator, { orders = [], customers = [] }: SeedRecords): void {
  simulator.store.together(() => {
    for (const [index, order] of orders.entries()) addOrder(simulator, order, `orders.${index}`);
    for (const [index, customer] of customers.entries())
      addCustomer(simulator, customer, `customers.${index}`);
  });
}

const impossible = (where: string, why: string): SeedFileError =>
  new SeedFileError("seed_file_impossible", `${where}: ${why}`);

function addOrder(simulator: Simulator, order: SeedOrder, where: string): void {
  const { store, clock } = simulator;
  const { merchant_uid: merchantUid, amount, currency = null } = order;
  if (order.cancels && order.status !== "paid")
    throw impossible(where, `cancels of an order that is ${order.status}, not paid`);
  if (order.status === "prepared") {
    if (store.get("prepared", merchantUid)) throw impossible(where, `${merchantUid} is prepared twice`);
    store.put("prepared", merchantUid, { merchantUid, amount, currency });
    return;
  }
  const requestPay = requestPayOf(order);
  const refused = findRefusal(simulator, requestPay, "pc");
  if (refused) throw impossible(where, `${refused.rule} ${refused.error_msg}`);
  const started = startPayment(simulator, requestPay, "pc");
  const payment = { ...started, impUid: order.imp_uid ?? started.impUid };
  if (store.get("payments", payment.impUid)) throw impossible(where, `${payment.impUid} stands there twice`);
  const atMs = order.paid_at === undefined ? clock.nowMs() : Date.parse(order.paid_at);
  if (atMs > clock.nowMs()) throw impossible(where, `paid_at ${order.paid_at} is yet to come`);
  const begun = { ...payment, startedAtMs: atMs };
  store.put("payments", payment.impUid, moved(simulator, order, begun, requestPay, atMs));
  for (const [index, cancel] of (order.cancels ?? []).entries())
    addCancel(simulator, payment.impUid, cancel, `${where}.cancels.${index}`);
}

/** The window call it would have come from. */
const requestPayOf = ({ status: _status, cancels: _cancels, ...order }: SeedOrder): RequestPay => ({
  ...order,
  pay_method: order.pay_method ?? "card",
  name: order.name ?? order.merchant_uid,
  buyer_name: order.buyer_name ?? "홍길동",
});

function moved(
  simulator: Simulator,
  { status, fail_reason: reason = declined }: SeedOrder,
  payment: StoredPayment,
  requestPay: RequestPay,
  atMs: number,
): StoredPayment {
  if (status === "failed") return failPayment(payment, reason, atMs);
  if (payment.payMethod === "vbank") {
    const account = newAccount(simulator, requestPay, {});
    const waiting = issueAccount(payment, account, simulator.nextId("pgTid"));
    return status === "paid" ? depositPayment(waiting, atMs) : waiting;
  }
  if (status === "ready") return payment;
  return approvePayment(payment, newApproval(simulator, payment, {}, requestPay), atMs);
}

function addCancel(
  simulator: Simulator,
  impUid: string,
  { amount, tax_free: taxFree = 0, reason = "" }: NonNullable<SeedOrder["cancels"]>[number],
  where: string,
): void {
  const payment = simulator.store.get("payments", impUid);
  if (!payment) return;
  const request = { amount, taxFree, checksum: null, reason, byConsole: true };
  const account = { refundHolder: null, refundBank: null, refundAccount: null };
  const decision = decideCancel(simulator, payment, { ...request, ...account });
  if (decision.outcome === "refused") throw impossible(where, `${decision.rule} ${decision.message}`);
  commitCancel(simulator, payment, decision.wanted, reason);
}

function addCustomer(simulator: Simulator, customer: SeedCustomer, where: string): void {
  const { store, clock } = simulator;
  const card = readCard(customer.card_number);
  if (!card) throw impossible(where, `${customer.card_number} is no card number`);
  if (store.get("customers", customer.customer_uid))
    throw impossible(where, `${customer.customer_uid} stands there twice`);
  const nowMs = clock.nowMs();
  store.put("customers", customer.customer_uid, {
    customerUid: customer.customer_uid,
    card,
    name: customer.customer_name ?? null,
    tel: customer.customer_tel ?? null,
    email: customer.customer_email ?? null,
    addr: null,
    postcode: null,
    insertedAtMs: nowMs,
    updatedAtMs: nowMs,
  });
}
