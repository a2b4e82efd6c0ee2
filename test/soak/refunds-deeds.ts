// What shop and console do with the money of one order, as the refunds soak plans it.
import { atDesk } from "./desk.ts";
import type { ImpUids } from "./paying.ts";
import type { PlannedOrder } from "./planned.ts";
import { askAtOnce, pathOf, untilHeard } from "./refund-stories.ts";
import type { Deed, RefundStory } from "./refunds-ways.ts";
import type { Stage } from "./stage.ts";
import { consoleReason } from "./world.ts";

export async function playSteps(stage: Stage, story: RefundStory, impUids: ImpUids): Promise<void> {
  for (const deeds of story.steps) await playAtOnce(stage, story, deeds, impUids);
}

export async function playAtOnce(
  stage: Stage,
  story: RefundStory,
  deeds: readonly Deed[],
  impUids: ImpUids,
): Promise<void> {
  await Promise.all(deeds.map((deed) => playDeed(stage, story.order, deed, impUids)));
}

export async function playDeed(
  stage: Stage,
  order: PlannedOrder<string>,
  deed: Deed,
  impUids: ImpUids,
): Promise<void> {
  switch (deed.what) {
    case "ask":
      return askAtOnce(stage, order, deed.ask);
    case "console": {
      const impUid = impUids.get(order.merchantUid);
      if (impUid === undefined) throw new Error(`PortOne knows no payment of ${order.merchantUid}`);
      const part = deed.amount === null ? {} : { amount: deed.amount, tax_free: 0 };
      await atDesk(stage, impUid, "cancel", { ...part, reason: consoleReason });
      return;
    }
    case "withdraw":
      return withdraw(stage, order.merchantUid, deed.key);
  }
}

/** By the id the shop was told; one that heard of none has nothing to take back. */
async function withdraw(stage: Stage, merchantUid: string, key: string): Promise<void> {
  const told = stage.answers.find(
    (answer) => answer.path === pathOf(merchantUid) && answer.key === key && "refund_id" in answer.json,
  );
  if (!told) return;
  const path = `${pathOf(merchantUid)}/${told.json["refund_id"]}`;
  await untilHeard(() => stage.merchant("DELETE", path));
}
