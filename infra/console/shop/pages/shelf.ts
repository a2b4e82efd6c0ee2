// The first page: everything there is.
import { html } from "../../html.ts";
import { type Item, inWon, items } from "../catalogue.ts";
import { drawingOf } from "./drawings.ts";
import { layout } from "./layout.ts";

export const tagsOf = ({ isTaxFree, isSubscription }: Item): readonly string[] => [
  ...(isTaxFree ? ["면세"] : []),
  ...(isSubscription ? ["정기결제"] : []),
];

export const priceText = (item: Item): string =>
  item.isSubscription ? `월 ${inWon(item.priceWon)}` : inWon(item.priceWon);

export const shelfPage = (): string =>
  layout({
    title: "상품",
    main: html`<div>
      <h1>오늘의 상품</h1>
      <ul class="shelf">
        ${items.map(
          (item) => html`<li>
            <a class="card" href=${`/items/${item.id}`}>
              ${drawingOf(item.id)}
              <span class="name">${item.name}</span>
              <span class="price">${priceText(item)}</span>
              ${tagsOf(item).map((tag) => html`<span class="tag">${tag}</span>`)}
            </a>
          </li>`,
        )}
      </ul>
    </div>`,
  });

/** A page that only says something, with a way on. */
export const messagePage = (title: string, text: string): string =>
  layout({
    title,
    main: html`<div class="sheet">
      <h1>${title}</h1>
      <p>${text}</p>
      <p class="actions"><a class="button" href="/">상품 보기</a></p>
    </div>`,
  });
