// A shop that gives money back: under keys of its own, one after the other or at once, each as often as it loses its
// temper, and asked again until there is a word that stands.
import type { PlannedOrder } from "./planned.ts";
import type { PlannedAsk, PlannedRefund } from "./refund-plan.ts";
import { forAll, type Reply, type Stage } from "./stage.ts";
import type { Answer, Json } from "./world.ts";

const account = { refund_holder: "홍길동", refund_bank: "088", refund_account: "110123456789" };
/** What no log line may carry. */
export const refundSecrets: readonly string[] = [account.refund_account];

const mostTries = 4;

const pathOf = (merchantUid: string): string => `/orders/${merchantUid}/refunds`;

/** Something may have been begun, or has to wait for another refund of the order. */
const hasNoWord = ({ status, json }: Pick<Answer, "status" | "json">): boolean =>
  status === 0 || status === 202 || status >= 500 || json["code"] === "operation_in_flight";

export async function playRefund(stage: Stage, { order, asks, isAtOnce }: PlannedRefund): Promise<void> {
  await forAll(asks, isAtOnce ? asks.length : 1, async (ask) => {
    await Promise.all(Array.from({ length: ask.copies }, () => askRefund(stage, order, ask)));
  });
}

/** The same key as often as a shop would. */
async function askRefund(stage: Stage, order: PlannedOrder<string>, ask: PlannedAsk): Promise<void> {
  let reply = await call(stage, order, ask);
  for (let tries = 1; tries < mostTries && (reply.status === 0 || reply.status >= 500); tries += 1)
    reply = await call(stage, order, ask);
}

function call(
  stage: Stage,
  { merchantUid, payMethod }: PlannedOrder<string>,
  { key, amount }: PlannedAsk,
): Promise<Reply> {
  const body: Json = {
    ...(amount === null ? {} : { amount, reason: "단순 변심" }),
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
