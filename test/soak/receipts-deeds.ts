// A shop with its cash receipts: asked for and taken back with every click, and asked on where no word came.
import type { ImpUids } from "./paying.ts";
import type { PlannedOrder } from "./planned.ts";
import { callsWithoutWord } from "./receipt-wishes.ts";
import type { PlannedBuyer } from "./receipts-buyers.ts";
import type { ReceiptDeed, ReceiptStory } from "./receipts-ways.ts";
import { untilHeard } from "./refund-stories.ts";
import { playDeed } from "./refunds-deeds.ts";
import { forAll, type Reply, type Stage } from "./stage.ts";
import type { Json } from "./world.ts";

export const receiptPathOf = ({ merchantUid, story }: PlannedOrder<string>): string =>
  story === "sale" ? `/receipts/external/${merchantUid}` : `/orders/${merchantUid}/receipt`;

export async function playReceiptDeeds(
  stage: Stage,
  { order }: ReceiptStory,
  deeds: readonly ReceiptDeed[],
  impUids: ImpUids,
): Promise<void> {
  await Promise.all(deeds.map((deed) => play(stage, order, deed, impUids)));
}

async function play(
  stage: Stage,
  order: ReceiptStory["order"],
  deed: ReceiptDeed,
  impUids: ImpUids,
): Promise<void> {
  const path = receiptPathOf(order);
  switch (deed.what) {
    case "issue": {
      const body = bodyOf(order, deed.buyer);
      return repeat(deed.copies, () => stage.merchant("POST", path, body));
    }
    case "take_back":
      return repeat(deed.copies, () => stage.merchant("DELETE", path));
    case "look":
      await stage.merchant("GET", path);
      if (order.story === "pay") await stage.merchant("POST", `${path}?preview=true`, {});
      return;
    default:
      return playDeed(stage, order, deed, impUids);
  }
}

/** At once, as a shop that lost its temper. */
async function repeat(copies: number, call: () => Promise<Reply>): Promise<void> {
  await Promise.all(Array.from({ length: copies }, () => untilHeard(call)));
}

function bodyOf(order: ReceiptStory["order"], buyer: PlannedBuyer): Json {
  const { amount, taxFree = 0 } = order;
  return {
    identifier: buyer.identifier,
    identifier_type: buyer.identifierType,
    type: buyer.type,
    product_type: "real",
    buyer_name: "홍길동",
    buyer_email: buyer.email,
    ...(order.story === "sale" ? { name: "매장 판매", amount, tax_free: taxFree } : {}),
  };
}

/** Asks on, once each, wherever the last call about a receipt got no word; whether any was asked. */
export async function askReceiptsOn(
  stage: Stage,
  stories: readonly ReceiptStory[],
  atOnce: number,
): Promise<boolean> {
  const wordless = callsWithoutWord(stage.answers);
  const open = stories.flatMap(({ order }) => wordless.get(receiptPathOf(order)) ?? []);
  await forAll(open, atOnce, async ({ method, path, sent }) => {
    await untilHeard(() => stage.merchant(method, path, method === "POST" ? sent : undefined));
  });
  return open.length > 0;
}
