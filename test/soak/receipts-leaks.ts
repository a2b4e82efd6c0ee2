// Where a number that a receipt is made out to can be read, and whose it is; and what the soak itself tells of an order,
// without any. Pure.
import type { Finding } from "./findings.ts";
import type { Place } from "./overhearing.ts";
import { findReadable } from "./readable.ts";
import { buyersOf, type ReceiptStory } from "./receipts-ways.ts";
import { explain } from "./report.ts";
import type { Json, World } from "./world.ts";

export interface Leak {
  readonly merchantUid: string;
  readonly place: string;
}

/** Each number and address, by which its order is known: what the buyer typed in the window, too. */
export const ownersOf = (stories: readonly ReceiptStory[]): ReadonlyMap<string, string> =>
  new Map(
    stories.flatMap((story) => {
      const told = buyersOf(story).flatMap(({ identifier, email }) => [identifier, email]);
      const { cashReceipt, merchantUid } = story.order;
      return [...told, ...(cashReceipt === undefined ? [] : [cashReceipt])].map(
        (secret) => [secret, merchantUid] as const,
      );
    }),
  );

export const findLeaks = (owners: ReadonlyMap<string, string>, places: readonly Place[]): readonly Leak[] =>
  places.flatMap(({ name, text }) =>
    findReadable([...owners.keys()], [text]).map((secret) => ({
      merchantUid: owners.get(secret) ?? "",
      place: name,
    })),
  );

/** Where an order is named whenever anything is: a search of what was never read finds nothing. */
const namingOrders = ["the log", "the doors' answers", "the table", "the table's files"];

/** Those of them in which this order is not, though something stands there. */
export const findUnread = (places: readonly Place[], merchantUid: string): readonly string[] =>
  places
    .filter(({ name, text }) => namingOrders.includes(name) && !text.includes(merchantUid))
    .map(({ name }) => `nothing was read of ${name}`);

/** What the story did, what was answered and what became of it; nothing of what was sent. */
export function explainReceipts(
  stories: readonly ReceiptStory[],
  findings: readonly Finding[],
  { items, payments, receipts, externalReceipts, answers }: World,
  logLines: readonly string[],
): readonly string[] {
  const told = stories.map(({ way, order: { merchantUid, amount, taxFree, payMethod } }) => ({
    ...{ merchantUid, way, amount, taxFree, payMethod },
  }));
  const heard = answers.map(({ sent: _, path, ...answer }) => ({
    ...answer,
    path,
    merchant_uid: path.split(/[/?]/).find((part) => stories.some(({ order }) => order.merchantUid === part)),
  }));
  const records = [told, heard, items, payments, [...receipts, ...externalReceipts].map(withoutBuyer)];
  return explain(findings, records, logLines);
}

const withoutBuyer = (receipt: object): Json => {
  const { identifier: _, buyer_name: __, ...rest } = receipt as Json;
  return rest;
};
