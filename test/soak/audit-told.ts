// Holds what the shop was told against what happened at PortOne: a yes that did not happen, a last no that did, two last
// words for one key, and a key that never got one. Imports nothing of the product. Pure.
import { auditRefundsTold } from "./audit-told-refunds.ts";
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
  ordersByNumber,
  type Payment,
  type Receipt,
  type Reservation,
  tookMoney,
} from "./world.ts";

interface Facts {
  readonly items: readonly Item[];
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly reservations: readonly Reservation[];
}

export function auditTold(answers: readonly Answer[], facts: Facts): readonly Finding[] {
  const about = (method: string, path: RegExp) =>
    answers.flatMap((answer) => {
      const match = answer.method === method ? path.exec(answer.path) : null;
      return match ? [{ ...answer, name: decodeURIComponent(match[1] ?? "") }] : [];
    });
  const byName = (named: readonly Named[], nameOf: (answer: Named) => string) => [
    ...Map.groupBy(named, nameOf).values(),
  ];
  const charges = [
    ...about("POST", /^\/payments\/onetime$/),
    ...about("POST", /^\/customers\/[^/]+\/payments$/),
  ].map((answer) => ({ ...answer, name: String(answer.sent["merchant_uid"]) }));
  const retried = new Set(about("POST", /\/schedules\/([^/]+)\/retry$/).map(({ name }) => name));
  return [
    ...auditRefundsTold(answers, facts.payments),
    ...byName(charges, ({ name }) => name).flatMap((told) => auditChargeTold(told, retried, facts)),
    ...about("POST", /^\/orders\/([^/]+)\/void$/).flatMap((told) => auditVoidTold(told, facts)),
    ...about("POST", /^\/orders\/([^/]+)\/receipt$/).flatMap((told) => auditReceiptTold(told, facts)),
    ...about("POST", /^(\/orders)$/).flatMap((told) => auditOrderTold(told, facts)),
    ...about("POST", /^(\/payments\/complete)$/).flatMap((told) => auditBuyerTold(told, facts)),
    ...about("DELETE", /^\/customers\/([^/]+)\/schedules/).flatMap((told) => auditRevokedTold(told, facts)),
  ];
}

type Named = Answer & { readonly name: string };

const wrong = ({ name, key }: Named, detail: string): readonly Finding[] => [
  found("told_wrong", name, `${key === null ? "" : `${key}: `}${detail}`),
];

/** Nothing was begun, so that the same may be asked again. */
const isRefusal = ({ status }: Answer): boolean => (status >= 400 && status < 500) || status === 503;
const isYes = ({ status }: Answer): boolean => status === 200 || status === 201;

/** A number that failed may be retried, and paid then. */
function auditChargeTold(
  told: readonly Named[],
  retried: ReadonlySet<string>,
  { payments }: Facts,
): readonly Finding[] {
  const [first] = told;
  if (!first) return [];
  const isPaid = payments.some((payment) => payment.merchant_uid === first.name && tookMoney(payment));
  const isDeclined = told.some(({ status }) => status === 402);
  if (told.some(isYes) && !isPaid) return wrong(first, "told that it was charged, and it was not");
  if (retried.has(first.name)) return [];
  if (told.some(isYes) && isDeclined)
    return wrong(first, "told that it was charged, and that it was declined");
  if (isDeclined && isPaid) return wrong(first, "told that it was declined, and it was charged");
  return told.every(isRefusal) && isPaid ? wrong(first, "told nothing but no, and it was charged") : [];
}

function auditVoidTold(told: Named, { items }: Facts): readonly Finding[] {
  const order = ordersByNumber(items).get(told.name);
  return told.status === 200 && order?.["state"] !== "voided"
    ? wrong(told, `told that it is void, and it is ${order?.["state"]}`)
    : [];
}

function auditReceiptTold(told: Named, { receipts }: Facts): readonly Finding[] {
  const isThere = receipts.some(
    ({ merchant_uid, apply_num }) => merchant_uid === told.name && apply_num === told.json["apply_num"],
  );
  return isYes(told) && !isThere ? wrong(told, "told of a receipt, and there is none") : [];
}

function auditOrderTold(told: Named, { items }: Facts): readonly Finding[] {
  const merchantUid = String(told.sent["merchant_uid"]);
  return isYes(told) && !ordersByNumber(items).has(merchantUid)
    ? wrong({ ...told, name: merchantUid }, "told of an order that does not exist")
    : [];
}

function auditBuyerTold(told: Named, { payments }: Facts): readonly Finding[] {
  const { imp_uid: impUid, merchant_uid: merchantUid } = told.sent;
  const isPaid = payments.some((payment) => payment.imp_uid === impUid && tookMoney(payment));
  const isTold = told.status === 200 && told.json["state"] === "paid";
  return isTold && !isPaid
    ? wrong({ ...told, name: String(merchantUid) }, "the buyer was told that it is paid, and it is not")
    : [];
}

function auditRevokedTold(told: Named, { reservations }: Facts): readonly Finding[] {
  if (told.status !== 200) return [];
  const { schedules = [] } = told.json as {
    readonly schedules?: readonly { readonly merchant_uid: string; readonly schedule_status: string }[];
  };
  const standing = new Map(reservations.map((reservation) => [reservation.merchant_uid, reservation]));
  return (
    schedules
      .filter(({ schedule_status: status }) => status === "revoked")
      // PortOne may have refused it before: then nothing stands to be revoked.
      .filter(({ merchant_uid }) => (standing.get(merchant_uid)?.schedule_status ?? "revoked") !== "revoked")
      .flatMap(({ merchant_uid }) =>
        wrong({ ...told, name: merchant_uid }, "told that it is revoked, and it is not"),
      )
  );
}
