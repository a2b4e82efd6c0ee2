// Of each code what its words do not say: why it comes, and what to do about it.

export interface ProblemText {
  readonly code: string;
  /** Absent for a rule of KSNET's, which says it itself. */
  readonly cause: { readonly ko: string; readonly en: string } | null;
  readonly remedy: { readonly ko: string; readonly en: string };
}

/** code | cause, Korean | cause, English | what to do, Korean | what to do, English */
const plainRows = `
malformed_json | 본문이 JSON 객체가 아니거나, UTF-8이 아니거나, 같은 이름이 두 번 있습니다. | The body is no JSON object, is no UTF-8, or has a name twice. | JSON 라이브러리로 만든 본문을 UTF-8로 보내세요. | Send what a JSON library writes, as UTF-8.
invalid_field | 항목의 형식이 틀렸거나, 필수 항목이 없거나, 알 수 없는 항목이 있습니다. | A field is malformed, missing, or unknown. | \`errors\`의 \`pointer\`마다 \`detail\`을 보고 고치세요. 틀린 것을 한 번에 모두 알려 줍니다. | Mend each \`pointer\` in \`errors\` by its \`detail\`; all of them are named at once.
idempotency_key_required | 환불에 \`Idempotency-Key\` 헤더가 없거나, 공백이 있거나, 64자를 넘습니다. | A refund without the \`Idempotency-Key\` header, or one with blanks or over 64 characters. | 환불마다 새 키를 만들어 저장한 뒤 보내고, 다시 보낼 때는 같은 키를 쓰세요. | Make a key for each refund, keep it before you send it, and repeat under the same one.
refund_amount_not_positive | 환불 금액이 0 이하입니다. | The amount is 0 or below. | 전액 환불은 \`amount\`를 빼고, 일부 환불은 1 이상을 보내세요. | Leave \`amount\` out for all of it, or send 1 or more.
unauthorized | \`Authorization: Bearer <가맹점 키>\`가 없거나 모르는 키입니다. | No \`Authorization: Bearer <merchant key>\`, or an unknown key. | 키를 확인하세요. 새 키는 \`npm run merchant-key\`로 만들고 \`PAY_MERCHANT_KEYS\`에 넣습니다. | Check the key. \`npm run merchant-key\` makes one, \`PAY_MERCHANT_KEYS\` holds it.
scope_missing | 키의 권한으로 열 수 없는 요청입니다. | The key's scopes do not open this door. | \`PAY_MERCHANT_KEYS\`에서 그 키의 \`scopes\`에 필요한 권한을 더하세요. | Add the scope to that key in \`PAY_MERCHANT_KEYS\`.
order_not_found | 그 번호의 주문이 없습니다. 구매자의 요청이면 결제나 토큰이 주문과 맞지 않습니다. | No order has that number; for a buyer, no payment or token proves it is his. | 주문번호를 확인하세요. 주문은 결제창을 열기 전에 \`POST /orders\`로 만듭니다. | Check the number. An order is created by \`POST /orders\` before the window opens.
refund_not_found | 그 주문에 그런 환불이 없습니다. | The order has no such refund. | \`GET /orders/{merchant_uid}/refunds\`로 번호를 확인하세요. | Look it up with \`GET /orders/{merchant_uid}/refunds\`.
receipt_not_found | 현금영수증을 발급한 적이 없습니다. | No cash receipt was ever issued. | 먼저 발급하세요. | Issue one first.
audit_not_found | 그날의 대사가 아직 실행되지 않았거나 날짜가 틀립니다. | That day's audit has not run yet, or there is none. | 대사는 매일 03:30(한국 시각)에 전날을 비교합니다. | The audit runs at 03:30 in Korea, over the day before.
billing_key_not_found | 그 고객에게 발급된 빌링키가 없습니다. | The customer has no billing key. | \`customer_uid\`를 확인하거나 빌링키를 먼저 발급하세요. | Check \`customer_uid\`, or issue a key first.
schedule_not_found | 그 고객의 예약 가운데 그런 주문번호가 없습니다. | The customer has no reserved charge of that number. | \`GET /customers/{customer_uid}/schedules\`로 확인하세요. | Look it up with \`GET /customers/{customer_uid}/schedules\`.
delivery_not_found | 등록된 배송 정보가 없습니다. | No parcel is registered. | \`POST\`로 먼저 등록하세요. | Register it with \`POST\` first.
body_too_large | 본문이 65,536바이트를 넘습니다. | The body has more than 65,536 bytes. | \`custom_data\`를 줄이거나, 예약이면 나누어 보내세요. | Shorten \`custom_data\`, or reserve in several requests.
unsupported_media_type | JSON이 아니거나 압축된 본문입니다. | The body is no JSON, or is compressed. | 압축하지 않은 UTF-8 JSON을 \`Content-Type: application/json\`으로 보내세요. | Send plain UTF-8 JSON with \`Content-Type: application/json\`.
card_declined | 카드사가 거절했습니다. 주문은 \`failed\`입니다. | The card company said no; the order is \`failed\`. | \`provider_message\`를 구매자에게 보이세요. 다른 카드는 새 주문번호로 결제합니다. | Show \`provider_message\`; another card takes a new order number.
order_exists | 그 번호의 주문이 이미 있고 내용이 다릅니다. | The number is another order's. | \`errors\`가 다른 항목을 알려 줍니다. 같은 내용으로 다시 보내거나 새 번호를 쓰세요. | \`errors\` names what differs: send the same body, or take a new number.
order_not_paid | 결제된 돈이 없습니다. | No money of the order is here. | \`state\`를 보고, 결제된 뒤에 다시 요청하거나 \`void\`로 취소하세요. | Look at \`state\`: ask again once it is paid, or void it.
order_not_voidable | 결제되었거나 결제가 진행 중입니다. | It is paid, or being paid. | 결제된 주문은 환불하고, 진행 중이면 끝난 뒤 다시 요청하세요. | Refund a paid order; wait for a payment that is under way.
order_not_in_review | 확인이 필요하다는 표시가 없습니다. 누군가 먼저 정했을 수 있습니다. | It carries no mark; somebody may have decided first. | 주문을 조회해 \`review_reason\`을 보세요. | Read the order and its \`review_reason\`.
order_not_payable | 이미 결제되었거나, 취소·만료되었거나, 앞선 결제의 결과를 기다립니다. | Paid, void, expired, or an earlier charge is not decided yet. | 주문을 조회하세요. \`replaces\`로 바꾸려면 앞선 결제가 실패하고 10분이 지나야 합니다. | Read the order. \`replaces\` needs a failed charge ten minutes old.
order_not_acceptable | 사람이 인정할 수 없는 결제입니다. \`reason\`이 이유입니다. | A payment that nobody may accept; \`reason\` says why. | \`give_back\`으로 돌려주거나 포트원 콘솔에서 확인하세요. | Give it back with \`give_back\`, or look in PortOne's console.
operation_in_flight | 이 주문의 다른 작업이 끝나지 않았습니다. | Another call of this order has not ended. | \`Retry-After\` 뒤에 다시 요청하세요. \`operation\`이 그 작업의 번호입니다. | Repeat after \`Retry-After\`; \`operation\` names it.
refund_exceeds_remaining | 남은 금액보다 많이 환불하려 했습니다. | More than is left. | \`remaining\` 이하로 다시 요청하세요. | Ask for \`remaining\` or less.
refund_tax_free_exceeds_remaining | 면세 금액이 남은 면세·과세 금액에 맞지 않습니다. | The tax-free part does not fit what is left. | \`tax_free\`를 빼면 비율대로 나눕니다. | Leave \`tax_free\` out and it is split by its share.
remaining_changed | 환불하는 사이에 콘솔이나 다른 곳에서 먼저 취소했습니다. 이 환불은 일어나지 않았습니다. | Somebody else's cancel came first; this refund did not happen. | 남은 금액을 확인하고 **새 키**로 다시 요청하세요. | Look at what is left and ask under a **new key**.
refund_not_scheduled | 이미 보냈거나 끝난 환불입니다. | It was sent, or is over. | 거둘 수 없습니다. 환불을 조회하세요. | It cannot be taken back: read the refund.
receipt_exists | 이미 발급된 현금영수증이 있거나, 결제창에서 발급되었습니다. | A receipt is live, or the window issued one. | 다시 발급하려면 먼저 \`DELETE\`로 취소하세요. | Cancel it with \`DELETE\` before issuing another.
schedule_not_open | 예약이 이미 실행되었거나 취소되었습니다. | It has run, or was revoked. | 주문을 조회하세요. 실패한 예약은 \`retry\`로 다시 시도합니다. | Read the order; \`retry\` charges one that failed.
delivery_not_visible_yet | 등록은 되었지만 포트원에서 아직 보이지 않습니다. | Registered, but PortOne does not show it yet. | 30~60분 뒤에 조회하세요. | Read it in 30 to 60 minutes.
idempotency_key_reused | 같은 키로 다른 내용을 환불하려 했습니다. | The key was used for another request. | 다시 보내는 것이면 처음 본문 그대로, 새 환불이면 새 키를 쓰세요. | Repeat the first body, or take a new key for a new refund.
provider_refused | 포트원이나 KSNET이 거절했습니다. 돈은 움직이지 않았습니다. | PortOne or KSNET said no; no money moved. | \`provider_message\`를 보고 고치세요. 환불은 새 키로 다시 요청합니다. | See \`provider_message\` and mend it; a refund takes a new key.
receipt_not_applicable | 가상계좌·계좌이체(원화)가 아닌 결제이거나, 결제창에서 발급된 현금영수증의 취소이거나, 주문이 있는 번호로 포트원 밖 거래를 발급하려 했습니다. | Not a virtual account or transfer in won; or a receipt of the payment window is to be cancelled; or the number of a sale outside PortOne is an order's. | 카드 결제는 매출전표(\`receipt_url\`)가 대신합니다. 결제창의 현금영수증은 KSNET에 취소를 요청하세요. | A card payment has its sales slip, \`receipt_url\`. Have KSNET cancel the window's receipt.
request_pay_refused | KSNET이 거절할 결제창입니다. 아무것도 저장하지 않았습니다. | KSNET would refuse this window; nothing was stored. | \`errors\`의 코드마다 아래의 KSNET 규칙을 보고 고치세요. | Mend each code in \`errors\` by KSNET's rule below.
escrow_not_requested | 에스크로로 만든 주문이 아닙니다. | The order was not made with escrow. | 배송 등록은 \`escrow: true\`로 결제된 주문에만 합니다. | Parcels are for orders paid with \`escrow: true\`.
internal | 예상하지 못한 오류입니다. 처리되었는지 알 수 없습니다. | An error of ours; the outcome is unknown. | **같은 번호나 키**로 다시 요청하고, 계속되면 \`request_id\`를 알려 주세요. | Repeat under the **same number or key**; report \`request_id\` if it stays.
provider_unavailable | 포트원이 답하지 않았습니다. 아무것도 시작되지 않았습니다. | PortOne did not answer; nothing was started. | \`Retry-After\` 뒤에 같은 요청을 다시 보내세요. | Repeat the same request after \`Retry-After\`.
order_busy | 다른 요청들이 이 주문을 먼저 바꾸었습니다. 아무것도 시작되지 않았습니다. | Others were faster; nothing was started. | \`Retry-After\` 뒤에 같은 요청을 다시 보내세요. | Repeat the same request after \`Retry-After\`.
storage_unavailable | 주문 테이블이 답하지 않았습니다. 아무것도 시작되지 않았습니다. | The table did not answer; nothing was started. | \`Retry-After\` 뒤에 같은 요청을 다시 보내세요. 계속되면 DynamoDB를 확인하세요. | Repeat after \`Retry-After\`; if it stays, look at DynamoDB.
`;

/** code | what to do, Korean | what to do, English */
const ruleRows = `
pay_method_unknown | KSNET의 결제수단(\`card\`, \`trans\`, \`vbank\`, \`phone\` 등) 가운데 하나를 보내세요. | Send a method that KSNET has: \`card\`, \`trans\`, \`vbank\`, \`phone\` and so on.
window_billing_unsupported | \`customer_uid\`를 빼고, 빌링키는 \`POST /customers/{customer_uid}/billing-key\`로 발급하세요. | Leave \`customer_uid\` out; issue the key with \`POST /customers/{customer_uid}/billing-key\`.
vbank_due_required | 가상계좌 주문에 \`vbank_due\`를 보내세요. | Send \`vbank_due\` with a virtual account.
instalments_with_direct | 카드사 직접 호출과 \`display.card_quota\` 가운데 하나만 쓰세요. | Use either the direct call or \`display.card_quota\`.
interest_free_issuer | KSNET이 무이자를 지원하는 카드사만 지정하세요. | Name only card companies that KSNET offers interest-free.
escrow_method_unsupported | \`pay_method\`를 \`vbank\`나 \`trans\`로 바꾸거나 \`escrow\`를 빼세요. | Take \`vbank\` or \`trans\`, or leave \`escrow\` out.
escrow_email_required | 에스크로 주문에 \`buyer_email\`을 보내세요. | Send \`buyer_email\` with escrow.
digital_required | \`digital: true\`를 보내세요. | Send \`digital: true\`.
direct_field_required | \`pointer\`의 항목을 보내세요. 간편결제·카드사 직접 호출에 필요합니다. | Send the field at \`pointer\`: easy pay and direct calls need it.
contract_missing | KSNET과 계약한 뒤 \`PAY_CONTRACTS\`에 더하세요. | Agree on it with KSNET, then add it to \`PAY_CONTRACTS\`.
tax_free_exceeds_amount | \`tax_free\`를 \`amount\` 이하로 보내세요. | Send a \`tax_free\` of \`amount\` at most.
vbank_due_past | 지금 이후의 입금 기한을 보내세요. | Send a due time that is still to come.
currency_unsupported | \`KRW\`를 보내세요. \`USD\`는 결제창의 해외 발급 카드만 됩니다. | Send \`KRW\`; \`USD\` is for cards issued abroad, in the window.
instalments_below_minimum | 50,000원(현대카드는 10,000원)부터 할부할 수 있습니다. 할부를 빼세요. | Instalments begin at 50,000 won (Hyundai 10,000): leave them out.
customer_uid_unsupported | \`issue_key: true\`를 함께 보내 키를 먼저 발급하거나 \`customer_uid\`를 빼세요. | Send \`issue_key: true\` to issue the key first, or leave \`customer_uid\` out.
card_number_invalid | 카드번호를 다시 입력받으세요. | Ask for the card's number again.
expiry_past | 유효기간을 \`YYYY-MM\`으로 다시 입력받으세요. | Ask for the expiry again, as \`YYYY-MM\`.
birth_invalid | 생년월일 6자리(개인) 또는 사업자등록번호 10자리(법인)를 보내세요. | Send six digits of a birth date, or ten of a business number.
pwd_2digit_invalid | 카드 비밀번호 앞 2자리를 보내세요. | Send the first two digits of the card's password.
product_type_required | \`product_type\`을 \`real\` 또는 \`digital\`로 보내세요. | Send \`product_type\`, \`real\` or \`digital\`.
buyer_name_required | \`buyer_name\`을 보내세요. | Send \`buyer_name\`.
identifier_invalid | 발급 번호와 \`identifier_type\`을 확인하세요. | Check the number and its \`identifier_type\`.
partial_refund_limit_reached | 남은 금액은 구매자에게 직접 송금하고 기록을 남기세요. | Pay what is left to the buyer yourself, and note it.
refund_window_closed | 여섯 달이 지나 KSNET으로는 돌려줄 수 없습니다. 구매자에게 직접 송금하고 기록을 남기세요. | After six months KSNET gives nothing back: pay the buyer yourself, and note it.
vbank_refund_closed_at_night | 아침에 다시 요청하거나 \`PAY_NIGHT_REFUNDS=schedule\`로 예약되게 하세요. | Ask in the morning, or set \`PAY_NIGHT_REFUNDS=schedule\`.
vbank_refund_not_contracted | KSNET과 가상계좌 환불을 계약하거나 직접 송금하세요. | Agree on account refunds with KSNET, or pay the buyer yourself.
refund_account_required | \`refund_holder\`, \`refund_bank\`, \`refund_account\`를 보내세요. | Send \`refund_holder\`, \`refund_bank\` and \`refund_account\`.
phone_partial_refund_unsupported | 결제한 달 안에 \`amount\` 없이 전액을 환불하거나 직접 송금하세요. | Refund all of it within the month, without \`amount\`, or pay the buyer yourself.
phone_refund_month_over | 결제한 달이 지나 KSNET으로는 돌려줄 수 없습니다. 직접 송금하세요. | The month of the payment is over: pay the buyer yourself.
escrow_not_confirmed | 구매 확정 전에는 전액만 환불할 수 있습니다. \`amount\`를 빼고 요청하세요. | Before the buyer has confirmed only all of it goes back: leave \`amount\` out.
`;

const cellsOf = (rows: string): readonly (readonly string[])[] =>
  rows
    .trim()
    .split("\n")
    .map((row) => row.split(" | "));

export const problemTexts: readonly ProblemText[] = [
  ...cellsOf(plainRows).map(([code = "", causeKo = "", causeEn = "", ko = "", en = ""]) => ({
    code,
    cause: { ko: causeKo, en: causeEn },
    remedy: { ko, en },
  })),
  ...cellsOf(ruleRows).map(([code = "", ko = "", en = ""]) => ({ code, cause: null, remedy: { ko, en } })),
];
