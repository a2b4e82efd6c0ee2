// The payment page as HTML, in Korean, for one window. Everything a shop put into the order is escaped.
import type { StoredPayment, StoredWindow } from "../state.ts";

const methodNames: Readonly<Record<string, string>> = {
  card: "신용카드",
  vbank: "가상계좌",
  trans: "실시간 계좌이체",
  phone: "휴대폰 소액결제",
  lpay: "L.pay",
  ssgpay: "SSG페이",
  kakaopay: "카카오페이",
  naverpay: "네이버페이",
  payco: "페이코",
};

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");

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
  const buttons = `<button data-action="approve">${pay}</button>
<button data-action="decline">거절</button>
<button data-action="close">닫기</button>`;
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KSNET 결제창 (시뮬레이터)</title>
<style>
body { font-family: sans-serif; background: #f3f4f6; margin: 0; display: grid; place-items: center; min-height: 100vh }
main { background: #fff; padding: 24px; border-radius: 12px; width: min(360px, 90vw) }
h1 { font-size: 18px }
dl { display: grid; grid-template-columns: 6em 1fr; gap: 8px }
dd { margin: 0; overflow-wrap: anywhere }
button { padding: 10px 16px; margin-right: 8px }
#message { white-space: pre-wrap; overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
<h1>KSNET 결제창 (시뮬레이터)</h1>
<dl>
${rows.map(([name = "", value = ""]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("\n")}
</dl>
${isOpen ? buttons : ""}
<p id="message" role="status">${isOpen ? "" : "이미 종료된 결제창입니다."}</p>
<button id="back" hidden>확인</button>
</main>
<script src="/window-page.js"></script>
</body>
</html>
`;
}
