// Kills a function before and after each of its outgoing calls, and lets the sweep and a repeat of the request
// finish the work. The simulator counts what really happened.
import { expect } from "vitest";
import type { Json, Reply, Shop } from "./shop.ts";

/** One money operation as a story: everything it needs, and what it must have done in the end. */
export interface KillStory {
  readonly name: string;
  /** Calls of one run when last counted; fewer means that one slipped out of the count. */
  readonly pointsLastCounted: number;
  readonly functionName: "refund" | "receipt" | "billing" | "orders" | "reconcile";
  /** What the request is answered with that nothing kills; at once done, where it is not said. */
  readonly answeredWith?: number;
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

/** One run of the sweep, told as a request is: 500 where it died. */
export async function requestSweep(shop: Shop): Promise<Reply> {
  const reply = await sweep(shop);
  return reply.headers.has("x-amz-function-error") ? { ...reply, status: 500 } : reply;
}

/** When the function dies, seen from the call. */
type KillMode = "crash_before" | "crash_after";

const longerThanTokensMs = 31 * 60_000;
const quietAndMoreMs = 11 * 60_000;

/** A token that ended makes each run log in again, so that every run makes the same calls. */
const restart = (shop: Shop) => shop.local("POST", "/clock", { advance_ms: longerThanTokensMs });

const sweep = (shop: Shop) => shop.anybody("POST", "/2015-03-31/functions/reconcile/invocations", {});

/**
 * PortOne tells of a charge while the request is still at work. Which of the two writes first is chance, and
 * the second one's failed write is repeated by the SDK, whose clock is not the table's: one call more. So the
 * notice comes when the clock has moved on, or never, and the sweep has to find out alone.
 */
const noticeFaults = { crash_before: "notice_never", crash_after: "late_effect" } as const;

/** Makes the request and kills it at one of its calls; false when it ended with fewer, so that nothing hit it. */
async function requestUnderKill(
  shop: Shop,
  story: KillStory,
  id: string,
  mode: KillMode,
  occurrence: number,
): Promise<boolean> {
  await shop.fault(noticeFaults[mode], "notice", { merchant_uid: id, count: 99 });
  await shop.local("POST", "/faults", { name: mode, function: story.functionName, occurrence });
  const reply = await story.request(shop, id);
  const { faults } = await shop.local<{ faults: readonly Json[] }>("GET", "/faults");
  const wasHit = faults[0]?.["hits"] === 1;
  if (wasHit) expect(reply.status, reply.text).toBe(500);
  else
    expect(story.answeredWith === undefined ? [200, 201] : [story.answeredWith], reply.text).toContain(
      reply.status,
    );
  await shop.local("DELETE", "/faults");
  await shop.control("DELETE", "/faults");
  return wasHit;
}

/** One run, killed at its call number `occurrence`. Returns whether it made that many. */
async function killAt(
  shop: Shop,
  story: KillStory,
  id: string,
  mode: KillMode,
  occurrence: number,
): Promise<boolean> {
  await story.prepare(shop, id);
  await restart(shop);
  const wasHit = await requestUnderKill(shop, story, id, mode, occurrence);

  // First the clock alone, then the shop's repeat of the same request: neither may do it twice.
  for (let round = 0; round < 2; round += 1) {
    await shop.local("POST", "/clock", { advance_ms: quietAndMoreMs });
    await sweep(shop);
  }
  const bySweep = await story.countEffects(shop, id);
  expect(bySweep).toBeLessThanOrEqual(1);
  for (let round = 0; round < 3; round += 1) {
    const repeated = await story.request(shop, id);
    const isOver = repeated.status === 402 || (repeated.status < 300 && repeated.status !== 202);
    if (isOver) break;
    await shop.local("POST", "/clock", { advance_ms: quietAndMoreMs });
    await sweep(shop);
  }
  const effects = await story.countEffects(shop, id);
  if (wasHit && story.expectUndone && effects === 0) await story.expectUndone(shop, id);
  else {
    expect(effects, `${bySweep} before the repeat`).toBe(1);
    await story.expectDone(shop, id);
  }
  return wasHit;
}

/**
 * Every point of one story, before and after. The points are counted by the runs themselves: the first one
 * that its kill does not reach has ended by itself, and there are no more.
 */
export async function killEverywhere(shop: Shop, story: KillStory): Promise<void> {
  const prefix = story.name.replaceAll(" ", "-");
  for (const mode of ["crash_before", "crash_after"] as const) {
    let points = 0;
    while (await killAt(shop, story, `${prefix}-${mode}-${points + 1}`, mode, points + 1)) points += 1;
    expect(points, mode).toBeGreaterThanOrEqual(story.pointsLastCounted);
    console.info(`${story.name}, ${mode}: ${points} kill points covered`);
  }
}

export const providerState = (shop: Shop) => shop.control<Record<string, readonly Json[]>>("GET", "/state");

export async function payByTransfer(shop: Shop, id: string): Promise<void> {
  const requestPay = await shop.createOrder(id, { pay_method: "trans" });
  await shop.pay(requestPay);
  await shop.notices(id, 1);
}
