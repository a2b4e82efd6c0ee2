// Holds the table against PortOne's state, order by order. Pure: everything it judges by is handed in.
import {
  type AuditedOrder,
  type AuditPlan,
  type Case,
  type Finding,
  isOrder,
  isRefund,
  type OrderItem,
  type PlainItem,
  type ProviderPayment,
  type ProviderState,
  readOrder,
} from "./facts.ts";
import { checkHistory } from "./history.ts";
import { checkKeys, checkTags } from "./keys.ts";
import { checkMoney } from "./money.ts";
import { checkRecord } from "./record.ts";
import { checkRest } from "./rest.ts";

const checks: readonly ((order: Case) => readonly Finding[])[] = [
  checkMoney,
  checkRecord,
  checkKeys,
  checkRest,
  checkHistory,
];

/** Everything that is not as it must be; nothing for a right run. */
export function audit(
  items: readonly PlainItem[],
  state: ProviderState,
  plan: AuditPlan,
): readonly Finding[] {
  const stored = new Map(items.filter(isOrder).map(readOrder).map((item) => [item.merchantUid, item]));
  const planned = new Map(plan.orders.map((order) => [order.merchantUid, order]));
  const payments = Map.groupBy(state.payments.filter(tookMoney), (payment) => payment.merchant_uid);
  const refunds = Map.groupBy(items.filter(isRefund), (item) => String(item["merchant_uid"]));
  const isOurs = ({ sandbox, pg_id }: ProviderPayment) => !sandbox && pg_id === plan.mid;
  const judge = (order: AuditedOrder, item: OrderItem): readonly Finding[] => {
    const { merchantUid } = order;
    const taken = (payments.get(merchantUid) ?? [])
      .filter(isOurs)
      .toSorted((one, other) => one.paid_at - other.paid_at);
    const facts = { plan: order, item, taken, refunds: refunds.get(merchantUid) ?? [] };
    return checks.flatMap((check) => check(facts));
  };
  return [
    ...plan.orders.flatMap((order) => {
      const item = stored.get(order.merchantUid);
      return item ? judge(order, item) : [missing(order.merchantUid)];
    }),
    ...strangers([...stored.keys(), ...payments.keys()], planned),
    ...checkTags(state, plan, items),
    ...checkTotal(state),
  ];
}

const tookMoney = ({ paid_at }: ProviderPayment): boolean => paid_at > 0;

const missing = (merchantUid: string): Finding => ({
  kind: "differs",
  merchantUid,
  what: "is not in the table",
});

const strangers = (names: readonly string[], planned: ReadonlyMap<string, unknown>): readonly Finding[] =>
  [...new Set(names)]
    .filter((merchantUid) => !planned.has(merchantUid))
    .map((merchantUid) => ({ kind: "lost", merchantUid, what: "nobody planned it" }));

function checkTotal({ payments }: ProviderState): readonly Finding[] {
  const taken = payments.filter(tookMoney);
  // A cent counts as a won here: both sides of the comparison are the same currencies.
  const paid = taken.reduce((sum, { amount }) => sum + amount, 0);
  const refunded = taken.reduce((sum, { cancel_amount }) => sum + cancel_amount, 0);
  return refunded > paid
    ? [{ kind: "over_refunded", merchantUid: "*", what: `${refunded} refunded of ${paid} in all` }]
    : [];
}
