// A run is its seed's: each life the same whenever it is drawn, alone or among others, and none of what may happen is missing.
import { describe, expect, it } from "vitest";
import { absent, patchHistory } from "./draw-patch.ts";
import { drawLife, drawLives, lifeKinds } from "./plan.ts";

const many = drawLives(7, 4_000);
const patches = many.map(({ patch }) => patch);
const values = patches.flatMap(({ fields, entry }) => [
  ...Object.values(fields),
  ...(entry ? [entry.value] : []),
]);

describe("the plan", () => {
  it("draws the same life alone as among others, and others under another seed", () => {
    expect(drawLife(7, 42)).toEqual(many[42]);
    expect(drawLives(7, 50)).toEqual(many.slice(0, 50));
    expect(drawLife(8, 42)).not.toEqual(many[42]);
  });

  it("has every kind of life, patched early and late, told and untold", () => {
    const drawn = new Set(many.map(({ kind, patch, isTold }) => [kind, patch.when, isTold].join()));
    expect(drawn.size).toBe(lifeKinds.length * 4);
  });

  it.each<[string, (value: unknown) => boolean]>([
    ["nothing", (value) => value === null],
    ["no field", (value) => value === absent],
    ["empty text", (value) => value === ""],
    ["another type", (value) => Array.isArray(value)],
    ["an object", (value) => typeof value === "object" && value !== null && !Array.isArray(value)],
    ["too large a figure", (value) => typeof value === "number" && value > Number.MAX_SAFE_INTEGER],
    ["less than nothing", (value) => typeof value === "number" && value < 0],
    ["digits", (value) => value === "109000"],
    ["what is no number", (value) => value === "NaN"],
    ["half an emoji", (value) => typeof value === "string" && !value.isWellFormed()],
    ["text without an end", (value) => typeof value === "string" && value.length > 1_000],
  ])("draws %s", (_, isIt) => {
    expect(values.some(isIt)).toBe(true);
  });

  it("reaches payments, receipts, reservations, lists, single cancels and a refusal's words", () => {
    const calls = new Set(patches.map(({ call }) => call));
    for (const call of [
      "*",
      "GET /payments/{imp_uid}",
      "GET /payments/status/{payment_status}",
      "GET /receipts/{imp_uid}",
      "GET /receipts/external/{merchant_uid}",
      "GET /subscribe/payments/schedule/{merchant_uid}",
      "GET /subscribe/payments/schedule/customers/{customer_uid}",
    ])
      expect(calls, call).toContain(call);
    expect(patches.some(({ entry }) => entry?.field === "cancellation_id")).toBe(true);
    const envelopes = patches.filter(({ part }) => part === "envelope");
    expect(new Set(envelopes.flatMap(({ fields }) => Object.keys(fields)))).toEqual(new Set(["message"]));
  });
});

describe("a patched history", () => {
  const history = [
    { cancellation_id: "c-1", amount: 10_000 },
    { cancellation_id: "c-2", amount: 5_000 },
  ];

  it("has the field of every cancel read otherwise, and the rest as it was", () => {
    expect(patchHistory(history, { field: "cancellation_id", value: "" })).toEqual([
      { cancellation_id: "", amount: 10_000 },
      { cancellation_id: "", amount: 5_000 },
    ]);
  });

  it("has the field taken away", () => {
    expect(patchHistory(history, { field: "amount", value: absent })).toEqual([
      { cancellation_id: "c-1" },
      { cancellation_id: "c-2" },
    ]);
  });
});
