// Reading single payments: by imp_uid, several at once, and by order number. Facts: V1 API pages; since
// 2026-01-26 the single read alone hides test-channel payments unless asked for them.
import { toWire } from "../wire.ts";
import { type Endpoint, failure, noSuchPayment, refusal, success } from "./endpoint.ts";
import { flagField, listField, textField } from "./fields.ts";
import { sortPayments } from "./sorting.ts";

const mostAtOnce = 100;

const readOne: Endpoint = {
  method: "GET",
  path: "/payments/{imp_uid}",
  handle: ({ payments, path, query }) => {
    const payment = payments.get(path["imp_uid"] ?? "");
    if (!payment || (payment.sandbox && !flagField(query, "include_sandbox"))) return noSuchPayment;
    return success(toWire(payment));
  },
};

const readSeveral: Endpoint = {
  method: "GET",
  path: "/payments",
  handle: ({ payments, query }) => {
    const impUids = listField(query, "imp_uid");
    const merchantUids = listField(query, "merchant_uid");
    const asked = impUids.length + merchantUids.length;
    if (asked > mostAtOnce) return failure(400, `한 번에 ${mostAtOnce}건까지 조회할 수 있습니다.`);
    const found = [
      ...impUids.map((impUid) => payments.get(impUid)),
      // Of several attempts the newest, as the read by order number does; not documented here.
      ...merchantUids.map((merchantUid) => sortPayments(payments.ofMerchant(merchantUid), null)[0] ?? null),
    ].filter((payment) => payment !== null);
    if (found.length === 0) return noSuchPayment;
    return success(found.map(toWire), found.length < asked ? 207 : 200);
  },
};

const find: Endpoint["handle"] = ({ payments, path, query }) => {
  const status = path["payment_status"];
  const attempts = payments.ofMerchant(path["merchant_uid"] ?? "");
  const wanted = status === undefined ? attempts : attempts.filter((payment) => payment.status === status);
  const first = sortPayments(wanted, textField(query, "sorting"))[0];
  return first ? success(toWire(first)) : noSuchPayment;
};

/** The breakdown is another PG's; what KSNET's payments get is not documented. */
const balance: Endpoint = {
  method: "GET",
  path: "/payments/{imp_uid}/balance",
  handle: ({ payments, path }) =>
    payments.get(path["imp_uid"] ?? "")
      ? refusal("KSNET은 결제금액 상세조회를 지원하지 않습니다.")
      : noSuchPayment,
};

export const paymentReads: readonly Endpoint[] = [
  readOne,
  readSeveral,
  balance,
  { method: "GET", path: "/payments/find/{merchant_uid}", handle: find },
  { method: "GET", path: "/payments/find/{merchant_uid}/{payment_status}", handle: find },
];
