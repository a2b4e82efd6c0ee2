// A shop that changes its mind about a reserved charge: moved, moved twice at once, revoked, taken back; and one that
// failed, retried on another card. Asked as often as the charge was, and again where no word came.
import type { PlannedDebt, SoakCard } from "./billing-plan.ts";
import type { Reply, Stage } from "./stage.ts";
import type { Json } from "./world.ts";

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

type Ask = () => Promise<Reply>;

/** So many full quarters of an hour from now: all copies of one request name the same time. */
export async function quartersAhead(stage: Stage, count: number): Promise<string> {
  const { now } = (await stage.local("GET", "/clock")) as { now: string };
  return new Date((Math.floor(Date.parse(now) / quarterMs) + count) * quarterMs).toISOString();
}

const hasNoWord = ({ status }: Reply): boolean => status === 0 || status === 202 || status >= 500;

async function insist(asks: readonly Ask[], keep: (reply: Reply) => void): Promise<void> {
  const replies = await Promise.all(asks.map((ask) => ask()));
  for (const reply of replies) keep(reply);
  const [first] = asks;
  if (first && replies.every(hasNoWord)) keep(await first());
}

const times = (count: number, ask: Ask): readonly Ask[] => Array.from({ length: count }, () => ask);

export async function changeMind(
  stage: Stage,
  { debt, change, copies }: PlannedDebt,
  merchantUid: string,
  keep: (reply: Reply) => void,
): Promise<void> {
  const path = `/customers/${debt}/schedules`;
  const move = (schedule_at: string) => () =>
    stage.merchant("PUT", `${path}/${merchantUid}`, { schedule_at });
  switch (change) {
    case "none":
      return;
    case "move":
      return insist(times(copies, move(await quartersAhead(stage, 4))), keep);
    case "move_twice":
      return insist([move(await quartersAhead(stage, 3)), move(await quartersAhead(stage, 5))], keep);
    case "revoke":
      return insist(
        times(copies, () => stage.merchant("DELETE", `${path}?merchant_uid=${merchantUid}`)),
        keep,
      );
    case "void":
      return insist(
        times(copies, () => stage.merchant("POST", `/orders/${merchantUid}/void`, {})),
        keep,
      );
  }
}

/** The customer's next card, and the charge that failed once more under its own number. */
export async function retryOn(
  stage: Stage,
  { debt, copies }: PlannedDebt,
  [merchantUid, card]: readonly [string, SoakCard],
  keep: (reply: Reply) => void,
): Promise<void> {
  const body: Json = { ...card };
  await insist([() => stage.merchant("POST", `/customers/${debt}/billing-key`, body)], keep);
  const path = `/customers/${debt}/schedules/${merchantUid}/retry`;
  await insist(
    times(copies, () => stage.merchant("POST", path, {})),
    keep,
  );
}
