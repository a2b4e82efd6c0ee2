// An item with its order form. The form works without a script; with one it adds up and cannot be sent twice.
import { html, type Markup } from "../../html.ts";
import { type Item, inWon, mostOfOne } from "../catalogue.ts";
import {
  easyPays,
  type FieldError,
  methodsFor,
  monthsOffered,
  type OrderForm,
  payMethods,
} from "../order-form.ts";
import type { OrderNumber } from "../order-number.ts";
import { drawingOf } from "./drawings.ts";
import { described, errorSummary, errorText, selectField, textField } from "./fields.ts";
import { layout } from "./layout.ts";
import { priceText, tagsOf } from "./shelf.ts";

export interface ItemPage {
  readonly item: Item;
  readonly form: OrderForm;
  readonly order: OrderNumber;
  readonly errors: readonly FieldError[];
  readonly forEngineer: string | null;
}

export const itemPage = ({ item, form, order, errors, forEngineer }: ItemPage): string =>
  layout({
    title: errors.length > 0 ? `확인해 주세요 · ${item.name}` : item.name,
    script: "order-form.js",
    main: html`<div class="item">
      <section class="about" aria-labelledby="item-name">
        ${drawingOf(item.id)}
        <h1 id="item-name">${item.name}</h1>
        <p class="price">
          ${priceText(item)} ${tagsOf(item).map((tag) => html`<span class="tag">${tag}</span>`)}
        </p>
        <p>${item.text}</p>
      </section>
      <form class="sheet" method="post" action="/orders" novalidate data-price=${item.priceWon}>
        ${errorSummary(errors, forEngineer)}
        <input type="hidden" name="item" value=${item.id} />
        <input type="hidden" name="order" value=${order.number} />
        <input type="hidden" name="seal" value=${order.seal} />
        ${orderSection(form, errors)} ${payingSection(item, form, errors)}
        ${item.isSubscription && cardSection(errors)}
        <p class="total">
          <span>결제할 금액</span>
          <output id="total" for="quantity">${inWon(item.priceWon * form.quantity)}</output>
        </p>
        <p class="actions">
          <button type="submit" data-busy="주문을 만들고 있습니다…">
            ${item.isSubscription ? "카드 등록하고 결제하기" : "주문하기"}
          </button>
        </p>
      </form>
    </div>`,
  });

const orderSection = (form: OrderForm, errors: ItemPage["errors"]): Markup => html`<fieldset>
  <legend>주문 정보</legend>
  ${selectField(
    {
      name: "quantity",
      label: "수량",
      value: String(form.quantity),
      choices: Array.from({ length: mostOfOne }, (_, index) => ({
        value: String(index + 1),
        label: `${index + 1}개`,
      })),
    },
    errors,
  )}
  ${textField(
    {
      name: "name",
      label: "이름",
      value: form.name,
      attributes: { autocomplete: "name", maxlength: "16", required: "true" },
    },
    errors,
  )}
  ${textField(
    {
      name: "phone",
      label: "휴대폰 번호",
      value: form.phone,
      attributes: { type: "tel", inputmode: "tel", autocomplete: "tel", required: "true" },
      hint: "예: 010-1234-5678",
    },
    errors,
  )}
  ${textField(
    {
      name: "email",
      label: "이메일",
      value: form.email,
      attributes: { type: "email", inputmode: "email", autocomplete: "email", required: "true" },
      hint: "주문 안내를 보내 드립니다.",
    },
    errors,
  )}
</fieldset>`;

function payingSection(item: Item, form: OrderForm, errors: ItemPage["errors"]): Markup {
  const methods = methodsFor(item);
  if (methods.length === 1) return html`<input type="hidden" name="method" value=${form.method} />`;
  return html`<fieldset id="method" class="paying" tabindex="-1" ...${described("method", errors)}>
    <legend>결제수단</legend>
    ${errorText("method", errors)}
    <div class="methods">
      ${methods.map(
        (method) => html`<label class="method">
          <input type="radio" name="method" value=${method} checked=${method === form.method} />
          <span>${payMethods[method]}</span>
        </label>`,
      )}
    </div>
    <div class="when-card">
      ${selectField(
        {
          name: "months",
          label: "할부",
          value: String(form.months),
          choices: monthsOffered.map((months) => ({
            value: String(months),
            label: months === 0 ? "일시불" : `${months}개월`,
          })),
        },
        errors,
      )}
    </div>
    <div class="when-easy">
      ${selectField(
        {
          name: "easyPay",
          label: "간편결제",
          value: form.easyPay,
          choices: Object.entries(easyPays).map(([value, label]) => ({ value, label })),
        },
        errors,
      )}
    </div>
    <div class="when-cash">
      <label class="tick">
        <input
          type="checkbox"
          id="isEscrow"
          name="isEscrow"
          value="on"
          checked=${form.isEscrow}
          ...${described("isEscrow", errors)}
        />
        <span>에스크로(구매안전서비스)로 결제</span>
      </label>
      ${errorText("isEscrow", errors)}
    </div>
  </fieldset>`;
}

/** Shown empty every time: what was typed here is not sent back to any page. */
const cardSection = (errors: ItemPage["errors"]): Markup => html`<fieldset>
  <legend>정기결제 카드</legend>
  <div class="note">
    <p>시험용 카드번호입니다. 유효기간은 <code>2031-12</code>, 생년월일은 <code>820213</code>, 비밀번호는 <code>00</code>을 쓰세요.</p>
    <ul>
      <li><code>4518-4200-0000-0015</code> 승인</li>
      <li><code>4518-4200-0005-0002</code> 카드사 거절(한도초과)</li>
    </ul>
  </div>
  ${textField(
    {
      name: "number",
      label: "카드번호",
      value: "",
      attributes: { inputmode: "numeric", autocomplete: "cc-number", maxlength: "30", required: "true" },
    },
    errors,
  )}
  ${textField(
    {
      name: "expiry",
      label: "유효기간",
      value: "",
      attributes: { autocomplete: "cc-exp", maxlength: "7", placeholder: "2031-12", required: "true" },
      hint: "연도와 월 (예: 2031-12)",
    },
    errors,
  )}
  ${textField(
    {
      name: "birth",
      label: "생년월일 6자리",
      value: "",
      attributes: { inputmode: "numeric", maxlength: "10", autocomplete: "off", required: "true" },
      hint: "법인카드는 사업자등록번호 10자리",
    },
    errors,
  )}
  ${textField(
    {
      name: "passwordDigits",
      label: "카드 비밀번호 앞 2자리",
      value: "",
      attributes: {
        type: "password",
        inputmode: "numeric",
        maxlength: "2",
        autocomplete: "off",
        required: "true",
      },
    },
    errors,
  )}
</fieldset>`;
