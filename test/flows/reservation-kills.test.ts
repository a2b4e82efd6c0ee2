// What PortOne is told to do later, or no longer, or again, killed at every step: it happens exactly once, and the
// order says so in the end.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actorsOfReservations } from "../simulation/plan.ts";
import { type KillStory, killEverywhere, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";
import { card, debt, payments } from "../support/steps.ts";

const dayMs = 86_400_000;

let stack: LocalStack;
let shop: Shop;

/** So far ahead that no run of these stories comes near it. */
let inForty = "";
let inFifty = "";

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  inForty = await inFuture(40 * dayMs);
  inFifty = await inFuture(50 * dayMs);
});
afterAll(() => stack?.close());

/** Whole seconds, which is what PortOne counts in. */
async function inFuture(ms: number): Promise<string> {
  const { now } = await shop.local<{ now: string }>("GET", "/clock");
  return new Date(Math.ceil(Date.parse(now) / 1_000) * 1_000 + ms).toISOString();
}

const declinedCard = "4518-4200-0005-0002";
const customerOf = (id: string) => `c-${id}`;

async function issueKey(shopOf: Shop, id: string, number?: string): Promise<void> {
  const issued = await shopOf.merchant("POST", `/customers/${customerOf(id)}/billing-key`, card(number));
  expect(issued.status, issued.text).toBe(201);
}

const reserve = (shopOf: Shop, id: string, schedule_at: string): Promise<Reply> =>
  shopOf.merchant("POST", `/customers/${customerOf(id)}/schedules`, {
    schedules: [{ ...debt(id), schedule_at }],
  });

async function keyAndReservation(shopOf: Shop, id: string): Promise<void> {
  await issueKey(shopOf, id);
  const reserved = await reserve(shopOf, id, inForty);
  expect(reserved.status, reserved.text).toBe(201);
}

const reservationsOf = async (shopOf: Shop, id: string): Promise<readonly Json[]> =>
  ((await providerState(shopOf))["schedules"] ?? []).filter((schedule) => schedule["merchant_uid"] === id);
const countThose = async (shopOf: Shop, id: string, isIt: (schedule: Json) => boolean): Promise<number> =>
  (await reservationsOf(shopOf, id)).filter(isIt).length;

const isStanding = (schedule: Json): boolean => schedule["schedule_status"] === "scheduled";
const isRevoked = (schedule: Json): boolean => schedule["schedule_status"] === "revoked";
const isAt = (at: string) => (schedule: Json) => schedule["schedule_at"] === Date.parse(at) / 1_000;

/** Asked again when it is done, the shop is told that nothing of it is left to do. */
const takenAsDone = (reply: Reply, code: string): Reply =>
  reply.json["code"] === code ? { ...reply, status: 200 } : reply;

const expectReserved: KillStory["expectDone"] = async (shopOf, id) => {
  expect(await shopOf.order(id)).toMatchObject({
    state: "created",
    operation: { kind: "charge", state: "scheduled" },
    review_reason: null,
  });
};
const expectVoid: KillStory["expectDone"] = async (shopOf, id) => {
  expect(await shopOf.order(id)).toMatchObject({ state: "voided", operation: null, review_reason: null });
  expect(await countThose(shopOf, id, isStanding)).toBe(0);
};

const reserving: KillStory = {
  name: "reservation",
  pointsLastCounted: 5,
  functionName: "billing",
  prepare: (shopOf, id) => issueKey(shopOf, id),
  request: (shopOf, id) => reserve(shopOf, id, inForty),
  countEffects: (shopOf, id) => countThose(shopOf, id, isStanding),
  expectDone: expectReserved,
};

const moving: KillStory = {
  name: "move",
  pointsLastCounted: 6,
  functionName: "billing",
  prepare: keyAndReservation,
  request: (shopOf, id) =>
    shopOf.merchant("PUT", `/customers/${customerOf(id)}/schedules/${id}`, { schedule_at: inFifty }),
  countEffects: (shopOf, id) => countThose(shopOf, id, isAt(inFifty)),
  expectDone: async (shopOf, id) => {
    await expectReserved(shopOf, id);
    expect(await countThose(shopOf, id, isStanding)).toBe(1);
  },
};

const revoking: KillStory = {
  name: "revocation",
  pointsLastCounted: 12,
  functionName: "billing",
  prepare: keyAndReservation,
  request: (shopOf, id) =>
    shopOf.merchant("DELETE", `/customers/${customerOf(id)}/schedules?merchant_uid=${id}`),
  countEffects: (shopOf, id) => countThose(shopOf, id, isRevoked),
  expectDone: expectVoid,
};

const retrying: KillStory = {
  name: "retry",
  pointsLastCounted: 5,
  functionName: "billing",
  prepare: async (shopOf, id) => {
    await issueKey(shopOf, id, declinedCard);
    const reserved = await reserve(shopOf, id, await inFuture(5 * 60_000));
    expect(reserved.status, reserved.text).toBe(201);
    await shopOf.advance(20 * 60_000);
    await shopOf.notices(id, 1);
    await shopOf.sync(id);
    expect(await shopOf.order(id)).toMatchObject({ state: "failed" });
    await issueKey(shopOf, id);
  },
  request: async (shopOf, id) => {
    const reply = await shopOf.merchant("POST", `/customers/${customerOf(id)}/schedules/${id}/retry`, {});
    return takenAsDone(reply, "schedule_not_open");
  },
  countEffects: async (shopOf, id) =>
    (await payments(shopOf, id)).filter(({ status }) => status === "paid").length,
  expectDone: async (shopOf, id) => {
    expect(await shopOf.order(id)).toMatchObject({ state: "paid", operation: null, review_reason: null });
  },
};

const openingAccount: KillStory = {
  name: "account",
  pointsLastCounted: 7,
  functionName: "billing",
  prepare: async (shopOf, id) => {
    const expires_at = await inFuture(6 * dayMs);
    await shopOf.createOrder(id, { pay_method: "vbank", tax_free: 0, vbank_due: "20311231", expires_at });
  },
  request: (shopOf, id) =>
    shopOf.merchant("POST", `/orders/${id}/virtual-account`, {
      vbank_code: "088",
      vbank_due_at: "2031-08-08T14:59:59.000Z",
      product_type: "real",
    }),
  countEffects: async (shopOf, id) =>
    (await payments(shopOf, id)).filter(({ vbank_num }) => typeof vbank_num === "string").length,
  expectDone: async (shopOf, id) => {
    expect(await shopOf.order(id)).toMatchObject({
      state: "awaiting_deposit",
      operation: null,
      review_reason: null,
      vbank: { vbank_num: expect.any(String) },
    });
  },
};

const voiding: KillStory = {
  name: "void of a reserved order",
  pointsLastCounted: 6,
  functionName: "orders",
  prepare: keyAndReservation,
  request: (shopOf, id) => shopOf.merchant("POST", `/orders/${id}/void`, {}),
  countEffects: (shopOf, id) => countThose(shopOf, id, isRevoked),
  expectDone: expectVoid,
};

const deletingKey: KillStory = {
  name: "deletion of a key",
  pointsLastCounted: 14,
  functionName: "billing",
  prepare: keyAndReservation,
  request: async (shopOf, id) => {
    const reply = await shopOf.merchant("DELETE", `/customers/${customerOf(id)}/billing-key`);
    return takenAsDone(reply, "billing_key_not_found");
  },
  countEffects: async (shopOf, id) => {
    const { customers = [] } = await providerState(shopOf);
    return customers.some((customer) => customer["customer_uid"] === customerOf(id)) ? 0 : 1;
  },
  expectDone: expectVoid,
};

const stories = [reserving, moving, revoking, retrying, openingAccount, voiding, deletingKey];

// Where lives hold none of these yet, the product does not keep to it.
describe.runIf(actorsOfReservations).each(stories)("$name", (story) => {
  it("happens exactly once wherever it is killed", () => killEverywhere(shop, story), 180_000);
});
