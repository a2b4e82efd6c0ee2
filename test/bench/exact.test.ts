// Of what the bench measures, what is exact: no machine is too slow for it. Calls and units stand in
// test/flows/call-counts.test.ts, bytes of packages in test/deploy/bundled-packages.test.ts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineOfTests } from "../support/table-engine.ts";
import { playWhole } from "./families/cold.ts";
import { countConnections } from "./families/connections.ts";
import { buildNaive } from "./world/bundles.ts";
import { openWorld, shimOf, type World } from "./world/world.ts";

let world: World;
let naive: string;

beforeAll(async () => {
  world = await openWorld({ payments: 10, engine: engineOfTests() });
  naive = await buildNaive();
});
afterAll(() => world?.close());

const undiciOf = async (name: "confirm" | "notice", entry: string): Promise<readonly string[]> => {
  const { loaded, invoked } = await playWhole(world, name, entry);
  return [...loaded.undici, ...invoked.undici];
};

describe("modules", () => {
  it.each(["confirm", "notice"] as const)(
    "%s loads nothing of undici, by import or request",
    async (name) => {
      expect(await undiciOf(name, shimOf(name))).toEqual([]);
    },
  );
  it("fetch would be seen", async () => {
    expect(await undiciOf("notice", naive)).toContain("NativeModule internal/deps/undici/undici");
  });
});

describe("notices one after the other", () => {
  it("share one connection to each side and one login", async () => {
    const shared = { table: 1, portone: 1, logins: 1 };
    expect(await countConnections(world, shimOf("notice"), 10)).toEqual(shared);
  });
  it("a login for each would be seen", async () => {
    expect(await countConnections(world, naive, 1)).toMatchObject({ logins: 10 });
  });
});
