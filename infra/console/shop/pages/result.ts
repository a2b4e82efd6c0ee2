// Where everybody ends up after the window, on a PC and on a phone: what became of the order.
import type { Order } from "../../../../lib/client/index.ts";
import { html, type Markup } from "../../html.ts";
import { inWon } from "../catalogue.ts";
import type { Outcome } from "../outcome.ts";
import { layout } from "./layout.ts";
import { type Row, rows } from "./rows.ts";

export interface ResultPage {
  readonly outcome: Outcome;
  /** Null for a browser that did not make the order, or while it cannot be read: then the state is all there is. */
  readonly order: Order | null;
  /** Where the window can be opened again for it; null where it cannot. */
  readonly payAgain: string | null;
}

const marks: Readonly<Record<Outcome["kind"], string>> = {
  paid: "✓",
  awaiting_deposit: "…",
  partially_refunded: "↩",
  refunded: "↩",
  unpaid: "!",
  expired: "!",
  voided: "!",
  checking: "…",
};

export const resultPage = ({ outcome, order, payAgain }: ResultPage): string =>
  layout({
    title: outcome.title,
    script: "result.js",
    looksAgain: outcome.isOpen,
    main: html`<div
      class=${`sheet narrow result ${outcome.kind}`}
      data-kind=${outcome.kind}
      data-open=${String(outcome.isOpen)}
    >
      <p class="mark" aria-hidden="true">${marks[outcome.kind]}</p>
      <h1>${outcome.title}</h1>
      <p>${outcome.text}</p>
      ${order && accountOf(order)} ${order && rows(paymentRows(order))}
      <p class="actions">
        ${payAgain && html`<a class="button" href=${payAgain}>다시 결제하기</a>`}
        ${outcome.isOpen && html`<a class="quiet" id="again" href="">지금 다시 확인하기</a>`}
        <a class=${payAgain || outcome.isOpen ? "quiet" : "button"} href="/">상품 보기</a>
      </p>
    </div>`,
  });

/** Where to pay to, before everything else the page says. */
function accountOf({ vbank, remaining, amount }: Order): Markup | null {
  if (vbank === null) return null;
  return html`<section class="account" aria-labelledby="account-title">
    <h2 id="account-title">입금 계좌</h2>
    ${rows([
      ["은행", vbank.vbank_name],
      ["계좌번호", html`<strong id="account">${vbank.vbank_num}</strong>`],
      ["예금주", vbank.vbank_holder],
      ["입금할 금액", html`<strong>${inWon(remaining || amount)}</strong>`],
      ["입금 기한", `${koreanTime(vbank.vbank_due_at)}까지`],
    ])}
  </section>`;
}

const paymentRows = (order: Order): readonly Row[] => [
  ["주문번호", order.merchant_uid],
  ["상품", order.name],
  ["주문 금액", inWon(order.amount)],
  ["면세 금액", order.tax_free > 0 ? inWon(order.tax_free) : null],
  ["환불한 금액", order.cancel_amount > 0 ? inWon(order.cancel_amount) : null],
  ["남은 금액", order.state === "partially_refunded" ? inWon(order.remaining) : null],
  ["구매자", order.buyer_name],
  ["카드", cardText(order)],
  ["승인번호", order.apply_num],
  ["결제 시각", order.paid_at && koreanTime(order.paid_at)],
  ["매출전표", receiptLink(order.receipt_url)],
];

function cardText({ card_name, card_quota, apply_num }: Order): string | null {
  if (card_name === null || apply_num === null) return null;
  return `${card_name} ${card_quota ? `${card_quota}개월` : "일시불"}`;
}

/** The address comes from PortOne's record; one that runs something is no address of a slip. */
const receiptLink = (address: string | null): Markup | null =>
  address !== null && /^https?:\/\//.test(address)
    ? html`<a href=${address} rel="noreferrer" target="_blank">매출전표 보기<span class="unseen"> (새 창)</span></a>`
    : null;

const koreanTime = (at: string): string =>
  new Date(at).toLocaleString("ko-KR", { timeZone: "Asia/Seoul", dateStyle: "long", timeStyle: "short" });
