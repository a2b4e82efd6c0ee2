// The payment page as HTML, in Korean, for one window. Everything a shop put into the order is escaped.
import type { StoredPayment, StoredWindow } from "../state.ts";
import { choicesHtml } from "./choices-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { methodNames } from "./method-names.ts";

export function windowHtml(window: StoredWindow, payment: StoredPayment): string {
  const method = methodNames[payment.payMethod] ?? payment.payMethod;
  const unit = payment.currency === "KRW" ? "원" : ` ${payment.currency}`;
  const amount = `${payment.amount.toLocaleString("ko-KR")}${unit}`;
  const rows = [
    ["상품명", payment.name ?? "-"],
    ["결제금액", amount],
    ["결제수단", method],
    ["구매자", payment.buyerName ?? "-"],
    ["주문번호", payment.merchantUid],
  ];
  const isOpen = window.state === "open";
  const pay = payment.payMethod === "vbank" ? "계좌 발급받기" : "결제하기";
  const form = `<form>
${choicesHtml(window, payment)}
<button type="button" data-action="approve">${pay}</button>
<button type="button" data-action="decline">거절</button>
<button type="button" data-action="close">닫기</button>
</form>`;
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KSNET 결제창 (시뮬레이터)</title>
<style>
* { box-sizing: border-box }
body { font-family: sans-serif; background: #f3f4f6; margin: 0; display: grid; place-items: center; min-height: 100vh }
main { background: #fff; padding: 24px; border-radius: 12px; width: min(360px, 100vw - 16px) }
h1 { font-size: 18px }
dl { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: 8px }
dd { margin: 0; overflow-wrap: anywhere }
label { display: block; margin-bottom: 8px }
select, input { max-width: 100% }
button { padding: 10px 16px; margin: 0 8px 8px 0 }
#message { white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
<h1>KSNET 결제창 (시뮬레이터)</h1>
<dl>
${rows.map(([name = "", value = ""]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("\n")}
</dl>
${isOpen ? form : ""}
<p id="message" role="status">${isOpen ? "" : "이미 종료된 결제창입니다."}</p>
<button id="back" hidden>확인</button>
</main>
<script src="/window-page.js"></script>
</body>
</html>
`;
}
