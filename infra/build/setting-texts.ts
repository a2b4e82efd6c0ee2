// What each setting means, in Korean and English, for whoever sets a shop up. That none is missing and none is too many
// is checked by the compiler.
import type { deploymentSettings, SettingName } from "../../lib/config.ts";
import type { SecretName } from "../../lib/secrets.ts";

export interface SettingText {
  readonly ko: string;
  readonly en: string;
}

type DeploymentSetting = (typeof deploymentSettings)[number];

export const settingTexts: Readonly<Record<SettingName | DeploymentSetting, SettingText>> = {
  PAY_STAGE: {
    ko: "`dev` 또는 `prod`. 배포할 때는 `--stage`가 정합니다.",
    en: "`dev` or `prod`. A deployment takes it from `--stage`.",
  },
  PAY_TABLE: {
    ko: "주문 테이블 이름. 배포할 때는 스택이 정합니다.",
    en: "Name of the orders' table. A deployment takes it from the stack.",
  },
  PAY_PUBLIC_URL: {
    ko: "이 서버의 공개 주소. 배포할 때 비워 두면 API의 주소를 씁니다. 주문에 주소가 들어가므로 도메인을 먼저 정하세요.",
    en: "Public address of these doors. A deployment without it takes the API's own. Orders carry it, so decide on a domain first.",
  },
  PAY_RESULT_URL: {
    ko: "결제 뒤 구매자를 보낼 쇼핑몰의 결과 페이지",
    en: "The shop's result page, where buyers are sent after paying",
  },
  PAY_IMP_CODE: {
    ko: "포트원 고객사 식별코드 (`IMP.init`에 쓰는 `imp…`)",
    en: "PortOne's merchant code, `imp…`, for `IMP.init`",
  },
  PAY_MID: {
    ko: "KSNET 상점아이디(MID). 여러 개는 쉼표로. 다른 MID의 결제는 우리 것이 아닙니다.",
    en: "KSNET's MID, several by comma. A payment of another MID is none of ours.",
  },
  PAY_CHANNEL_KEY: {
    ko: "결제창 채널키. 이것과 `PAY_PG` 가운데 하나는 필요합니다.",
    en: "Channel key of the payment window. One of this and `PAY_PG` is required.",
  },
  PAY_PG: {
    ko: "`ksnet.<MID>`: 채널키가 없던 시절의 설정. 있으면 채널키보다 먼저 씁니다.",
    en: "`ksnet.<MID>`, from before channel keys. Wins over the channel key.",
  },
  PAY_API_CHANNEL_KEY: {
    ko: "키인·빌링키·API 가상계좌의 채널키. 없으면 `PAY_CHANNEL_KEY`를 씁니다.",
    en: "Channel key for key-in, billing keys and accounts by API; `PAY_CHANNEL_KEY` without it.",
  },
  PAY_SECRETS: {
    ko: "`ssm:/경로/`이면 비밀값을 그 아래 파라미터에서 읽습니다(배포할 때 자동). `env`는 노트북에서만.",
    en: "`ssm:/path/`: secrets are parameters below it (a deployment says so itself). `env` is for a laptop.",
  },
  PAY_CONFIRM_TOKEN: {
    ko: "`optional`이면 토큰 없는 confirm도 받습니다. `prod`에서는 `required`만 됩니다.",
    en: "`optional` takes a confirm without a token, too. `prod` wants `required`.",
  },
  PAY_PORTONE_URL: { ko: "포트원 API 주소", en: "Address of PortOne's API" },
  PAY_SDK_URL: { ko: "결제창 SDK 주소", en: "Address of the window's SDK" },
  PAY_DOCS_URL: {
    ko: "오류 코드를 설명하는 곳. 오류 답의 `type`에서 코드 앞에 붙습니다. 예: `https://docs.shop.example/problems#`",
    en: "Where codes are explained: what stands before the code in a problem's `type`, as `https://docs.shop.example/problems#`.",
  },
  PAY_PORTONE_IPS: {
    ko: "포트원이 호출하는 주소. 이 주소의 호출은 예산을 쓰지 않습니다.",
    en: "Where PortOne calls from; such calls need no budget.",
  },
  PAY_ALLOWED_ORIGINS: {
    ko: "`/payments/complete`를 부를 수 있는 페이지의 origin. 여러 개는 쉼표로.",
    en: "Origins of pages that may call `/payments/complete`, by comma",
  },
  PAY_SANDBOX: {
    ko: "`accept`이면 테스트 결제를 받습니다. `prod`에서는 오류입니다. 기본값: dev는 `accept`, prod는 `refuse`",
    en: "`accept` takes test payments, an error in `prod`. Default: `accept` in dev, `refuse` in prod",
  },
  PAY_ORDER_TTL_S: { ko: "주문의 유효 시간(초)", en: "How long an order may be paid, in seconds" },
  PAY_HOLD_TTL_S: {
    ko: "승인한 결제를 기다리는 시간(초)",
    en: "How long an approved payment is waited for, in seconds",
  },
  PAY_FIRST_LOOK_S: {
    ko: "아무 소식이 없을 때 처음 확인하기까지의 시간(초)",
    en: "When the sweep looks first if nobody told us anything, in seconds",
  },
  PAY_CONFIRM_DEADLINE_MS: {
    ko: "confirm이 답하는 제한 시간(밀리초)",
    en: "Within what confirm answers, in milliseconds",
  },
  PAY_NOTICE_BUDGET_PER_MIN: {
    ko: "모르는 사람의 신호로 포트원에 묻는 횟수의 한도(분당)",
    en: "How often strangers' signals may make us ask PortOne, per minute",
  },
  PAY_CONTRACTS: {
    ko: "KSNET과 계약한 서비스. 여러 개는 쉼표로: `key_in billing vbank vbank_refund escrow digital_goods interest_free easy_pay instalments phone`",
    en: "What the KSNET contract allows, by comma, of `key_in billing vbank vbank_refund escrow digital_goods interest_free easy_pay instalments phone`",
  },
  PAY_NIGHT_REFUNDS: {
    ko: "KSNET이 가상계좌를 환불하지 않는 밤(22:58~06:00)의 환불: `schedule`이면 다음 06:01~06:10에 보내고, `refuse`이면 거절합니다.",
    en: "Refunds of virtual accounts at night (22:58 to 06:00 in Korea), when KSNET makes none: `schedule` sends them from 06:01 to 06:10, `refuse` refuses them",
  },
  PAY_RECEIPT_FOLLOW: {
    ko: "`on`이면 환불한 만큼 현금영수증을 자동으로 취소하거나 남은 금액으로 다시 발급합니다. `off`이면 상점이 직접 합니다.",
    en: "`on` cancels a cash receipt when money goes back, and issues it again for what is left; `off` leaves that to the shop",
  },
  PAY_PREPARE: {
    ko: "`on`이면 주문을 만들 때 금액을 포트원에 사전 등록합니다.",
    en: "`on` registers an order's amount with PortOne when it is created.",
  },
  PAY_GIVE_BACK: {
    ko: "자동으로 돌려주는 경우. `none`이면 모두 사람이 결정합니다.",
    en: "What is given back without asking; `none` leaves all of it to a person.",
  },
  PAY_GIVE_BACK_MAX: {
    ko: "한 시간에 자동으로 돌려주는 횟수의 한도. 넘으면 멈추고 알립니다.",
    en: "Give-backs an hour before the brake is on and somebody is told",
  },
  PAY_SWEEPS: { ko: "1분에 실행하는 스윕의 수", en: "Sweeps a minute" },
  PAY_SWEEP_PARALLEL: {
    ko: "스윕 하나가 동시에 확인하는 주문의 수",
    en: "Orders that one sweep looks at at once",
  },
  PAY_EVENTS_URL: {
    ko: "쇼핑몰이 이벤트를 받는 주소(https). 있으면 주문이 바뀔 때마다 서명해서 보냅니다([events.ko.md](events.ko.md)).",
    en: "Where the shop takes events, https. With it, each change of an order is delivered, signed ([events.md](events.md)).",
  },
  PAY_LOG_LEVEL: { ko: "`error`, `info`, `debug`", en: "`error`, `info` or `debug`" },
  PAY_DYNAMODB_ENDPOINT: {
    ko: "노트북에서만: 다른 DynamoDB의 주소",
    en: "On a laptop only: address of another DynamoDB",
  },
  PAY_TABLE_NAME: {
    ko: "배포할 때만: 새로 만들지 않고 쓸 테이블의 이름 (복원한 테이블 등)",
    en: "For a deployment only: a table to use instead of making one, such as a restored one",
  },
};

export const secretTexts: Readonly<Record<SecretName, SettingText>> = {
  PAY_PORTONE_KEY: { ko: "포트원 REST API Key (`imp_key`)", en: "PortOne's REST API key, `imp_key`" },
  PAY_PORTONE_SECRET: {
    ko: "포트원 REST API Secret (`imp_secret`)",
    en: "PortOne's REST API secret, `imp_secret`",
  },
  PAY_URL_KEYS: {
    ko: "주소 토큰의 HMAC 키, base64로 하나 또는 둘(쉼표). 앞의 키가 서명하고 둘 다 받습니다. `openssl rand -base64 32`",
    en: "HMAC keys of the URL tokens, base64, one or two by comma; the first signs, both are accepted. `openssl rand -base64 32`",
  },
  PAY_MERCHANT_KEYS: {
    ko: "상점 서버의 키: 해시와 권한의 JSON 목록(`npm run merchant-key`). 넘치면 `PAY_MERCHANT_KEYS_2` … `_6`에 이어 씁니다. 없으면 모두 거절합니다.",
    en: "Keys of merchants' servers: a JSON list of hashes and scopes (`npm run merchant-key`), going on in `PAY_MERCHANT_KEYS_2` … `_6`. None: every merchant call is refused.",
  },
  PAY_DATA_KEY: {
    ko: "환불 계좌와 현금영수증 식별번호를 암호화하는 키, 하나 또는 둘(쉼표): `kms:<key arn>` 또는 `local:<base64 32바이트>`",
    en: "Keys for refund accounts and receipt identifiers, one or two by comma: `kms:<key arn>` or `local:<base64 of 32 bytes>`",
  },
  PAY_EVENTS_KEY: {
    ko: "이벤트에 서명하는 키, 하나 또는 둘(쉼표): `whsec_<base64 24~64바이트>`. 둘이면 두 키로 모두 서명합니다. `PAY_EVENTS_URL`이 있을 때만 필요합니다.",
    en: "Keys that deliveries of events are signed with, one or two by comma: `whsec_<base64 of 24 to 64 bytes>`; both sign. Needed with `PAY_EVENTS_URL` only.",
  },
};
