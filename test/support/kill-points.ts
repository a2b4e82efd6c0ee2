// Kills a function before and after each of its outgoing calls, found by counting a clean run, and lets
// the sweep and a repeat of the request finish the work. The simulator counts what really happened.
import { expect } from "vitest";
import type { Json, Reply, Shop } from "./shop.ts";

/** One money operation as a story: everything it needs, and what it must have done in the end. */
export interface KillStory {
  readonly name: string;
  /** Calls of a clean run when last counted; fewer means that one slipped out of the count. */
  readonly pointsLastCounted: number;
  readonly functionName: "refund" | "receipt" | "billing";
  /** Set where it may never happen: a charge whose card data died with its function. */
  readonly expectUndone?: (shop: Shop, id: string) => Promise<void>;
  /** Makes a fresh order (or sale) ready for the operation. */
  readonly prepare: (shop: Shop, id: string) => Promise<void>;
  readonly request: (shop: Shop, id: string) => Promise<Reply>;
  /** How often the effect happened at the provider. */
  readonly countEffects: (shop: Shop, id: string) => Promise<number>;
  /** The state the merchant must see in the end. */
  readonly expectDone: (shop: Shop, id: string) => Promise<void>;
}

interface CallRecord {
  readonly dynamodb: { readonly by_function: Record<string, Record<string, number>> };
  readonly portone: { readonly by_function: Record<string, Record<string, number>> };
}

const longerThanTokensMs = 31 * 60_000;
const quietAndMoreMs = 11 * 60_000;

async function countCalls(shop: Shop, story: KillStory, id: string): Promise<number> {
  await story.prepare(shop, id);
  await restart(shop);
  await shop.local("DELETE", "/calls");
  const reply = await story.request(shop, id);
  expect(reply.status, reply.text).toBeLessThan(300);
  const calls = await shop.local<CallRecord>("GET", "/calls");
  const made = [calls.dynamodb, calls.portone].map(
    ({ by_function }) => by_function[story.functionName] ?? {},
  );
  return made.flatMap(Object.values).reduce((total: number, count: number) => total + count, 0);
}

/** A token that ended makes each run log in again, so that every run makes the same calls. */
const restart = (shop: Shop) => shop.local("POST", "/clock", { advance_ms: longerThanTokensMs });

const sweep = (shop: Shop) => shop.anybody("POST", "/2015-03-31/functions/reconcile/invocations", {});

async function killAt(
  shop: Shop,
  story: KillStory,
  id: string,
  mode: "crash_before" | "crash_after",
  occurrence: number,
): Promise<void> {
  await story.prepare(shop, id);
  await restart(shop);
  await shop.local("POST", "/faults", { name: mode, function: story.functionName, occurrence });
  const killed = await story.request(shop, id);
  expect([500, 200, 201]).toContain(killed.status);
  const { faults } = await shop.local<{ faults: readonly Json[] }>("GET", "/faults");
  expect(faults, "the kill point was reached").toMatchObject([{ hits: 1 }]);
  await shop.local("DELETE", "/faults");

  // First the clock alone, then the shop's repeat of the same request: neither may do it twice.
  for (let round = 0; round < 2; round += 1) {
    await shop.local("POST", "/clock", { advance_ms: quietAndMoreMs });
    await sweep(shop);
  }
  const bySweep = await story.countEffects(shop, id);
  const wasClaimed = bySweep > 0;
  expect(bySweep).toBeLessThanOrEqual(1);
  for (let round = 0; round < 3; round += 1) {
    const repeated = await story.request(shop, id);
    const isOver = repeated.status === 402 || (repeated.status < 300 && repeated.status !== 202);
    if (isOver) break;
    await shop.local("POST", "/clock", { advance_ms: quietAndMoreMs });
    await sweep(shop);
  }
  const effects = await story.countEffects(shop, id);
  if (story.expectUndone && effects === 0) return story.expectUndone(shop, id);
  expect(effects, `${wasClaimed ? "claimed" : "unclaimed"}`).toBe(1);
  await story.expectDone(shop, id);
}

/** Every point of one story, before and after. */
export async function killEverywhere(shop: Shop, story: KillStory, variant: string): Promise<void> {
  const prefix = `${story.name.replaceAll(" ", "-")}-${variant}`;
  const points = await countCalls(shop, story, `${prefix}-clean`);
  expect(points).toBeGreaterThanOrEqual(story.pointsLastCounted);
  for (let occurrence = 1; occurrence <= points; occurrence += 1) {
    await killAt(shop, story, `${prefix}-b${occurrence}`, "crash_before", occurrence);
    await killAt(shop, story, `${prefix}-a${occurrence}`, "crash_after", occurrence);
  }
  console.info(`${story.name}, ${variant}: ${points * 2} kill points covered`);
}

export const providerState = (shop: Shop) => shop.control<Record<string, readonly Json[]>>("GET", "/state");

export async function payByTransfer(shop: Shop, id: string): Promise<void> {
  const requestPay = await shop.createOrder(id, { pay_method: "trans" });
  await shop.pay(requestPay);
  await shop.notices(id, 1);
}
