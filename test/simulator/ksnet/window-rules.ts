// What PortOne and KSNET check before a payment window opens, by rule id (R-KS-n). Facts: KSNET's page of the
// V1 SDK and its warnings. Written from the documentation, sharing nothing with the product.
import { isEasyPay, payMethods } from "../ksnet-codes.ts";
import { parseVbankDue } from "../kst.ts";
import { currencyOf, isTrue, numberOf, objectOf, type RequestPay, textOf } from "../request-pay.ts";
import type { Device } from "../state.ts";
import { findForeignPg, isOwnPg } from "./channel.ts";
import { findDirectRefusal } from "./direct-rules.ts";
import { type Circumstances, when } from "./rule.ts";

interface WindowCircumstances extends Circumstances {
  readonly device: Device;
}

interface WindowRule {
  readonly id: string;
  /** The Korean refusal, or null when the rule is kept. */
  readonly refuses: (requestPay: RequestPay, circumstances: WindowCircumstances) => string | null;
}

const isPayMethod = (requestPay: RequestPay, payMethod: string): boolean =>
  requestPay["pay_method"] === payMethod;

/** In the order they are judged; the first broken one is told. */
export const windowRules: readonly WindowRule[] = [
  {
    id: "channel",
    refuses: (requestPay, { settings }) =>
      findForeignPg(textOf(requestPay, "pg"), settings) ??
      when(
        settings.switches.strict_channels &&
          requestPay["channelKey"] !== settings.channel_key &&
          !isOwnPg(requestPay["pg"], settings),
        "등록된 채널 정보가 없습니다.",
      ),
  },
  {
    id: "pay_method",
    refuses: ({ pay_method: payMethod }) =>
      when(
        typeof payMethod !== "string" || !payMethods.includes(payMethod),
        "지원하지 않는 결제수단(pay_method)입니다.",
      ),
  },
  {
    id: "R-KS-32",
    refuses: (requestPay) => {
      const merchantUid = textOf(requestPay, "merchant_uid");
      if (merchantUid === null) return "주문번호(merchant_uid)가 없습니다.";
      return when([...merchantUid].length > 40, "주문번호(merchant_uid)는 40자를 넘을 수 없습니다.");
    },
  },
  {
    id: "amount",
    refuses: (requestPay, { settings }) => {
      const isText = typeof requestPay["amount"] === "string";
      if (isText && settings.switches.amount_as_text === "refused")
        return "결제금액(amount)은 숫자여야 합니다.";
      const amount = numberOf(requestPay, "amount");
      if (amount === null || amount <= 0) return "결제금액(amount)은 0보다 커야 합니다.";
      const unit = currencyOf(requestPay) === "USD" ? 100 : 1;
      return when(!isWhole(amount * unit), "결제금액(amount)의 소수점 자릿수가 맞지 않습니다.");
    },
  },
  {
    id: "buyer_name",
    refuses: (requestPay) =>
      when(textOf(requestPay, "buyer_name") === null, "구매자 이름(buyer_name)이 없습니다."),
  },
  {
    id: "R-KS-2",
    refuses: (requestPay) => {
      if (requestPay["tax_free"] === undefined || requestPay["tax_free"] === null) return null;
      const taxFree = numberOf(requestPay, "tax_free");
      const amount = numberOf(requestPay, "amount") ?? 0;
      return when(
        taxFree === null || taxFree < 0 || taxFree > amount,
        "면세금액(tax_free)은 0 이상, 결제금액 이하여야 합니다.",
      );
    },
  },
  {
    id: "R-KS-20",
    refuses: (requestPay) =>
      when(
        textOf(requestPay, "customer_uid") !== null,
        "KSNET은 결제창 빌링키 발급(customer_uid)을 지원하지 않습니다.",
      ),
  },
  {
    id: "R-KS-21",
    refuses: (requestPay, { nowMs }) => {
      if (!isPayMethod(requestPay, "vbank")) return null;
      const due = textOf(requestPay, "vbank_due");
      const dueAtMs = due === null ? null : parseVbankDue(due);
      if (dueAtMs === null) return "가상계좌 입금기한(vbank_due)이 없거나 형식이 맞지 않습니다.";
      return when(dueAtMs <= nowMs, "가상계좌 입금기한(vbank_due)이 지났습니다.");
    },
  },
  {
    id: "R-KS-23",
    refuses: (requestPay) => {
      const currency = currencyOf(requestPay);
      if (currency !== "KRW" && currency !== "USD") return "KSNET이 지원하지 않는 통화(currency)입니다.";
      const isDirect = "direct" in objectOf(requestPay, "card");
      if (currency !== "KRW" && isDirect) return "카드사 다이렉트 결제는 KRW만 지원합니다.";
      return when(
        currency !== "KRW" && !isPayMethod(requestPay, "card"),
        "KRW가 아닌 통화는 해외발급 카드로만 결제할 수 있습니다.",
      );
    },
  },
  {
    id: "R-KS-26",
    refuses: (requestPay) =>
      when(
        isTrue(requestPay["escrow"]) && textOf(requestPay, "buyer_email") === null,
        "에스크로 결제에는 구매자 이메일(buyer_email)이 필요합니다.",
      ),
  },
  {
    id: "sndQpayType",
    refuses: (requestPay) => {
      const { sndQpayType: shown = null } = objectOf(objectOf(requestPay, "bypass"), "ksnet");
      return when(
        shown !== null && shown !== "0" && shown !== "1",
        '간편결제 노출 여부(bypass.ksnet.sndQpayType)는 "0" 또는 "1"이어야 합니다.',
      );
    },
  },
  {
    id: "R-KS-30",
    refuses: (requestPay, { settings }) =>
      when(
        isPayMethod(requestPay, "phone") && settings.digital_shop && !isTrue(requestPay["digital"]),
        "휴대폰 소액결제 실물/컨텐츠 구분(digital)이 가맹점 설정과 다릅니다.",
      ),
  },
  {
    id: "R-KS-31",
    refuses: (requestPay, { device }) => findDirectRefusal(requestPay, device),
  },
  {
    id: "R-KS-35",
    refuses: (requestPay, { settings }) =>
      when(
        settings.sandbox && isPayMethod(requestPay, "trans"),
        "테스트 MID에서는 실시간 계좌이체를 결제할 수 없습니다.",
      ),
  },
  {
    id: "R-KS-38",
    refuses: (requestPay, { settings: { contracts } }) => {
      const payMethod = textOf(requestPay, "pay_method") ?? "";
      const contract = isEasyPay(payMethod) ? "easy_pay" : payMethod;
      if (
        (contract === "easy_pay" || contract === "vbank" || contract === "phone") &&
        !contracts.includes(contract)
      )
        return "계약되지 않은 결제수단(pay_method)입니다.";
      return when(
        payMethod === "phone" && isTrue(requestPay["digital"]) && !contracts.includes("digital_goods"),
        "컨텐츠(digital) 상품이 계약되어 있지 않습니다.",
      );
    },
  },
];

/** Cents are computed in binary fractions; a ten-thousandth off is still whole. */
const isWhole = (amount: number): boolean => Math.abs(amount - Math.round(amount)) < 1e-4;
