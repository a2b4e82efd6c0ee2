// What a shop hands on for itself: bounded by its bytes as JSON, whatever it is made of.
import { expect, it } from "vitest";
import { type CustomData, hasRoomForData, keptData } from "../../lib/domain/custom-data.ts";

it("is kept whole or not at all", () => {
  expect(keptData({ memo: "m".repeat(189) })).toEqual({ memo: "m".repeat(189) });
  expect(keptData({ memo: "m".repeat(190) })).toBeNull();
  expect(keptData(undefined)).toBeNull();
});

it.each<[string, CustomData, boolean]>([
  ["an object of 200 bytes", { memo: "m".repeat(189) }, true],
  ["one of 201", { memo: "m".repeat(190) }, false],
  ["Korean, three bytes each", { 메모: "가".repeat(62) }, true],
  ["one Korean letter more", { 메모: "가".repeat(63) }, false],
  ["a text with its quotes", "m".repeat(198), true],
  ["a text of 199 letters", "m".repeat(199), false],
  ["what JSON writes longer", '"'.repeat(100), false],
])("%s", (_, data, hasRoom) => {
  expect(hasRoomForData(data)).toBe(hasRoom);
});
