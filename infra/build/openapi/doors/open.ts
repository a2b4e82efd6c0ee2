// The doors without a merchant's key: the browser's and PortOne's.
import * as z from "zod/mini";
import { completeBody, redirectQuery } from "../../../../lib/http/requests/complete.ts";
import { confirmBody } from "../../../../lib/http/requests/confirm.ts";
import { noticeBody } from "../../../../lib/http/requests/notice.ts";
import { confirmReasons } from "../../../../lib/http/views/confirm.ts";
import { publicOrder } from "../answers/order.ts";
import type { Door } from "../door.ts";

const ids = { imp_uid: "imp_778781633454", merchant_uid: "ord-20260805-000142" };
const token = "MHbnFEW2ORDP5y_DWU6aVw";
const nothing = z.object({});
const inUrl = { token: z.string() };

export const completeDoor: Door = {
  route: "POST /payments/complete",
  tag: "browser",
  ko: "결제창이 닫힌 뒤 주문의 상태를 알려 줍니다",
  en: "Tell the page whose window has closed what became of the order",
  about: {
    ko: "`PAY_ALLOWED_ORIGINS`의 페이지만 읽을 수 있습니다. `imp_uid`가 없으면 주문의 `token`이 있어야 합니다.",
    en: "Read by pages of `PAY_ALLOWED_ORIGINS` only. Without an `imp_uid` the order's `token` proves who asks.",
  },
  request: completeBody,
  example: { body: ids },
  answers: [
    { status: 200, ko: "구매자가 볼 수 있는 상태", en: "What a buyer may know", schema: publicOrder },
  ],
};

export const redirectDoor: Door = {
  route: "GET /payments/redirect",
  tag: "browser",
  ko: "휴대폰에서 결제한 구매자를 쇼핑몰의 결과 페이지로 보냅니다",
  en: "Send a buyer who paid on a phone to the shop's result page",
  request: z.object({ ...redirectQuery.shape, error_code: z.optional(z.string()) }),
  query: ["imp_uid", "merchant_uid", "error_code"],
  example: { query: ids },
  answers: [
    {
      status: 303,
      ko: "결과 페이지로 이동. `state`가 `pending`이면 아직 모릅니다",
      en: "To the result page; `state=pending` where it is not known yet",
      hasLocation: true,
    },
  ],
};

const reasonsOf = (status: number) =>
  Object.values(confirmReasons)
    .filter((known) => known.status === status)
    .map(({ reason }) => reason);
const reasonBody = (status: number) => z.object({ reason: z.enum(reasonsOf(status)) });
const malformed = {
  ko: "승인 확인 요청이 아닙니다",
  en: "No request to confirm",
  schema: reasonBody(400),
} as const;

const confirm = {
  tag: "portone",
  ko: "승인해도 되는지 답합니다 (포트원이 결제 직전에 호출)",
  en: "Say whether a payment may be taken; PortOne asks just before it takes it",
  about: {
    ko: "200만 승인을 뜻합니다. 다른 답의 `reason`은 구매자에게 보입니다. 주소는 주문의 `request_pay.confirm_url`에 있습니다.",
    en: "Only 200 lets it go on; the `reason` of any other answer is shown to the buyer. The address is the order's `request_pay.confirm_url`.",
  },
  answers: [
    { status: 200, ko: "승인해도 됩니다", en: "It may be taken", schema: nothing },
    { status: 409, ko: "승인하지 않습니다", en: "It may not", schema: reasonBody(409) },
    { status: 400, ...malformed },
    { status: 413, ...malformed },
    { status: 415, ...malformed },
    { status: 503, ko: "정하지 못했습니다", en: "Not decided", schema: reasonBody(503) },
  ],
} as const;

const notice = {
  tag: "portone",
  ko: "결제가 바뀌었다는 알림을 받습니다 (포트원이 호출)",
  en: "Hear that a payment has changed; called by PortOne",
  about: {
    ko: "본문은 어느 결제인지만 알려 줍니다. 상태는 포트원의 기록에서 읽습니다. 다시 보내면 도움이 될 때만 500입니다.",
    en: "The body only names the payment; its state is read from PortOne's record. 500 is said only where a repeat can help.",
  },
  answers: [
    {
      status: 200,
      ko: "반영했거나, 다시 보내도 달라지지 않습니다",
      en: "Done, or a repeat cannot help",
      schema: nothing,
    },
    { status: 400, ko: "알림이 아닙니다", en: "No notice", schema: nothing },
    { status: 413, ko: "알림이 아닙니다", en: "No notice", schema: nothing },
    { status: 415, ko: "알림이 아닙니다", en: "No notice", schema: nothing },
    {
      status: 500,
      ko: "포트원이나 저장소가 응답하지 않았습니다",
      en: "PortOne or the table did not answer",
      schema: nothing,
    },
  ],
} as const;

export const portoneDoors: readonly Door[] = [
  {
    ...confirm,
    route: "POST /portone/confirm/{token}",
    request: z.object({ ...confirmBody.shape, ...inUrl }),
    example: { path: { token }, body: { ...ids, amount: 109_000 } },
  },
  {
    ...confirm,
    route: "POST /portone/confirm",
    ko: "승인해도 되는지 답합니다 (토큰 없는 주소. `PAY_CONFIRM_TOKEN=optional`일 때만)",
    en: "The same without a token, with `PAY_CONFIRM_TOKEN=optional` only",
    request: confirmBody,
    example: { body: { ...ids, amount: 109_000 } },
  },
  {
    ...notice,
    route: "POST /portone/notice/{token}",
    request: z.object({ ...noticeBody.shape, ...inUrl }),
    example: { path: { token }, body: { ...ids, status: "paid" } },
  },
  {
    ...notice,
    route: "POST /portone/notice",
    ko: "결제가 바뀌었다는 알림을 받습니다 (포트원 콘솔에 적는 주소)",
    en: "The same at the address that PortOne's console is given",
    request: noticeBody,
    example: { body: { ...ids, status: "paid" } },
  },
];
