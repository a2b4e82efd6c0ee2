// Random lives of one order: what confirm, PortOne's records, the clock and the merchant may do to it, in
// any order, for properties that must hold whatever happens. Decides nothing itself.
import fc from "fast-check";
import { decideConfirmation, decideOnAnswer } from "../../lib/domain/confirmation.ts";
import type { Look } from "../../lib/domain/look.ts";
import type { Order } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import { account, cancelEntry, createdAtMs, holds, minuteMs, paymentRecord, policy, won } from "./orders.ts";

export type Step =
  | { readonly kind: "confirm" | "release"; readonly impUid: string; readonly afterMs: number }
  | { readonly kind: "void"; readonly afterMs: number }
  | {
      readonly kind: "look";
      readonly records: readonly PaymentRecord[];
      readonly isComplete: boolean;
      readonly afterMs: number;
    };

/** Eleven attempts are more than an order may keep. */
const impUid = fc.integer({ min: 0, max: 10 }).map((number) => `imp_${number}`);
const afterMs = fc.constantFrom(0, 1_000, 4 * minuteMs, 11 * minuteMs, 40 * minuteMs, 5_760 * minuteMs);
const cancels = fc.subarray([20_000, 9_000, 80_000]).map((amounts) => amounts.map(cancelOf));
const cancelOf = (amount: number) => cancelEntry(`c-${amount}`, amount);

const record: fc.Arbitrary<PaymentRecord> = fc
  .record({
    impUid,
    status: fc.constantFrom("ready", "paid", "paid", "failed", "cancelled", "unrecognised"),
    cancels,
    amount: fc.constantFrom(109_000, 109_000, 109_000, 100),
    sandbox: fc.constantFrom(false, false, false, true),
    hasAccount: fc.boolean(),
    paidAtMs: fc.constantFrom(createdAtMs + minuteMs, createdAtMs + 2 * minuteMs),
  })
  .map(({ hasAccount, amount, paidAtMs, ...drawn }) => {
    const tookMoney = drawn.status === "paid" || (drawn.status === "cancelled" && drawn.cancels.length > 0);
    const held = tookMoney ? drawn.cancels : [];
    return paymentRecord({
      ...drawn,
      amount: won(amount),
      cancels: held,
      cancelAmount: won(held.reduce((total, cancel) => total + cancel.amount, 0)),
      paidAtMs: tookMoney ? paidAtMs : null,
      account: hasAccount && drawn.status === "ready" ? account : null,
    });
  });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("confirm" as const), impUid, afterMs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), impUid, afterMs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("void" as const), afterMs }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("look" as const),
      records: fc.uniqueArray(record, { maxLength: 3, selector: (drawn) => drawn.impUid }),
      isComplete: fc.boolean(),
      afterMs,
    }),
  },
);

export const lives = fc.array(step, { maxLength: 25 });

/** The order after one step; `look` is what it was synced by, if it was. */
export function take(order: Order, done: Step, nowMs: number): { order: Order; look: Look | null } {
  if (done.kind === "look") {
    const look: Look = { records: done.records, isComplete: done.isComplete, atMs: nowMs, by: "sweep" };
    return { order: decideSync(order, look, policy), look };
  }
  if (done.kind === "void")
    return { order: decideVoid(order, { by: "merchant", atMs: nowMs }) ?? order, look: null };
  const asked = { impUid: done.impUid, amount: order.amount };
  if (done.kind === "confirm") {
    const confirmation = decideConfirmation(order, asked, nowMs, holds);
    return { order: confirmation.decision === "approve" ? confirmation.order : order, look: null };
  }
  const isHeld = order.attempts.some((held) => held.impUid === done.impUid && held.state === "approved");
  if (!isHeld) return { order, look: null };
  // Another attempt asks about it, and PortOne says that it failed, or knows no such payment.
  const record = nowMs % 2 === 0 ? paymentRecord({ ...done, status: "failed", paidAtMs: null }) : null;
  const request = { ...asked, impUid: `${done.impUid}-next` };
  const decided = decideOnAnswer(order, { request, impUid: done.impUid, record }, nowMs, holds);
  return { order: "order" in decided && decided.order ? decided.order : order, look: null };
}
