// Holds the alarms in the log against the orders: each tells of something that is so, and whatever needs a person has
// one. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  type Alarm,
  attemptsOf,
  numberOf,
  ordersByNumber,
  ordersIn,
  reasonsOf,
  refundsIn,
  text,
} from "./world.ts";

/** The functions' own lines; whatever else is in the log is none. */
export function alarmsIn(logLines: readonly string[]): readonly Alarm[] {
  return logLines
    .filter((line) => line.includes('"event":"alarm"'))
    .map((line) => JSON.parse(line) as Alarm & { readonly event: string })
    .map(({ code, merchant_uid }) => ({ code, merchant_uid }));
}

const givingBack = "give_back";

export function auditAlarms(items: readonly Item[], alarms: readonly Alarm[]): readonly Finding[] {
  const orders = ordersByNumber(items);
  const raised = new Set(alarms.map(({ code, merchant_uid }) => `${code} ${merchant_uid}`));
  const needs = ordersIn(items).flatMap((order) =>
    codesNeeded(order, refundsIn(items))
      .filter((code) => !raised.has(`${code} ${numberOf(order)}`))
      .map((code) => found("alarm_missing", numberOf(order), `nobody was told of ${code}`)),
  );
  const unexplained = alarms
    .filter(({ code, merchant_uid }) => !isExplained(code, orders.get(merchant_uid)))
    .map(({ code, merchant_uid }) => found("alarm_unexplained", merchant_uid, `told of ${code}`));
  return [...needs, ...unexplained];
}

/** A payment of the test channel is nobody's trouble while the order waits for a live one. */
function codesNeeded(order: Item, refunds: readonly Item[]): readonly string[] {
  const mark = text(order["review_reason"]);
  const isQuiet = mark === "" || (mark === "sandbox_payment" && order["imp_uid"] === undefined);
  return [...(isQuiet ? [] : [mark]), ...(wentBack(order, refunds) ? [givingBack] : [])];
}

/** Money goes or went back that nobody had asked for. */
const wentBack = (order: Item, refunds: readonly Item[]): boolean =>
  attemptsOf(order).some(({ give_back }) => give_back === "wanted") ||
  refunds.some((refund) => refund["merchant_uid"] === numberOf(order) && refund["origin"] === "automatic");

/** One that may have landed is told as well, so that what it tells of must only be so in the end. */
function isExplained(code: string, order: Item | undefined): boolean {
  if (!order) return false;
  if (code === givingBack)
    return attemptsOf(order).some(
      ({ imp_uid, state, give_back }) =>
        imp_uid !== order["imp_uid"] && (state === "paid" || state === "given_back" || give_back !== ""),
    );
  return order["review_reason"] === code || reasonsOf(order).some((reason) => reason.startsWith(code));
}
