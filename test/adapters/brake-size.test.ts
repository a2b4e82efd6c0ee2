// How large the brake's item becomes, however many wait for it: all instances write this one.
import { expect, it } from "vitest";
import { type Brake, passBrake, restingBrake } from "../../lib/domain/brake.ts";
import { encodeBrake } from "../../lib/dynamodb/brake-store.ts";
import { itemBytes } from "../support/item-bytes.ts";

const noonMs = Date.parse("2026-08-05T12:00:00+09:00");

it("the brake's item stays far below what an item may hold", () => {
  let brake: Brake = restingBrake;
  const come = (number: number, minute: number) => {
    brake = passBrake(brake, `ord-${"x".repeat(32)}${number}`, noonMs + minute * 60_000, 62).brake;
  };
  for (let minute = 0; minute < 62; minute += 1) come(minute, minute);
  for (let number = 1_000; number < 2_100; number += 1) come(number, 61);
  expect(brake.isOn).toBe(true);
  expect([brake.counted.length, brake.waiting.length]).toEqual([62, 1_000]);
  expect(itemBytes(encodeBrake(brake))).toBeLessThan(65_536);
});
