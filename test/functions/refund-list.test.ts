// The list of an order's refunds, whole and in pages: whoever made them, oldest first, nothing twice, nothing left out.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await payByTransfer(doors.shop, "ord-list");
  const { imp_uid } = await doors.shop.order("ord-list");
  for (let part = 1; part <= 4; part += 1)
    expect((await doors.shop.refund("ord-list", `key-${part}`, { amount: part * 1_000 })).status).toBe(200);
  await doors.shop.advance(60_000);
  await doors.shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 5_000 });
  await doors.shop.sync("ord-list");
  await doors.shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: "ord-list" });
  expect((await doors.shop.refund("ord-list", "key-6", { amount: 6_000 })).status).toBe(202);
});
afterAll(() => stack?.close());

const list = (query = ""): Promise<Reply> => doors.merchant("GET", `/orders/ord-list/refunds${query}`);
const refundsOf = ({ json }: Pick<Reply, "json">) => json["refunds"] as readonly Json[];

describe("an order's refunds", () => {
  it("are all told without a limit, the one in flight last", async () => {
    const { json } = await list();
    expect(Object.keys(json)).toEqual(["refunds"]);
    expect(refundsOf({ json }).map(({ amount, origin, state }) => [amount, origin, state])).toEqual([
      [1_000, "merchant", "succeeded"],
      [2_000, "merchant", "succeeded"],
      [3_000, "merchant", "succeeded"],
      [4_000, "merchant", "succeeded"],
      [5_000, "console", "succeeded"],
      [6_000, "merchant", "pending"],
    ]);
  });

  it.each([1, 2, 3, 5, 6, 100])(
    "are told in pages of %i, nothing twice and nothing left out",
    async (limit) => {
      const all = refundsOf(await list());
      const seen: Json[] = [];
      let cursor: unknown = "";
      for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
        const page = await list(`?limit=${limit}&cursor=${cursor}`);
        expect(refundsOf(page).length).toBeLessThanOrEqual(limit);
        seen.push(...refundsOf(page));
        cursor = page.json["cursor"];
      }
      expect([cursor, seen]).toEqual([null, all]);
    },
  );

  it("go on after one of them without a limit, too", async () => {
    const all = refundsOf(await list());
    const rest = await list(`?cursor=${all[3]?.["refund_id"]}`);
    expect(rest.json).toEqual({ refunds: all.slice(4) });
  });

  it("are told alike by direct invocation", async () => {
    const event = { action: "refund.list", merchant_uid: "ord-list", limit: 2 };
    expect(told(await doors.direct("refund", event))).toEqual(told(await list("?limit=2")));
  });

  it.each([
    ["?limit=0", "/limit"],
    ["?limit=101", "/limit"],
    ["?limit=zwei", "/limit"],
    ["?limit=2&cursor=rf_nobody", "/cursor"],
  ])("are refused a page of %s", async (query, pointer) => {
    const reply = await list(query);
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });
});
