// Ids from a seed.
import { expect, it } from "vitest";
import { credentialsOf, nthId } from "./ids.ts";

it("gives a hundred thousand different ids of a kind, in the provider's form", () => {
  const ids = new Set<string>();
  for (let n = 1; n <= 100_000; n += 1) ids.add(nthId(7, "impUid", n));
  expect(ids.size).toBe(100_000);
  for (const id of [...ids].slice(0, 100)) expect(id).toMatch(/^imp_\d{12}$/);
});

it("gives the same id again for the same seed and number, and another for another seed", () => {
  expect(nthId(7, "accessToken", 3)).toBe(nthId(7, "accessToken", 3));
  expect(nthId(7, "accessToken", 3)).not.toBe(nthId(8, "accessToken", 3));
  expect(credentialsOf(7)).toEqual(credentialsOf(7));
  expect(credentialsOf(7)).not.toEqual(credentialsOf(8));
});
