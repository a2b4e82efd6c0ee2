// POST /subscribe/payments/onetime: a card by its number. Facts: onetime page of the V1 API and KSNET's page:
// number and expiry only, birth and password are not looked at (R-KS-18), no key comes of it (R-KS-19).
import { isGoodThrough, readCard } from "../key-in-card.ts";
import { findForeignPg } from "../ksnet/channel.ts";
import { readApiPayment } from "./api-payment.ts";
import { charge } from "./charge.ts";
import { type Endpoint, refusal } from "./endpoint.ts";
import { textField } from "./fields.ts";

const failed = "카드정보 인증에 실패하였습니다.";

export const onetimeEndpoint: Endpoint = {
  method: "POST",
  path: "/subscribe/payments/onetime",
  handle: (call) => {
    const { body, simulator } = call;
    const { contracts, switches } = simulator.settings;
    if (!contracts.includes("key_in")) return refusal("수기(키인) 결제가 계약되어 있지 않습니다.", -1);
    if (textField(body, "customer_uid") !== null && switches.onetime_customer_uid === "refused")
      return refusal("KSNET은 onetime에서 customer_uid를 지원하지 않습니다.");
    const foreign = findForeignPg(textField(body, "pg"), simulator.settings);
    if (foreign !== null) return refusal(foreign);
    const read = readApiPayment(call, switches.reuse_refused);
    if (read.outcome === "refused") return refusal(read.message);
    const card = readCard(textField(body, "card_number"));
    if (!card) return refusal(`${failed} 카드번호(card_number)를 확인하세요.`, -1);
    const isGood = isGoodThrough(textField(body, "expiry"), simulator.clock.nowMs());
    if (isGood === null) return refusal(`${failed} 유효기간(expiry)을 확인하세요.`, -1);
    if (!isGood) return refusal(`${failed} 유효기간이 지난 카드입니다.`, -1);
    return charge(call, read.wanted, card, null, `${failed} 카드사 응답이 없습니다.`);
  },
};
