// The order form as it comes from a browser: everything in it is checked here, and what it says of prices is not read.
import type { Item } from "./catalogue.ts";
import { mostOfOne } from "./catalogue.ts";

export const payMethods = {
  card: "신용·체크카드",
  easy: "간편결제",
  trans: "계좌이체",
  vbank: "가상계좌",
  phone: "휴대폰",
  key: "정기결제(카드 등록)",
} as const;
export type PayMethod = keyof typeof payMethods;

/** KSNET's easy pays by the name that `pay_method` wants. */
export const easyPays = {
  kakaopay: "카카오페이",
  naverpay: "네이버페이",
  payco: "페이코",
  lpay: "L.pay",
  ssgpay: "SSG페이",
} as const;
export type EasyPay = keyof typeof easyPays;

export const monthsOffered = [0, 2, 3, 6, 12] as const;

export interface OrderForm {
  readonly quantity: number;
  readonly method: PayMethod;
  readonly easyPay: EasyPay;
  /** 0 is paying at once. */
  readonly months: number;
  readonly isEscrow: boolean;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

/** Goes to the backend and nowhere else: not into a page, a log, or the shop's own data. */
export interface CardForm {
  readonly number: string;
  /** `2031-12` */
  readonly expiry: string;
  readonly birth: string;
  readonly passwordDigits: string;
}

export type FieldName = keyof OrderForm | keyof CardForm;

export interface FieldError {
  /** Null where it is about the order as a whole. */
  readonly field: FieldName | null;
  readonly text: string;
}

export type Fields = Readonly<Record<string, string>>;

export interface FormReading {
  /** Usable when there are no errors; otherwise what the form is shown with again. */
  readonly form: OrderForm;
  readonly errors: readonly FieldError[];
}

export const emptyForm = (item: Item): OrderForm => ({
  quantity: 1,
  method: item.isSubscription ? "key" : "card",
  easyPay: "kakaopay",
  months: 0,
  isEscrow: false,
  name: "",
  phone: "",
  email: "",
});

/** What can be chosen for this item: a subscription is paid by its registered card only. */
export const methodsFor = ({ isSubscription }: Item): readonly PayMethod[] =>
  isSubscription ? ["key"] : ["card", "easy", "trans", "vbank", "phone"];

const mostNameCharacters = 16;

export function readOrderForm(fields: Fields, item: Item): FormReading {
  const errors: FieldError[] = [];
  const check = (isRight: boolean, field: FieldName, text: string): void => {
    if (!isRight) errors.push({ field, text });
  };
  const given = (name: string): string => (fields[name] ?? "").trim();

  const quantity = Number(given("quantity"));
  const isCountable = /^\d{1,2}$/.test(given("quantity")) && quantity >= 1 && quantity <= mostOfOne;
  check(isCountable, "quantity", `수량은 1개부터 ${mostOfOne}개까지 고를 수 있습니다.`);

  const method = methodsFor(item).find((known) => known === given("method"));
  check(method !== undefined, "method", "결제수단을 골라 주세요.");
  const easyPay = isEasyPay(given("easyPay")) ? (given("easyPay") as EasyPay) : undefined;
  check(method !== "easy" || easyPay !== undefined, "easyPay", "간편결제를 골라 주세요.");
  const months = monthsOffered.find((known) => String(known) === given("months"));
  check(method !== "card" || months !== undefined, "months", "할부 개월을 골라 주세요.");

  const name = given("name");
  check(name !== "", "name", "받는 분의 이름을 입력해 주세요.");
  check([...name].length <= mostNameCharacters, "name", `이름은 ${mostNameCharacters}자까지 쓸 수 있습니다.`);
  const phone = given("phone");
  check(
    /^01[016789]-?\d{3,4}-?\d{4}$/.test(phone),
    "phone",
    "휴대폰 번호를 010-1234-5678처럼 입력해 주세요.",
  );
  const email = given("email");
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 64;
  check(isEmail, "email", "이메일을 hong@example.com처럼 입력해 주세요.");

  const usual = emptyForm(item);
  return {
    form: {
      quantity: isCountable ? quantity : usual.quantity,
      method: method ?? usual.method,
      easyPay: easyPay ?? usual.easyPay,
      months: months ?? usual.months,
      // Offered beside these two only; a tick left over from another choice says nothing.
      isEscrow: given("isEscrow") !== "" && (method === "trans" || method === "vbank"),
      name,
      phone,
      email,
    },
    errors,
  };
}

const isEasyPay = (name: string): boolean => Object.hasOwn(easyPays, name);

export interface CardReading {
  readonly card: CardForm;
  readonly errors: readonly FieldError[];
}

/** Its form only: whether it is a card is the backend's to say. */
export function readCardForm(fields: Fields): CardReading {
  const errors: FieldError[] = [];
  const read = (field: keyof CardForm, form: RegExp, text: string): string => {
    const value = (fields[field] ?? "").trim();
    if (!form.test(value)) errors.push({ field, text });
    return value;
  };
  const card = {
    number: read("number", /^[\d -]{13,30}$/, "카드번호를 숫자로 입력해 주세요."),
    expiry: read("expiry", /^20\d{2}-\d{2}$/, "유효기간을 2031-12처럼 연도와 월로 입력해 주세요."),
    birth: read(
      "birth",
      /^(\d{6}|\d{10})$/,
      "생년월일 6자리를 입력해 주세요. 법인카드는 사업자등록번호 10자리입니다.",
    ),
    passwordDigits: read("passwordDigits", /^\d{2}$/, "카드 비밀번호 앞 2자리를 입력해 주세요."),
  };
  return { card, errors };
}
