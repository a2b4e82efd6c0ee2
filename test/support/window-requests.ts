// What a merchant asks the payment window for, as rule tests start from.
import type { WindowOptions, WindowRequest } from "../../lib/domain/ksnet/window-request.ts";
import { won } from "./orders.ts";

export function windowRequest(
  more: Partial<Omit<WindowRequest, "options">> = {},
  options: WindowOptions = {},
): WindowRequest {
  return {
    merchantUid: "ord-20260805-000142",
    name: "나이키 와플 트레이너 2 SD",
    amount: won(109_000),
    taxFree: won(3_000),
    currency: "KRW",
    payMethod: "card",
    buyerName: "홍길동",
    asksBillingKey: false,
    options,
    ...more,
  };
}
