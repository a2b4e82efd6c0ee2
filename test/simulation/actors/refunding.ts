// The ways shops refund: one key twice at once, two keys at once, part by part until nothing is left, and again after
// an answer that did not come.
import type { Stage } from "../stage.ts";
import { refund } from "./merchants.ts";

export type RefundHabit = "once" | "twins" | "two_keys" | "until_empty" | "believes_503";
export const refundHabits: readonly RefundHabit[] = [
  "once",
  "twins",
  "two_keys",
  "until_empty",
  "believes_503",
];

const minuteS = 60;

export async function refundBy(
  stage: Stage,
  habit: RefundHabit,
  merchantUid: string,
  amount: number,
): Promise<void> {
  const key = stage.newName("key");
  const part = stage.chance(0.4) ? null : Math.max(1, Math.floor(amount * (0.1 + 0.5 * stage.dice.next())));
  // Shops quote what they were told before, tags and all.
  const quoted = stage.chance(0.2) ? stage.told.lastTag(merchantUid) : null;
  const asked = { merchantUid, key, amount: part, ...(quoted && { reason: `${quoted} 재요청` }) };
  switch (habit) {
    case "once":
      stage.act("refund", () => `${part ?? "all"} of ${merchantUid} under ${key}`);
      await insist(stage, asked, await refund(stage, asked));
      return;
    case "believes_503":
      stage.act("refund", () => `${part ?? "all"} of ${merchantUid} under ${key}`);
      if ((await refund(stage, asked)) === 503 && stage.chance(0.4))
        await refund(stage, { ...asked, key: stage.newName("key") });
      return;
    case "twins": {
      stage.act("refund_same_key_at_once", () => `${part ?? "all"} of ${merchantUid} under ${key}`);
      const first = refund(stage, asked);
      await stage.sleep(stage.between(0, 0.2));
      const second = await refund(stage, asked);
      await first;
      await insist(stage, asked, second);
      return;
    }
    case "two_keys": {
      stage.act(
        "refund_two_keys_at_once",
        () => `${part ?? "all"} of ${merchantUid} under ${key} and another`,
      );
      const other = { ...asked, key: stage.newName("key") };
      const first = refund(stage, asked);
      await stage.sleep(stage.between(0, 0.2));
      const second = await refund(stage, other);
      await insist(stage, asked, await first);
      await insist(stage, other, second);
      return;
    }
    case "until_empty":
      for (let time = 0; time < 5; time += 1) {
        stage.act("refund_until_empty", () => `of ${merchantUid}`);
        const next = {
          merchantUid,
          key: stage.newName("key"),
          amount: time === 4 ? null : Math.floor(amount / 4),
        };
        await insist(stage, next, await refund(stage, next));
        await stage.sleep(stage.between(0, 30));
      }
      return;
  }
}

/** The same key again, until there is an answer to live with. */
async function insist(
  stage: Stage,
  asked: Parameters<typeof refund>[1],
  told: number | "unheard",
): Promise<void> {
  let last = told;
  for (let time = 0; time < 4 && isOpen(last); time += 1) {
    await stage.sleep(stage.chance(0.6) ? stage.between(1, 90) : stage.between(2 * minuteS, 15 * minuteS));
    stage.act("refund_repeated", () => asked.key);
    const other = stage.chance(0.3) ? refund(stage, asked) : null;
    last = await refund(stage, asked);
    await other;
  }
}

const isOpen = (status: number | "unheard"): boolean =>
  status === "unheard" || status === 202 || status === 503 || status === 500;
