// Charging a card without a window, for a number typed in and for a stored key alike. Facts: an older sample of
// PortOne's: the request may fail (code -1, no response), or the card company refuses (code 0, status `failed`).
// What is kept of a failed request is not documented, hence a switch.
import { chargeApproval, underReview } from "../approval.ts";
import type { KeyInCard } from "../key-in-card.ts";
import { newPayment } from "../new-payment.ts";
import { approvePayment, failPayment } from "../payment.ts";
import type { SoundApiPayment } from "./api-payment.ts";
import { answerWith, noticeUrlOf, textOfBody } from "./charge-answer.ts";
import { type Answer, type ApiCall, refusal } from "./endpoint.ts";
import { flagField, numberField, textField } from "./fields.ts";

const declined = "한도초과";

/** `failed` is what PortOne says when the request to the card company fails. */
export function charge(
  call: ApiCall,
  wanted: SoundApiPayment,
  card: KeyInCard,
  customerUid: string | null,
  failed: string,
): Answer {
  const { simulator, body } = call;
  const nowMs = simulator.clock.nowMs();
  const { contracts, switches } = simulator.settings;
  const { refused_charge_record: kept } = switches;
  if (card.fate === "unreachable" && kept === "none") return refusal(failed, -1);
  const payment = newPayment(simulator, {
    ...wanted,
    payMethod: "card",
    channel: "api",
    escrow: false,
    customData: textField(body, "custom_data"),
    noticeUrl: noticeUrlOf(call),
    customerUid,
    text: textOfBody(call),
  });
  // R-KS-37: a new shop's card companies start one by one.
  if (simulator.settings.cards_under_review.includes(card.code))
    return answerWith(call, failPayment(payment, underReview, nowMs));
  if (card.fate === "pays") {
    const quota = contracts.includes("instalments") ? (numberField(body, "card_quota") ?? 0) : 0;
    const asked = { quota, interestFree: flagField(body, "interest_free_by_merchant") };
    return answerWith(call, approvePayment(payment, chargeApproval(simulator, payment, card, asked), nowMs));
  }
  const answer = answerWith(call, failPayment(payment, card.fate === "declines" ? declined : failed, nowMs));
  return card.fate === "declines" ? answer : refusal(failed, -1);
}
