// What the description declares and no test has seen at the door it is declared for, with the reason; and what is wrong
// with that list.
import { allCodesOf, type Description } from "./description.ts";
import { pairOf } from "./seen-codes.ts";

interface Unseen {
  readonly why: string;
  /** By the door's operationId; "any" for all. */
  readonly doors: readonly string[] | "any";
}

export const unseenCodes: Readonly<Record<string, Unseen>> = {
  internal: { why: "a mistake of ours: whoever knew where would mend it", doors: "any" },
  order_busy: {
    why: "needs others to write first, again and again: shown of each use case in process",
    doors: "any",
  },
  storage_unavailable: {
    why: "uses no table, and says so only where its secrets cannot be read; a redirect tells it as pending",
    doors: ["billingIssueKey", "billingGetKey", "billingSchedules", "paymentsRedirect"],
  },
  provider_refused: {
    why: "PortOne's no to a call that our own rules have let through: shown of each use case in process",
    doors: [
      "orderVoid",
      "receiptCancel",
      "receiptIssueExternal",
      "receiptCancelExternal",
      "billingOnetime",
      "billingIssueKey",
      "billingDeleteKey",
      "billingIssueVbank",
      "billingRevokeVbank",
      "billingUnschedule",
      "billingReschedule",
      "deliveryRegister",
      "deliveryUpdate",
    ],
  },
  provider_unavailable: {
    why: "PortOne away at a door that needs a receipt, a parcel, a reservation or a mark first",
    doors: [
      "orderResolve",
      "receiptCancel",
      "receiptCancelExternal",
      "billingOnetime",
      "billingReschedule",
      "billingRetry",
      "deliveryRegister",
      "deliveryGet",
      "deliveryUpdate",
    ],
  },
  operation_in_flight: {
    why: "another request under the same number while one is in doubt",
    doors: ["receiptCancelExternal", "billingCharge", "billingOnetime", "billingRetry"],
  },
  order_not_payable: {
    why: "an order of another state under the same number",
    doors: ["billingOnetime", "billingIssueVbank", "billingRetry"],
  },
  order_exists: { why: "another body under the same number", doors: ["billingCharge", "billingRetry"] },
  order_not_found: {
    why: "the charge's own result has it; that it can end so at these doors is not shown",
    doors: ["billingCharge", "billingOnetime"],
  },
  billing_key_not_found: {
    why: "a key that is gone between two calls",
    doors: ["billingOnetime", "billingRetry"],
  },
  delivery_not_found: { why: "a change of a parcel nobody registered", doors: ["deliveryUpdate"] },
  ...Object.fromEntries(
    [
      "escrow_not_confirmed",
      "partial_refund_limit_reached",
      "phone_partial_refund_unsupported",
      "phone_refund_month_over",
      "refund_window_closed",
      "vbank_refund_not_contracted",
    ].map((code) => [
      code,
      { why: "a rule of refunds, asked of an operator's give-back as of any", doors: ["orderResolve"] },
    ]),
  ),
};

/** Declared pairs neither seen nor listed, and listed ones that are seen or not declared. */
export function findCodeDifferences(
  description: Description,
  seen: ReadonlySet<string>,
  listed: Readonly<Record<string, Unseen>> = unseenCodes,
): readonly string[] {
  const declared = allCodesOf(description);
  const pairs = new Set(declared.map(({ operationId, code }) => pairOf(operationId, code)));
  const excused = ({ operationId, code }: (typeof declared)[number]) =>
    listed[code]?.doors === "any" || listed[code]?.doors.includes(operationId);
  const missing = declared
    .filter((pair) => !seen.has(pairOf(pair.operationId, pair.code)) && !excused(pair))
    .map(({ operationId, code }) => `${operationId} is never seen to answer ${code}`);
  const idle = Object.entries(listed).flatMap(([code, { doors }]) =>
    (doors === "any" ? [] : doors)
      .filter((door) => seen.has(pairOf(door, code)) || !pairs.has(pairOf(door, code)))
      .map((door) => `${door} ${code} need not be listed`),
  );
  return [...missing, ...idle];
}
