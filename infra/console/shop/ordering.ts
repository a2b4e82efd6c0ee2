// The order button: asks the backend once, and says what comes next, whatever the answer is.
import { type Client, ProblemError } from "../../../lib/client/index.ts";
import type { Checkouts } from "./checkouts.ts";
import type { CardForm } from "./order-form.ts";
import { isOrderOf, orderOf, type Purchase, subscribe } from "./place-order.ts";
import { readOrder } from "./read-order.ts";
import { describeFailure, type Refusal } from "./words.ts";

/** The form is shown again, with its number or with a new one. */
export interface Refused {
  readonly status: number;
  readonly refusal: Refusal;
  readonly needsNewNumber: boolean;
}
export type Placed = { readonly nextPage: string } | Refused;

export interface OrderingPorts {
  readonly pay: Client;
  readonly checkouts: Checkouts;
}

/** `card` is null for what is paid in the window. */
export async function placeOrder(
  purchase: Purchase,
  card: CardForm | null,
  { pay, checkouts }: OrderingPorts,
): Promise<Placed> {
  const { number, buyer } = purchase;
  try {
    if (card !== null) {
      await subscribe(pay, purchase, card);
      return { nextPage: resultOf(number) };
    }
    checkouts.keep(buyer, await pay.createOrder(orderOf(purchase)));
    return { nextPage: `/orders/${number}/pay` };
  } catch (error) {
    const code = error instanceof ProblemError ? error.code : null;
    if (code === "order_exists") return replaceOrder(pay, purchase);
    // The number of a declined charge is used up. Every other refusal made nothing, and an unknown outcome must not get
    // a new number: that would be a second order.
    const needsNewNumber = code === "card_declined";
    const status = error instanceof ProblemError ? 422 : 503;
    return { status, refusal: describeFailure(error), needsNewNumber };
  }
}

export const resultOf = (number: string): string => `/result?merchant_uid=${encodeURIComponent(number)}`;

/** The buyer went back and changed something: the order from before must not be paid as well. */
async function replaceOrder(pay: Client, purchase: Purchase): Promise<Placed> {
  const isFree = await withdraw(pay, purchase);
  if (!isFree) return { nextPage: resultOf(purchase.number) };
  return formAnew("주문 내용이 바뀌어 주문서를 새로 준비했습니다. 확인하고 다시 눌러 주세요.");
}

export const formAnew = (text: string): Refused => ({
  status: 409,
  refusal: { errors: [{ field: null, text }], forEngineer: null },
  needsNewNumber: true,
});

/** False when the order from before may be paid, or when nobody can tell. */
async function withdraw(pay: Client, { number, buyer }: Purchase): Promise<boolean> {
  const before = await readOrder(pay, number);
  if (before === null) return false;
  // The same letters were drawn for somebody else's order, which is none of this buyer's.
  if (!isOrderOf(before, buyer)) return true;
  if (before.state === "voided" || before.state === "expired") return true;
  if (before.state !== "created" && before.state !== "failed") return false;
  return pay.doors.POST("/orders/{merchant_uid}/void", { params: { path: { merchant_uid: number } } }).then(
    () => true,
    // It is being paid, or nobody knows: the result page tells.
    () => false,
  );
}
