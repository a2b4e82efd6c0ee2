// The payment window once it has ended: paid, an account to pay into, declined in words, closed, or left; and the way
// back to the shop. A phone goes back by redirect, a PC tells the page around the window.
import type { StoredAccount, StoredPayment, StoredWindow } from "../state.ts";
import { comeBack, nobodyComesBack, type WindowResult } from "../window-result.ts";
import { amountText, documentHtml, timeText } from "./document-html.ts";
import { escapeHtml } from "./escape-html.ts";

interface Ending {
  readonly title: string;
  /** Already HTML. */
  readonly text: string;
  readonly mood: "done" | "failed" | "left";
  /** The buyer goes back without having to read anything. */
  readonly goesBackAtOnce: boolean;
}

/** `isNews`: it has ended just now, so the buyer goes back; otherwise somebody has come here again. */
export function endedHtml(window: StoredWindow, payment: StoredPayment, isNews: boolean): string {
  const { title, text, mood, goesBackAtOnce } = endingOf(window, payment);
  const { callback, redirect } = wayBack(window, payment);
  const isAtOnce = isNews && goesBackAtOnce;
  const address = redirect === null ? null : escapeHtml(redirect);
  const link = address === null ? "이 창을 닫아 주세요." : `<a class="primary" href="${address}">확인</a>`;
  const ended = isNews ? "" : `<p class="hint">이미 종료된 결제창입니다.</p>`;
  return documentHtml({
    head:
      isAtOnce && address !== null
        ? `<noscript><meta http-equiv="refresh" content="0;url=${address}"></noscript>`
        : "",
    main: [
      `class="ended"`,
      `data-callback="${escapeHtml(JSON.stringify(callback))}"`,
      `data-redirect="${address ?? ""}"`,
      isAtOnce ? "data-at-once" : "",
    ].join(" "),
    body: `<header><h1>KSNET 결제창</h1></header>
<p class="mark ${mood}" aria-hidden="true">${mood === "done" ? "✓" : "!"}</p>
<div role="status" tabindex="-1" id="message"><h2>${title}</h2>${text}</div>
${ended}
<noscript><p class="back">${link}</p></noscript>
<button type="button" class="primary" id="back" hidden>확인</button>`,
  });
}

function endingOf(window: StoredWindow, payment: StoredPayment): Ending {
  if (window.state === "closed")
    return { title: "결제를 취소했습니다.", text: "", mood: "left", goesBackAtOnce: true };
  if (window.state === "abandoned")
    return {
      title: "구매자가 떠났습니다.",
      text: `<p class="hint">쇼핑몰은 아무 소식도 받지 못합니다.</p>`,
      mood: "left",
      goesBackAtOnce: false,
    };
  if (window.state === "failed")
    return {
      title: "결제하지 못했습니다.",
      text: `<p class="reason">${escapeHtml(window.failure?.message ?? "")}</p>
<p class="hint">쇼핑몰로 돌아가 다시 결제해 주세요.</p>`,
      mood: "failed",
      goesBackAtOnce: false,
    };
  if (payment.account !== null)
    return {
      title: "가상계좌가 발급되었습니다.",
      text: accountHtml(payment.account, amountText(payment)),
      mood: "done",
      goesBackAtOnce: false,
    };
  return {
    title: "결제가 완료되었습니다.",
    text: `<p class="sum">${amountText(payment)}</p>`,
    mood: "done",
    goesBackAtOnce: true,
  };
}

const accountHtml = ({ name, number, holder, dueAtMs }: StoredAccount, amount: string): string =>
  [
    ["은행", name],
    ["계좌번호", number],
    ["예금주", holder],
    ["입금 기한", timeText(dueAtMs)],
    ["입금액", amount],
  ]
    .map(
      ([term = "", value = ""]) =>
        `<div class="pair"><span>${term}</span> <strong>${escapeHtml(value)}</strong></div>`,
    )
    .join("");

const wayBack = (window: StoredWindow, payment: StoredPayment): WindowResult =>
  window.state === "abandoned" || window.state === "open"
    ? nobodyComesBack(payment)
    : comeBack(window, payment, window.failure ?? null, null);
