// What is due, in the order in which it is taken: what ended an earlier sweep's process, each alone; then money, page
// after page of the index; then the windows nobody is known to have paid in. Of several sweeps each begins with its own
// part, so that they rarely meet, and goes on with the others', so that one that never comes is not missed.
import { partOf } from "../../domain/spread.ts";
import type { Clock } from "../../ports/environment.ts";
import type { DueItem, DueList, DuePosition, ListedItem, SweepStore } from "../../ports/table.ts";

export interface DueQueuePorts {
  readonly due: DueList;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
  /** How many sweeps run a minute. */
  readonly sweepCount: number;
}

export interface Batch {
  readonly items: readonly DueItem[];
  readonly isSuspect: boolean;
}

/** One write names so many; after a crash as many are claimed one by one. */
const mostTogether = 32;
/** Windows put aside while money is looked for further behind. */
const mostAside = 20_000;

export const nameOfItem = ({ kind, merchantUid }: DueItem): string => `${kind} ${merchantUid}`;

/** Nothing comes twice. Ends when the index shows nothing new. */
export async function* takeInOrder(sweep: number, ports: DueQueuePorts): AsyncGenerator<Batch> {
  const taken = new Set<string>();
  for (const item of await ports.sweeps.readInWork(sweep)) {
    taken.add(nameOfItem(item));
    yield { items: [item], isSuspect: true };
  }
  for (let isNew = true; isNew; ) {
    isNew = false;
    for await (const items of oneRound(sweep, ports)) {
      const news = items.filter((item) => !taken.has(nameOfItem(item)));
      for (const item of news) taken.add(nameOfItem(item));
      for (let start = 0; start < news.length; start += mostTogether)
        yield { items: news.slice(start, start + mostTogether), isSuspect: false };
      isNew ||= news.length > 0;
    }
  }
}

async function* oneRound(
  sweep: number,
  { due, clock, sweepCount }: DueQueuePorts,
): AsyncGenerator<readonly ListedItem[]> {
  const nowMs = clock.nowMs();
  const isOwn = ({ merchantUid }: DueItem) => partOf(merchantUid, sweepCount) === sweep % sweepCount;
  const aside: ListedItem[] = [];
  const others: ListedItem[] = [];
  let after: DuePosition | null = null;
  do {
    const page: { readonly items: readonly ListedItem[]; readonly next: DuePosition | null } =
      await due.listDue(nowMs, after);
    const money = page.items.filter(({ isMoney }) => isMoney);
    yield money.filter(isOwn);
    others.push(...money.filter((item) => !isOwn(item)));
    aside.push(...page.items.filter(({ isMoney }) => !isMoney));
    after = page.next;
  } while (after !== null && aside.length < mostAside);
  yield [...others, ...aside.filter(isOwn), ...aside.filter((item) => !isOwn(item))];
}
