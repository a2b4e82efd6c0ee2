// The order before it is paid, and the button that opens the payment window.
import type { CreatedOrder } from "../../../../lib/client/index.ts";
import { html } from "../../html.ts";
import { inWon } from "../catalogue.ts";
import { layout } from "./layout.ts";
import { type Row, rows } from "./rows.ts";

export interface CheckoutPage {
  readonly created: CreatedOrder;
  /** Where the browser tells the backend that the window has ended. */
  readonly completeUrl: string;
}

export function checkoutPage({ created, completeUrl }: CheckoutPage): string {
  const { order, request_pay, sdk, token } = created;
  // Everything the browser needs and nothing more: what the window takes, the order's own token, no key.
  const checkout = { requestPay: request_pay, init: sdk.init, token, completeUrl };
  const shown: readonly Row[] = [
    ["주문번호", order.merchant_uid],
    ["상품", order.name],
    ["결제할 금액", inWon(order.amount)],
    ["면세 금액", order.tax_free > 0 ? inWon(order.tax_free) : null],
    ["구매자", order.buyer_name],
  ];
  return layout({
    title: "주문 확인",
    sdk: sdk.script,
    script: "checkout.js",
    main: html`<div class="sheet narrow" id="checkout" data-checkout=${JSON.stringify(checkout)}>
      <h1>주문 확인</h1>
      ${rows(shown)}
      <p id="needs-script" class="note">
        결제창을 열려면 JavaScript가 필요합니다. 주문은 그대로 남아 있습니다.
      </p>
      <p id="message" class="message" role="status"></p>
      <p class="actions">
        <button type="button" id="pay" disabled data-busy="결제창을 여는 중입니다…">${inWon(order.amount)} 결제하기</button>
        <a class="quiet" href="/">다른 상품 보기</a>
      </p>
    </div>`,
  });
}
