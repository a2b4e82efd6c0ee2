// What a soak looks at between its steps: the table at rest, PortOne's records, and records changed unseen.
import { alarmsIn } from "./audit-alarms.ts";
import type { Stage } from "./stage.ts";
import { type Item, readTable } from "./table.ts";
import {
  type LargestWrite,
  ordersIn,
  type Payment,
  type Receipt,
  type Reservation,
  remaining,
  tookMoney,
  type World,
} from "./world.ts";

/** The table as it stands; how large its orders are is kept. */
export async function readItems({ stack, largest }: Stage): Promise<readonly Item[]> {
  const stored = await readTable(stack.dynamodbUrl, stack.table);
  const orders = new Set(ordersIn(stored.map(({ item }) => item)));
  largest.see(stored.filter(({ item }) => orders.has(item)));
  return stored.map(({ item }) => item);
}

interface ProviderState {
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly external_receipts: readonly Receipt[];
  readonly schedules: readonly Reservation[];
}

export const readProvider = async (stage: Stage): Promise<ProviderState> =>
  (await stage.control("GET", "/state")) as unknown as ProviderState;

/** All there is to look at. */
export async function readWorld(stage: Stage): Promise<World> {
  const items = await readItems(stage);
  const state = await readProvider(stage);
  const { payments, receipts, external_receipts: externalReceipts, schedules: reservations } = state;
  const { dynamodb } = (await stage.local("GET", "/calls")) as {
    readonly dynamodb: { readonly largest_writes: { readonly order?: LargestWrite } };
  };
  return {
    nowMs: await nowMs(stage),
    items,
    payments,
    receipts,
    externalReceipts,
    reservations,
    answers: stage.answers,
    nights: stage.nights,
    alarms: alarmsIn(stage.stack.logLines()),
    largest: stage.largest.all,
    largestWrite: dynamodb.largest_writes.order ?? null,
  };
}

export const nowMs = async (stage: Stage): Promise<number> =>
  Date.parse(String((await stage.local("GET", "/clock"))["now"]));

const longMs = 30 * 24 * 3_600_000;

/** Nothing is due for a long time but accounts that a buyer may still pay into. */
export async function isAtRest(stage: Stage): Promise<boolean> {
  const untilMs = (await nowMs(stage)) + longMs;
  return (await readItems(stage)).every(({ due_at: due }) => typeof due !== "number" || due > untilMs);
}

/** Neither waits for the right month nor for an account to go back to. */
const isCancelledAnyTime = ({ pay_method: method }: Payment): boolean =>
  method !== "phone" && method !== "vbank";

/** Cancels what is left of that many orders, and nobody tells the shop. */
export async function plantDifferences(stage: Stage, count: number): Promise<void> {
  if (count === 0) return;
  await stage.control("POST", "/faults", { name: "notice_never", call: "notice", count: 1_000_000 });
  const held = (await readProvider(stage)).payments.filter(
    (payment) => tookMoney(payment) && remaining(payment) > 0 && isCancelledAnyTime(payment),
  );
  const orders = new Map(held.map((payment) => [payment.merchant_uid, payment.imp_uid]));
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
