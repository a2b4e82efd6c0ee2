// Orders that are paid before a soak begins with them, in good weather: what is in question is what comes afterwards.
import type { PlannedOrder } from "./planned.ts";
import { readItems } from "./records.ts";
import { forAll, type Stage } from "./stage.ts";
import { payInTheEnd } from "./stories.ts";
import { sweepAll } from "./weather.ts";

/** Where each order's payment is found at PortOne. */
export type ImpUids = ReadonlyMap<string, string>;

const firstLookMs = 121_000;

/** Throws where one is not paid after the first look: the soak has nothing to begin with. */
export async function payAll(
  stage: Stage,
  orders: readonly PlannedOrder<string>[],
  atOnce: number,
): Promise<ImpUids> {
  const impUids = new Map<string, string>();
  await forAll(orders, atOnce, async (order) => {
    impUids.set(order.merchantUid, await payInTheEnd(stage, order));
  });
  if (!(await arePaid(stage, orders))) {
    await stage.advance(firstLookMs);
    await sweepAll(stage);
    if (!(await arePaid(stage, orders))) throw new Error("an order was not paid");
  }
  return impUids;
}

async function arePaid(stage: Stage, orders: readonly PlannedOrder<string>[]): Promise<boolean> {
  const items = await readItems(stage);
  const paid = new Set(items.filter(({ state }) => state === "paid").map(({ pk }) => pk));
  return orders.every(({ merchantUid }) => paid.has(`order#${merchantUid}`));
}
