// A shop that gives money back: under keys of its own, one after the other or at once, each as often as it loses its
// temper, and asked again until there is a word that stands.
import type { PlannedOrder } from "./planned.ts";
import { isAtRest } from "./records.ts";
import type { PlannedAsk, PlannedRefund } from "./refund-plan.ts";
import { forAll, type Reply, type Stage } from "./stage.ts";
import { passToNoon, sweepUntilAtRest } from "./weather.ts";
import type { Answer, Json } from "./world.ts";

const usualAccount = { refund_holder: "홍길동", refund_bank: "088", refund_account: "110123456789" };
/** What no log line may carry. */
export const refundSecrets: readonly string[] = [usualAccount.refund_account];

const mostTries = 4;

export const pathOf = (merchantUid: string): string => `/orders/${merchantUid}/refunds`;

/** Something may have been begun, or has to wait for another refund of the order. */
export const hasNoWord = ({ status, json }: Pick<Answer, "status" | "json">): boolean =>
  status === 0 || status === 202 || status >= 500 || json["code"] === "operation_in_flight";

export async function playRefund(stage: Stage, { order, asks, isAtOnce }: PlannedRefund): Promise<void> {
  await forAll(asks, isAtOnce ? asks.length : 1, async (ask) => {
    await askAtOnce(stage, order, ask);
  });
}

export async function askAtOnce(stage: Stage, order: PlannedOrder<string>, ask: PlannedAsk): Promise<void> {
  await Promise.all(Array.from({ length: ask.copies }, () => askRefund(stage, order, ask)));
}

/** The same key as often as a shop would. */
const askRefund = (stage: Stage, order: PlannedOrder<string>, ask: PlannedAsk): Promise<Reply> =>
  untilHeard(() => call(stage, order, ask));

export async function untilHeard(call: () => Promise<Reply>): Promise<Reply> {
  let reply = await call();
  for (let tries = 1; tries < mostTries && (reply.status === 0 || reply.status >= 500); tries += 1)
    reply = await call();
  return reply;
}

function call(
  stage: Stage,
  { merchantUid, payMethod }: PlannedOrder<string>,
  { key, amount, taxFree, account = usualAccount }: PlannedAsk,
): Promise<Reply> {
  const body: Json = {
    ...(amount === null ? {} : { amount, reason: "단순 변심" }),
    ...(taxFree === undefined ? {} : { tax_free: taxFree }),
    ...(payMethod === "vbank" ? account : {}),
  };
  return stage.merchant("POST", pathOf(merchantUid), body, { "idempotency-key": key });
}

/** Asks on, one key of an order after the other, wherever no word stands yet; whether any was asked. */
export async function askOn(
  stage: Stage,
  refunds: readonly PlannedRefund[],
  atOnce: number,
): Promise<boolean> {
  const last = new Map(stage.answers.map((answer) => [`${answer.path} ${answer.key}`, answer]));
  const open = refunds.flatMap(({ order, asks }) => {
    const left = asks.filter(({ key }) => {
      const answer = last.get(`${pathOf(order.merchantUid)} ${key}`);
      return answer !== undefined && hasNoWord(answer);
    });
    return left.length === 0
      ? []
      : [{ order, asks: left.map((ask) => ({ ...ask, copies: 1 })), isAtOnce: false }];
  });
  await forAll(open, atOnce, (refund) => playRefund(stage, refund));
  return open.length > 0;
}

const mostRounds = 3;

/** Shops ask on under the same keys, each noon, until each has a word that stands. */
export async function finishRefunds(
  stage: Stage,
  refunds: readonly PlannedRefund[],
  atOnce: number,
): Promise<number> {
  let virtualMs = 0;
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    virtualMs += await passToNoon(stage);
    if (!(await askOn(stage, refunds, atOnce))) break;
    virtualMs += await sweepUntilAtRest(stage, () => isAtRest(stage));
  }
  return virtualMs;
}
