// Why an order waits for a person and what to do about it, in words, and which decisions the reason allows. That none is
// missing is checked by the compiler.
import { mayBeWaived } from "../../lib/domain/acceptance.ts";
import type { ReviewReason } from "../../lib/domain/review.ts";
import type { Text } from "./page-head.ts";

export const reviewReasonTexts: Readonly<
  Record<ReviewReason, { readonly why: Text; readonly remedy: Text }>
> = {
  status_unknown: {
    why: {
      ko: "이 서버가 모르는 결제 상태를 포트원이 보냈습니다.",
      en: "PortOne tells a status that nobody knows here.",
    },
    remedy: {
      ko: "포트원 콘솔에서 결제를 확인하고 `sync`하세요. 계속되면 이 서버를 새 버전으로 올려야 합니다.",
      en: "Look in PortOne's console and `sync`; if it stays, this server needs a newer version.",
    },
  },
  merchant_uid_mismatch: {
    why: { ko: "다른 주문번호의 결제입니다.", en: "The payment carries another order number." },
    remedy: {
      ko: "콘솔에서 그 번호의 주문을 찾아 확인하고, 필요하면 콘솔에서 취소한 뒤 `clear`하세요.",
      en: "Find that number's order in the console, cancel there if need be, then `clear`.",
    },
  },
  sandbox_payment: {
    why: {
      ko: "테스트 채널의 결제입니다. 돈은 움직이지 않았습니다.",
      en: "A payment of a test channel: no money moved.",
    },
    remedy: {
      ko: "`PAY_CHANNEL_KEY`가 실연동 채널인지 확인하세요. 실제 결제가 오면 표시는 저절로 지워집니다.",
      en: "Check that `PAY_CHANNEL_KEY` is a live channel; the mark goes when a real payment comes.",
    },
  },
  foreign_channel: {
    why: {
      ko: "결제의 상점아이디가 `PAY_MID`에 없습니다.",
      en: "The payment's MID is not in `PAY_MID`.",
    },
    remedy: {
      ko: "우리 상점아이디면 `PAY_MID`에 더해 배포한 뒤 `accept`하세요. 아니면 콘솔에서 확인하고 `clear`하세요.",
      en: "If it is ours, add it to `PAY_MID`, deploy and `accept`; else look in the console and `clear`.",
    },
  },
  payment_older_than_order: {
    why: {
      ko: "주문을 만들기 전에 시작된 결제입니다.",
      en: "The payment began before the order was made.",
    },
    remedy: {
      ko: "같은 번호를 다시 쓴 것인지 확인하세요. 이 주문의 결제가 맞으면 `accept`, 아니면 콘솔에서 취소한 뒤 `clear`하세요.",
      en: "See whether the number was used before. If it is this order's payment `accept`; else cancel it in the console and `clear`.",
    },
  },
  currency_mismatch: {
    why: { ko: "통화가 주문과 다릅니다.", en: "Its currency is not the order's." },
    remedy: { ko: "`give_back`으로 돌려주세요.", en: "Give it back with `give_back`." },
  },
  amount_mismatch: {
    why: {
      ko: "금액이 주문과 다릅니다. 페이지에서 금액이 바뀌었을 수 있습니다.",
      en: "Its amount is not the order's; somebody may have changed it on the page.",
    },
    remedy: { ko: "`give_back`으로 돌려주세요.", en: "Give it back with `give_back`." },
  },
  tax_free_mismatch: {
    why: {
      ko: "면세 금액이 주문과 다릅니다.",
      en: "Its tax-free part is not the order's.",
    },
    remedy: {
      ko: "결제의 면세 금액이 맞으면 `accept`(주문의 면세 금액이 그 값이 됩니다), 아니면 `give_back`하세요.",
      en: "If the payment's figure is right `accept` (the order takes it over), else `give_back`.",
    },
  },
  cancel_sum_mismatch: {
    why: {
      ko: "포트원의 취소 금액들이 합계와 맞지 않습니다.",
      en: "PortOne's cancels do not add up to its sum.",
    },
    remedy: {
      ko: "콘솔에서 취소 내역을 확인하고 `sync`하세요. 계속되면 포트원에 문의하세요.",
      en: "Compare the cancels in the console and `sync`; if it stays, ask PortOne.",
    },
  },
  escrow_mismatch: {
    why: { ko: "에스크로 여부가 주문과 다릅니다.", en: "Escrow or not, other than the order says." },
    remedy: {
      ko: "그대로 받아도 되면 `accept`, 아니면 `give_back`하세요.",
      en: "`accept` it if that will do, else `give_back`.",
    },
  },
  give_back_stopped: {
    why: {
      ko: "한 시간의 자동 환불이 `PAY_GIVE_BACK_MAX`를 넘어 브레이크가 걸렸습니다.",
      en: "More give-backs in an hour than `PAY_GIVE_BACK_MAX`: the brake is on.",
    },
    remedy: {
      ko: "금액이나 채널을 잘못 설정했는지 먼저 보세요. 이 주문만 돌려주려면 `give_back`, 모두 계속하려면 `POST /give-back-brake`를 쓰세요.",
      en: "See first whether a price or channel is set wrongly. `give_back` for this order, `POST /give-back-brake` for all.",
    },
  },
  manual_refund: {
    why: {
      ko: "주문의 것이 아닌 돈이 있는데 자동으로 돌려줄 수 없습니다(KSNET 규칙, 거절, 꺼진 설정, 너무 많은 시도).",
      en: "Money that is not the order's, and does not go back by itself: a rule of KSNET's, a refusal, a setting that is off, too many attempts.",
    },
    remedy: {
      ko: "`give_back`을 먼저 해 보고, 규칙이 막으면 구매자에게 직접 송금한 뒤 `clear`하세요.",
      en: "Try `give_back`; where a rule forbids it, pay the buyer yourself and `clear`.",
    },
  },
  double_cancel: {
    why: {
      ko: "끝난 것으로 본 취소가 나중에 일어나 두 번 취소되었을 수 있습니다.",
      en: "A cancel that counted as over happened after all: money may have gone back twice.",
    },
    remedy: {
      ko: "콘솔의 취소 내역과 주문의 `refunds`를 비교하고, 더 나간 돈을 정산한 뒤 `clear`하세요.",
      en: "Compare the console's cancels with the order's `refunds`, settle what went too far, then `clear`.",
    },
  },
  receipt_refused: {
    why: {
      ko: "환불 뒤의 현금영수증이 남은 금액과 맞지 않습니다. 다시 발급하거나 취소하지 못했거나, 결제창에서 발급되었거나, 결제사가 다른 금액으로 발급했습니다.",
      en: "The cash receipt is not over what is left: the provider refused to issue it anew or cancel it, or it is the payment window's and money went back, or the provider makes it out for another amount.",
    },
    remedy: {
      ko: "현금영수증을 조회하고 결제사나 콘솔, 홈택스에서 바로잡은 뒤 `clear`하세요. 이유가 없어졌으면 `clear`만으로 다시 시도합니다.",
      en: "Read the receipt, put it right with the provider, in the console or at Hometax, then `clear`; where the reason is gone, `clear` makes the sweep try again.",
    },
  },
  refund_account_needed: {
    why: {
      ko: "가상계좌로 받은 돈을 돌려줄 계좌를 모릅니다.",
      en: "Money paid into a virtual account is to go back, and nobody knows whereto.",
    },
    remedy: {
      ko: "구매자의 계좌를 물어 `give_back`에 `refund_holder`, `refund_bank`, `refund_account`를 함께 보내세요.",
      en: "Ask the buyer and send `give_back` with `refund_holder`, `refund_bank` and `refund_account`.",
    },
  },
  operation_unresolved: {
    why: {
      ko: "보낸 요청의 결과를 여러 날 확인하지 못했습니다.",
      en: "For days nobody could tell what became of a call.",
    },
    remedy: {
      ko: "콘솔에서 결제를 확인하고 `sync`하세요. 확인이 끝났으면 `clear`하면 다시 보낼 수 있습니다.",
      en: "Look in the console and `sync`; once looked at, `clear` lets it be sent again.",
    },
  },
};

/** `later`: `accept` of a channel that has become ours breaks no rule any more. */
export const mayBeAccepted = (reason: ReviewReason): "yes" | "later" | "no" => {
  if (reason === "foreign_channel") return "later";
  return Object.entries(mayBeWaived).some(([rule, may]) => rule === reason && may) ? "yes" : "no";
};
