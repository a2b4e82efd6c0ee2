// What the shop wants in the end is told by the last answer that decides it.
import { describe, expect, it } from "vitest";
import { issued } from "./healthy.ts";
import { type Wish, wishesOfOrders, wishesOfSales } from "./receipt-wishes.ts";
import type { Answer } from "./world.ts";

const asked = (status: number, code = ""): Answer => ({ ...issued, status, json: { code } });
const takenBack = (status: number, code = ""): Answer => ({ ...asked(status, code), method: "DELETE" });

describe("what the shop wants", () => {
  it.each<readonly [string, Wish, readonly Answer[]]>([
    ["one that was issued", "wanted", [asked(201)]],
    ["one that is on its way", "wanted", [asked(202)]],
    ["one that is there already", "wanted", [asked(0), asked(409, "receipt_exists")]],
    ["one taken back", "unwanted", [asked(201), takenBack(200)]],
    ["one that is being taken back", "unwanted", [asked(201), takenBack(202)]],
    ["one that never was", "unwanted", [asked(0), takenBack(404, "receipt_not_found")]],
    ["one that was refused", "unwanted", [asked(422, "provider_refused")]],
    ["one that was refused to one of two at once", "unknown", [asked(422, "provider_refused"), asked(202)]],
    [
      "one refused before, and issued since",
      "wanted",
      [asked(422, "provider_refused"), asked(201), asked(202)],
    ],
    ["one asked for again", "wanted", [asked(201), takenBack(200), asked(201)]],
    ["one that could not be taken back yet", "wanted", [asked(201), takenBack(409, "operation_in_flight")]],
    ["one asked for when nothing was left", "unwanted", [takenBack(200), asked(409, "order_not_paid")]],
    ["one that nobody said a word of", "unknown", [asked(0), asked(503)]],
    ["one that was read meanwhile", "wanted", [asked(201), { ...asked(200), method: "GET" }]],
  ])("is told of %s", (_, wish, answers) => {
    expect(wishesOfOrders(answers)).toEqual(new Map([["ord-1", wish]]));
    const ofSale = answers.map((answer) => ({ ...answer, path: "/receipts/external/sale-1" }));
    expect(wishesOfSales(ofSale)).toEqual(new Map([["sale-1", wish]]));
    expect(wishesOfOrders(ofSale)).toEqual(new Map());
  });

  it("is not told by a preview", () => {
    expect(wishesOfOrders([{ ...issued, path: `${issued.path}?preview=true`, status: 200 }])).toEqual(
      new Map(),
    );
  });
});
