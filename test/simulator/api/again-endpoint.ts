// POST /subscribe/payments/again: a card by its stored key. Facts: again page of the V1 API, KSNET's page.
import { readApiPayment } from "./api-payment.ts";
import { charge } from "./charge.ts";
import { type Endpoint, refusal } from "./endpoint.ts";
import { textField } from "./fields.ts";

export const againEndpoint: Endpoint = {
  method: "POST",
  path: "/subscribe/payments/again",
  handle: (call) => {
    const { body, simulator } = call;
    const { contracts, switches } = simulator.settings;
    if (!contracts.includes("billing")) return refusal("정기결제가 계약되어 있지 않습니다.", -1);
    const customerUid = textField(body, "customer_uid");
    if (customerUid === null) return refusal("고객 고유번호(customer_uid)가 없습니다.");
    if (textField(body, "name") === null) return refusal("주문명(name)이 없습니다.");
    const read = readApiPayment(call, switches.reuse_refused);
    if (read.outcome === "refused") return refusal(read.message);
    const customer = simulator.store.get("customers", customerUid);
    if (!customer) return refusal("등록된 고객정보가 없습니다.");
    return charge(call, read.wanted, customer.card, customerUid, "카드사 승인 요청에 실패하였습니다.");
  },
};
