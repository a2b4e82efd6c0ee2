// What the shop asks of the payment backend, through the typed client.
import type { BodyOf, Client, Order } from "../../../lib/client/index.ts";
import { type Item, priceOf } from "./catalogue.ts";
import type { CardForm, OrderForm } from "./order-form.ts";
import { depositDueOf } from "./order-number.ts";

export interface Purchase {
  readonly number: string;
  readonly item: Item;
  readonly form: OrderForm;
  /** Told again by the order, so that the result page knows whose it is. */
  readonly buyer: string;
}

/** The body of `POST /orders`: always the same for the same purchase, so that sending it twice makes one order. */
export function orderOf({ number, item, form, buyer }: Purchase): BodyOf<"orderCreate"> {
  const { amountWon, taxFreeWon } = priceOf(item, form.quantity);
  return {
    merchant_uid: number,
    name: nameOf(item, form.quantity),
    amount: amountWon,
    tax_free: taxFreeWon,
    pay_method: form.method === "easy" ? form.easyPay : form.method,
    buyer_name: form.name,
    buyer_tel: form.phone,
    buyer_email: form.email,
    custom_data: { buyer },
    // The window offers these months, and paying at once in any case.
    ...(form.method === "card" && { display: { card_quota: [form.months] } }),
    // KSNET opens no virtual account without a last day.
    ...(form.method === "vbank" && { vbank_due: depositDueOf(number) }),
    ...(form.isEscrow && { escrow: true }),
  };
}

const nameOf = (item: Item, quantity: number): string =>
  quantity === 1 ? item.name : `${item.name} ${quantity}개`;

/**
 * A subscription without the window: the card becomes a billing key, and the key is charged. The card goes through and
 * is kept nowhere here; from now on the customer's number stands for it.
 */
export async function subscribe(
  pay: Client,
  { number, item, form, buyer }: Purchase,
  card: CardForm,
): Promise<void> {
  const customer_uid = `shop-${buyer}`;
  await pay.doors.POST("/customers/{customer_uid}/billing-key", {
    params: { path: { customer_uid } },
    body: {
      card_number: card.number,
      expiry: card.expiry,
      birth: card.birth,
      pwd_2digit: card.passwordDigits,
      customer_name: form.name,
      customer_tel: form.phone,
      customer_email: form.email,
    },
  });
  const { amountWon, taxFreeWon } = priceOf(item, form.quantity);
  await pay.chargeKey(customer_uid, {
    merchant_uid: number,
    name: nameOf(item, form.quantity),
    amount: amountWon,
    tax_free: taxFreeWon,
    product_type: "real",
    buyer_name: form.name,
    custom_data: JSON.stringify({ buyer }),
  });
}

/** Whether this buyer made it; the address of a page proves nothing. */
export function isOrderOf({ custom_data }: Order, buyer: string): boolean {
  const told = typeof custom_data === "string" ? parse(custom_data) : custom_data;
  return typeof told === "object" && told !== null && "buyer" in told && told.buyer === buyer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not an order of this shop.
    return null;
  }
}
