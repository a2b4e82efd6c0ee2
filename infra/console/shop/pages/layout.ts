// What all pages of the shop have alike.
import { html, type Markup, renderPage } from "../../html.ts";

export interface PageParts {
  readonly title: string;
  readonly main: Markup;
  /** Of the shop's own, by name. */
  readonly script?: string;
  /** The payment window's, from PortOne. */
  readonly sdk?: string;
  /** Looks again by itself where no script does. */
  readonly looksAgain?: boolean;
}

const sheets = ["base.css", "items.css", "order-form.css", "result.css"];

export const layout = ({ title, main, script, sdk, looksAgain = false }: PageParts): string =>
  renderPage(html`<html lang="ko">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · 작은상점</title>
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      ${sheets.map((name) => html`<link rel="stylesheet" href=${`/${name}`} />`)}
      ${looksAgain && html`<noscript><meta http-equiv="refresh" content="5" /></noscript>`}
      ${sdk && html`<script src=${sdk} defer></script>`}
      ${script && html`<script src=${`/${script}`} defer></script>`}
    </head>
    <body>
      <a class="skip" href="#main">본문으로 건너뛰기</a>
      <header class="top">
        <a class="brand" href="/">작은상점</a>
        <span class="badge">시험용</span>
      </header>
      <main id="main">${main}</main>
      <footer class="bottom">
        <p>이 컴퓨터에서만 열리는 시험용 상점입니다. 실제로 결제되거나 배송되지 않습니다.</p>
      </footer>
    </body>
  </html>`);
