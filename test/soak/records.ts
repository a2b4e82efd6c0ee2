// What a soak looks at between its steps: the table at rest, PortOne's records, and records changed unseen.
import type { Reservation } from "./audit-reservations.ts";
import type { Payment } from "./auditor.ts";
import type { Stage } from "./stage.ts";
import { type Item, readTable } from "./table.ts";

export const readItems = ({ stack }: Stage): Promise<readonly Item[]> =>
  readTable(stack.dynamodbUrl, stack.table);

export async function readPayments(stage: Stage): Promise<readonly Payment[]> {
  const { payments } = (await stage.control("GET", "/state")) as { payments: readonly Payment[] };
  return payments;
}

export async function readReservations(stage: Stage): Promise<readonly Reservation[]> {
  const { schedules } = (await stage.control("GET", "/state")) as { schedules: readonly Reservation[] };
  return schedules;
}

/** Nothing is due any more. */
export const isAtRest = async (stage: Stage): Promise<boolean> =>
  (await readItems(stage)).every((item) => item["due_at"] === undefined);

/** Cancels whole payments of that many orders, and nobody tells the shop. */
export async function plantDifferences(stage: Stage, count: number): Promise<void> {
  if (count === 0) return;
  await stage.control("POST", "/faults", { name: "notice_never", call: "notice", count: 1_000_000 });
  const whole = (await readPayments(stage)).filter(
    ({ status, cancel_amount }) => status === "paid" && cancel_amount === 0,
  );
  const orders = new Map(whole.map((payment) => [payment.merchant_uid, payment.imp_uid]));
  for (const impUid of [...orders.values()].slice(0, count))
    await stage.control("POST", `/payments/${impUid}/cancel`, {});
}

/** Deviations from the OpenAPI document that the simulator saw. */
export async function countViolations(stage: Stage): Promise<number> {
  const { violations } = (await stage.control("GET", "/violations")) as { violations: readonly unknown[] };
  return violations.length;
}

/** Log lines that carry one of these. */
export const countLeaks = ({ stack }: Stage, secrets: readonly string[]): number =>
  stack.logLines().filter((line) => secrets.some((secret) => line.includes(secret))).length;
