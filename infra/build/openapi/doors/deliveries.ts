// The doors of escrow parcels.
import { merchantNamed } from "../../../../lib/http/fields.ts";
import { parcel } from "../../../../lib/http/requests/delivery.ts";
import type { FindDeliveryResult } from "../../../../lib/usecases/deliveries/find-delivery.ts";
import type { DeliveryResult } from "../../../../lib/usecases/deliveries/register-delivery.ts";
import { delivery } from "../answers/others.ts";
import { codesOf } from "../codes.ts";
import type { MerchantDoor } from "../door.ts";

const onDeliveries = { functionName: "delivery", scope: "delivery", tag: "deliveries" } as const;
const path = { merchant_uid: "ord-20260805-000148" };
const sent = {
  sender: { name: "와플상점", tel: "02-555-0101", addr: "서울 강남구 테헤란로 1", postcode: "06141" },
  receiver: { name: "홍길동", tel: "010-1234-5678", addr: "서울 마포구 월드컵로 2", postcode: "04001" },
  logis: { company: "CJGLS", invoice: "680012345678", sent_at: "2026-08-05T15:00:00+09:00" },
};
const answers = [
  { status: 200, ko: "등록된 배송 정보", en: "The parcel, registered", schema: delivery },
  {
    status: 202,
    ko: "포트원이 아직 받지 않아 나중에 보낼 배송 정보",
    en: "PortOne does not take it yet: it is sent later",
    schema: delivery,
  },
] as const;
const codes = codesOf<DeliveryResult>()(
  "order_not_found",
  "order_not_paid",
  "escrow_not_requested",
  "delivery_not_found",
  "order_busy",
  "provider_refused",
  "provider_unavailable",
);

export const deliveryDoors: readonly MerchantDoor[] = [
  {
    ...onDeliveries,
    route: "POST /orders/{merchant_uid}/delivery",
    action: "delivery.register",
    ko: "에스크로 주문의 배송 정보를 등록합니다",
    en: "Register an escrow order's parcel",
    request: parcel,
    example: { path, body: sent },
    answers,
    // Only a change needs one that is registered.
    codes: codes.filter((code) => code !== "delivery_not_found"),
  },
  {
    ...onDeliveries,
    route: "GET /orders/{merchant_uid}/delivery",
    action: "delivery.get",
    ko: "배송 정보를 조회합니다",
    en: "Read an order's parcel",
    request: merchantNamed,
    example: { path },
    answers: [{ status: 200, ko: "배송 정보", en: "The parcel", schema: delivery }],
    codes: codesOf<FindDeliveryResult>()(
      "order_not_found",
      "delivery_not_found",
      "delivery_not_visible_yet",
      "provider_unavailable",
    ),
  },
  {
    ...onDeliveries,
    route: "PUT /orders/{merchant_uid}/delivery",
    action: "delivery.update",
    ko: "배송 정보를 바꿉니다",
    en: "Change an order's parcel",
    request: parcel,
    example: { path, body: { ...sent, logis: { ...sent.logis, invoice: "680012345679" } } },
    answers,
    codes,
  },
];
