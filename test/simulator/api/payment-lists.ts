// Lists of payments: every attempt of an order number, and everything in a status within a window of days.
// Facts: V1 API pages (1000 a page, window of 90 days, both ends inclusive, the time compared is that of the
// status); a longer window is assumed to be refused.
import type { StoredPayment } from "../state.ts";
import { type Endpoint, failure, noSuchPayment, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";
import { isBeyond, readPageRequest, toPage } from "./paging.ts";
import { sortPayments } from "./sorting.ts";

const statuses = ["ready", "paid", "cancelled", "failed"];
const longestWindowSeconds = 90 * 86_400;

const badStatus = failure(400, "결제상태(payment_status)가 올바르지 않습니다.");
const badPage = failure(400, "page, limit 값이 올바르지 않습니다.");

const findAll: Endpoint["handle"] = ({ payments, path, query }) => {
  const status = path["payment_status"];
  if (status !== undefined && !statuses.includes(status)) return badStatus;
  const request = readPageRequest(query);
  if (!request) return badPage;
  const attempts = payments.ofMerchant(path["merchant_uid"] ?? "");
  const wanted = status === undefined ? attempts : attempts.filter((payment) => payment.status === status);
  if (wanted.length === 0 || isBeyond(wanted.length, request)) return noSuchPayment;
  return success(toPage(sortPayments(wanted, textField(query, "sorting")), request));
};

const byStatus: Endpoint["handle"] = ({ simulator, payments, path, query }) => {
  const status = path["payment_status"] ?? "";
  if (status !== "all" && !statuses.includes(status)) return badStatus;
  const request = readPageRequest(query);
  if (!request) return badPage;
  const to = numberField(query, "to") ?? simulator.clock.nowSeconds();
  const from = numberField(query, "from") ?? to - longestWindowSeconds;
  if (!(from <= to && to - from <= longestWindowSeconds))
    return failure(400, "조회기간(from, to)은 최대 90일입니다.");
  const wanted: StoredPayment[] = [];
  for (const payment of payments.all()) {
    const at = Math.floor(statusTimeMs(payment) / 1000);
    if ((status === "all" || payment.status === status) && at >= from && at <= to) wanted.push(payment);
  }
  if (isBeyond(wanted.length, request)) return badPage;
  return success(toPage(sortPayments(wanted, textField(query, "sorting")), request));
};

function statusTimeMs(payment: StoredPayment): number {
  const { status, startedAtMs } = payment;
  if (status === "paid") return payment.paidAtMs ?? startedAtMs;
  if (status === "cancelled") return payment.cancelledAtMs ?? startedAtMs;
  if (status === "failed") return payment.failedAtMs ?? startedAtMs;
  return startedAtMs;
}

export const paymentLists: readonly Endpoint[] = [
  { method: "GET", path: "/payments/findAll/{merchant_uid}", handle: findAll },
  { method: "GET", path: "/payments/findAll/{merchant_uid}/{payment_status}", handle: findAll },
  { method: "GET", path: "/payments/status/{payment_status}", handle: byStatus },
];
