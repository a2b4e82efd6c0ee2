// Two thousand requests with something wrong, at every door; and that a number is a request.
import { expect, it } from "vitest";
import { createDice } from "../random.ts";
import { doorsSoak } from "./doors-soak.ts";
import { mutate } from "./mutate.ts";
import { describeRequest } from "./request.ts";
import { card, orderOf } from "./stand.ts";

it("two thousand of them end in no 5xx, change nothing they were refused, and are told no secret", {
  timeout: 180_000,
}, async () => {
  const said: string[] = [];
  const report = await doorsSoak({
    seed: 20_260_805,
    count: 2_000,
    say: (line) => said.push(line),
    done: () => {},
  });
  expect(said).toEqual([]);
  expect(report).toMatchObject({
    ok: true,
    bodies: 2_000,
    undesigned_5xx: 0,
    failed_invocations: 0,
    changed_by_refusal: 0,
    leaks: 0,
  });
});

const real = {
  kind: "http",
  door: "POST /payments/onetime",
  method: "POST",
  segments: ["payments", "onetime"],
  query: "",
  headers: [["content-type", "application/json"]],
  fields: orderOf("ord-1", card),
} as const;
const isKept = (value: unknown) =>
  value === card.card_number || (typeof value === "object" && value !== null);
const mutated = (seed: number) => mutate(real, createDice(seed), isKept);
const seeds = Array.from({ length: 3_000 }, (_, seed) => seed);

it("a seed is a request, and another seed another one", () => {
  expect(mutated(7)).toEqual(mutated(7));
  expect(new Set(seeds.map((seed) => describeRequest(mutated(seed)))).size).toBeGreaterThan(1_500);
});

it("what is looked for in answers and lines stays in its place", () => {
  let read = 0;
  for (const seed of seeds) {
    const { body, target } = mutated(seed) as { body: Buffer | null; target: string };
    expect(target).not.toContain(card.card_number);
    const text = body?.toString("utf8") ?? "";
    const fields = parse(text);
    // What is nested thousands deep can be read and not be written again.
    if (fields === null || text.includes("[[[")) continue;
    read += 1;
    const { card_number: _, ...others } = fields;
    expect(JSON.stringify(others), `seed ${seed}`).not.toContain(card.card_number);
  }
  expect(read).toBeGreaterThan(2_000);
});

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
