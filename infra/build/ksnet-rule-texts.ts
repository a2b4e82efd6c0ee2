// What the code cannot tell of KSNET's rules: where each comes from, and why some are asked of nobody.
import type { Text } from "./page-head.ts";

const text = (ko: string, en: string): Text => ({ ko, en });
const help = (ko: string, en: string): Text => text(`헬프센터 ${ko}`, `help centre, ${en}`);
const all = (...texts: readonly Text[]): Text =>
  text(texts.map(({ ko }) => ko).join("; "), texts.map(({ en }) => en).join("; "));

const guide = text("KSNET 가이드", "KSNET guide");
const warnings = text("KSNET 가이드 유의사항", "KSNET guide, warnings");
const windowParameters = text("KSNET 가이드 결제창 파라미터", "KSNET guide, window parameters");
const api = text("V1 API 명세", "V1 API description");
const v2 = text("V2 KSNET 가이드", "KSNET guide of V2");
const channelHelp = help("KSNET 채널 설정", "setting up a KSNET channel");
const vbankCancels = text("가상계좌 취소 가이드", "guide to cancelling virtual accounts");

/** Of a code that is no rule of KSNET's. */
export const noPage = text(
  "문서의 규칙이 아니라 어디서나 지켜야 할 형식",
  "no page's rule: what any such value must be",
);

/** PortOne's page, in words. */
export const sources: Readonly<Record<string, Text>> = {
  "R-KS-1": all(guide, warnings, v2),
  "R-KS-2": text("문서에 없음. 가정", "undocumented; assumed"),
  "R-KS-3": warnings,
  "R-KS-4": all(warnings, api, text("어떤 취소를 세는지는 가정", "which cancels count is assumed")),
  "R-KS-5": all(warnings, api, v2, text("마지막 날은 가정", "the last day is assumed")),
  "R-KS-6": all(warnings, api, v2, text("한국 시간이라는 것은 가정", "Korean time is assumed")),
  "R-KS-7": all(warnings, vbankCancels),
  "R-KS-8": all(vbankCancels, api),
  "R-KS-9": warnings,
  "R-KS-10": all(
    text("취소 가이드", "cancel guide"),
    help("취소 기한", "cancel deadlines"),
    text("실연동 체크리스트", "go-live checklist"),
  ),
  "R-KS-11": all(warnings, api, v2),
  "R-KS-12": all(warnings, api),
  "R-KS-13": warnings,
  "R-KS-14": all(api, guide),
  "R-KS-15": text(
    "V1 API 명세와 KSNET 가이드(서로 다름)",
    "V1 API description and KSNET guide, which disagree",
  ),
  "R-KS-16": all(api, warnings),
  "R-KS-17": all(warnings, api),
  "R-KS-18": all(warnings, api),
  "R-KS-19": text("V1 API 명세의 미지원 PG 목록", "V1 API description, list of unsupported PGs"),
  "R-KS-20": guide,
  "R-KS-21": all(warnings, v2),
  "R-KS-22": warnings,
  "R-KS-23": all(warnings, guide, v2),
  "R-KS-24": windowParameters,
  "R-KS-25": warnings,
  "R-KS-26": warnings,
  "R-KS-27": warnings,
  "R-KS-28": all(warnings, api),
  "R-KS-29": warnings,
  "R-KS-30": windowParameters,
  "R-KS-31": text("KSNET 가이드 직접 호출", "KSNET guide, direct calls"),
  "R-KS-32": all(text("SDK 문서의 결제 요청", "SDK reference, payment request"), api),
  "R-KS-33": help("에스크로(content200006)", "escrow (content200006)"),
  "R-KS-34": help("부분 취소가 안 되는 경우", "what cannot be cancelled in part"),
  "R-KS-35": channelHelp,
  "R-KS-36": help("가상계좌 테스트", "testing virtual accounts"),
  "R-KS-37": channelHelp,
  "R-KS-38": all(warnings, v2),
  "R-KS-39": help("장애 공지(content200040)", "notice of an outage (content200040)"),
  "R-KS-40": all(api, warnings),
};

export interface UnaskedRule {
  readonly id: string;
  readonly says: Text;
  readonly why: Text;
}

const unasked = (id: string, says: Text, why: Text): UnaskedRule => ({ id, says, why });
const harmless = (ko: string, en: string): Text =>
  text(`막는 것이 없습니다. ${ko}`, `Forbids nothing: ${en}`);
const unseen = (ko: string, en: string): Text =>
  text(`시뮬레이터에서만 확인합니다. ${ko}`, `In the simulator only: ${en}`);

export const unaskedRules: readonly UnaskedRule[] = [
  unasked(
    "R-KS-1",
    text(
      "복합과세 상점만 지원하며 tax_free를 항상 보내야 합니다.",
      "The MID is mixed-tax, and tax_free is always sent",
    ),
    text(
      "0이어도 항상 보냅니다. 상점아이디의 과세 유형은 요청으로 알 수 없습니다",
      "It is always sent, 0 included. What a MID is, no request tells",
    ),
  ),
  unasked(
    "R-KS-3",
    text("가상계좌에는 면세 금액을 설정할 수 없습니다.", "A virtual account has no tax-free part"),
    text(
      "결제창에는 0을 보내고, API로 연 계좌에는 보내지 않으며, 기록의 값은 비교하지 않습니다",
      "The window gets 0, an account by API none, and the record's is not compared",
    ),
  ),
  unasked(
    "R-KS-11",
    text("결제를 취소해도 현금영수증은 취소되지 않습니다.", "A cancel does not revoke the cash receipt"),
    harmless(
      "환불하면 스윕이 현금영수증을 취소합니다([현금영수증](receipts.ko.md#3-환불하면))",
      "the sweep cancels it when money goes back ([receipts](receipts.md#3-when-money-goes-back))",
    ),
  ),
  unasked(
    "R-KS-12",
    text(
      "부분 취소 후에는 현금영수증을 취소하고 남은 금액으로 다시 발급합니다.",
      "After a partial cancel the receipt is revoked and issued anew",
    ),
    harmless(
      "스윕이 취소하고 남은 금액으로 다시 발급합니다",
      "the sweep cancels it and issues one over what is left",
    ),
  ),
  unasked(
    "R-KS-13",
    text("결제창의 현금영수증 번호는 숫자만 입력해야 합니다.", "Digits only in the window's receipt number"),
    unseen("구매자가 KSNET 결제창에 직접 입력합니다", "the buyer types it in KSNET's window"),
  ),
  unasked(
    "R-KS-15",
    text(
      "포트원 밖 거래의 현금영수증에는 채널 정보가 필요합니다.",
      "A receipt for a sale outside PortOne names the channel",
    ),
    text("`channel_key`와 `pg`를 모두 보냅니다", "Both `channel_key` and `pg` are sent"),
  ),
  unasked(
    "R-KS-18",
    text("키인 결제는 생년월일과 비밀번호를 확인하지 않습니다.", "Key-in does not verify birth and password"),
    harmless("없어도 결제합니다", "a charge is taken without them"),
  ),
  unasked(
    "R-KS-22",
    text("가상계좌 예금주는 항상 가맹점명입니다.", "The account's holder is the shop"),
    text(
      "예금주를 정하는 요청이 없고, 기록의 값을 보여 줍니다",
      "No request names a holder; the record's is shown",
    ),
  ),
  unasked(
    "R-KS-27",
    text(
      "배송 정보는 등록 30~60분 뒤에 수정할 수 있습니다.",
      "A parcel can be changed after 30 to 60 minutes",
    ),
    text(
      "변경을 받아 두었다가(202) 스윕이 보냅니다. 조회는 409 `delivery_not_visible_yet`입니다",
      "The change is kept (202) and sent by the sweep; a look says `delivery_not_visible_yet`, 409",
    ),
  ),
  unasked(
    "R-KS-28",
    text("receipt_url은 카드와 간편결제에만 있습니다.", "receipt_url is there for cards and easy pay"),
    harmless("null을 받아들입니다", "null is taken"),
  ),
  unasked(
    "R-KS-29",
    text(
      "카카오페이와 페이코 카드 결제는 카드 정보를 주지 않습니다.",
      "No card data of Kakao Pay and Payco cards",
    ),
    harmless("null을 받아들입니다", "nulls are taken"),
  ),
  unasked(
    "R-KS-32",
    text(
      "주문번호는 40자까지이며 한 번만 결제할 수 있습니다.",
      "40 characters of order number, one payment each",
    ),
    text(
      "번호의 형식으로 확인합니다(400 `invalid_field`). 두 번째 결제는 돌려줍니다",
      "It is the number's shape (`invalid_field`, 400); a second payment goes back",
    ),
  ),
  unasked(
    "R-KS-34",
    text("일부 카드는 부분 취소할 수 없습니다.", "Some cards cannot be cancelled in part"),
    unseen(
      "카드사만 알며, 포트원이 자기 문구로 거절합니다(422 `provider_refused`)",
      "only the card company knows; PortOne refuses it (`provider_refused`, 422, in its own words)",
    ),
  ),
  unasked(
    "R-KS-35",
    text("테스트 상점아이디로는 계좌이체를 시험할 수 없습니다.", "Test MIDs take no transfers"),
    text(
      "요청으로 알 수 없습니다. `PAY_SANDBOX`가 `refuse`이면 테스트 채널의 결제는 주문의 결제로 인정하지 않습니다",
      "No request tells. What a test channel took pays no order where `PAY_SANDBOX` is `refuse`",
    ),
  ),
  unasked(
    "R-KS-36",
    text("테스트 가상계좌의 입금은 환불할 수 없습니다.", "A test account's deposit cannot be refunded"),
    unseen("포트원 콘솔에서 넣는 입금입니다", "PortOne's console makes that deposit"),
  ),
  unasked(
    "R-KS-37",
    text(
      "카드사 심사가 끝나기 전에는 결제가 거절될 수 있습니다.",
      "A new MID is declined until the card companies' reviews are done",
    ),
    unseen(
      "결제창이 알려 주거나 402 `card_declined`로 끝납니다",
      "the window says so, or `card_declined`, 402",
    ),
  ),
  unasked(
    "R-KS-39",
    text("KSNET 장애가 있을 수 있습니다.", "KSNET can be out of order"),
    harmless(
      "503 `provider_unavailable`, 이미 보낸 것이 있으면 202입니다",
      "`provider_unavailable`, 503, or 202 where something was sent",
    ),
  ),
  unasked(
    "R-KS-40",
    text("부분 취소에는 면세 금액의 몫을 보내야 합니다.", "A partial cancel names its tax-free share"),
    text(
      "저절로 나누어 보냅니다. 맞지 않는 금액은 409 `refund_tax_free_exceeds_remaining`입니다",
      "It is split by itself; a share that does not fit is `refund_tax_free_exceeds_remaining`, 409",
    ),
  ),
];
