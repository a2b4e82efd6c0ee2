// The frame of every page of the payment window, and the few words all of them share.
import { merchantName } from "../approval.ts";
import { objectOf, textOf } from "../request-pay.ts";
import type { StoredPayment, StoredWindow } from "../state.ts";
import { escapeHtml } from "./escape-html.ts";

const title = "KSNET 결제창 (시뮬레이터)";

export interface DocumentParts {
  readonly head?: string | undefined;
  /** Attributes of the main element. */
  readonly main?: string | undefined;
  readonly body: string;
}

export const documentHtml = ({ head = "", main = "", body }: DocumentParts): string => `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/window-page.css">
${head}
</head>
<body>
<main ${main}>
${body}
</main>
<script src="/window-page.js"></script>
</body>
</html>
`;

/** As a form's button and as the bill: "109,000원", "10.99 USD". */
export const amountText = ({ amount, currency }: StoredPayment): string =>
  `${amount.toLocaleString("ko-KR")}${currency === "KRW" ? "원" : ` ${currency}`}`;

export const shopName = ({ requestPay }: StoredWindow): string =>
  textOf(objectOf(requestPay, "storeDetails"), "businessName") ?? merchantName;

/** "2037. 12. 31. 오후 11:59:59", in Korean time. */
export const timeText = (atMs: number): string =>
  new Date(atMs).toLocaleString("ko-KR", { timeZone: "Asia/Seoul" });

export const pathOf = ({ window }: StoredWindow, last = ""): string => `/window/${escapeHtml(window)}${last}`;
