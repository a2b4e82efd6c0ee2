// Money that an attempt holds now, and money of which nobody can say how much it is.
import { type Money, sum } from "./money.ts";
import { type Attempt, holdsMoney, remainingOfAttempt } from "./order.ts";

/** Nothing of it is counted, and nothing given back, until somebody can read how much it is. */
export const unreadAmount: Money = sum([]);
export const isUnread = ({ state, amount }: Pick<Attempt, "state" | "amount">): boolean =>
  state === "paid" && amount === unreadAmount;

/** A buyer's money is in it now, however much. */
export const holdsMoneyNow = (attempt: Attempt): boolean =>
  isUnread(attempt) || (holdsMoney(attempt) && remainingOfAttempt(attempt) > 0);
