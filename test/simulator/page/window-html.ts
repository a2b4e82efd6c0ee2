// The open payment window as HTML, in Korean: what is bought and for how much, how it is paid, one button; and apart
// from them, what only a tester does. A form each, so that it works without a script. Everything a shop put into the
// order is escaped.
import { choicesHtml, type OpenWindow } from "./choices-html.ts";
import { declinesHtml } from "./declines-html.ts";
import { amountText, documentHtml, pathOf, shopName } from "./document-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { methodNames } from "./method-names.ts";

/** `problem` is what the buyer still has to put right. */
export function windowHtml(open: OpenWindow, problem: string | null = null): string {
  const { window, payment } = open;
  const method = methodNames[payment.payMethod] ?? payment.payMethod;
  const pay = payment.payMethod === "vbank" ? "계좌 발급받기" : `${amountText(payment)} 결제하기`;
  const alert = problem === null ? "" : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
  return documentHtml({
    body: `<header>
<h1>KSNET 결제창</h1>
<form method="post" action="${pathOf(window, "/close")}" id="close">
<button class="close" aria-label="닫기"><span aria-hidden="true">✕</span></button>
</form>
</header>
${orderHtml(open)}
<form method="post" action="${pathOf(window, "/approve")}" id="pay">
<p class="method"><span>결제수단</span> <strong>${escapeHtml(method)}</strong></p>
${choicesHtml(open)}
${alert}
<button class="primary">${pay}</button>
</form>
<p id="message" role="status"></p>
${testerHtml(open)}`,
  });
}

function orderHtml({ window, payment }: OpenWindow): string {
  const rows = [
    ["shop", "상점", shopName(window)],
    ["product", "상품명", payment.name ?? "-"],
    ["amount", "결제금액", amountText(payment)],
    ["row", "구매자", payment.buyerName ?? "-"],
    ["row", "주문번호", payment.merchantUid],
  ] as const;
  const html = rows.map(
    ([name, term, value]) => `<div class="${name}"><dt>${term}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<dl>\n${html.join("\n")}\n</dl>`;
}

const testerHtml = ({ window, payment }: OpenWindow): string => `<section aria-labelledby="tester">
<h2 id="tester">시뮬레이터</h2>
<p class="hint">실제 결제창에는 없는 버튼입니다.</p>
<form method="post" action="${pathOf(window, "/decline")}">
${declinesHtml(payment.payMethod)}
<button>거절</button>
</form>
<form method="post" action="${pathOf(window, "/abandon")}">
<span class="hint">결과 없이 구매자가 사라집니다.</span>
<button>떠나기</button>
</form>
</section>`;
