// Runs a client's rows: every method it exports is in a list, every method of the table has its test and reaches
// the operation the table names, and nothing that was asked or answered breaks PortOne's description.
import { describe, expect, it } from "vitest";
import { besides, type Client, notUsable, passes } from "./operations.ts";
import type { World } from "./world.ts";

export interface Rows {
  readonly world: () => World;
  /** Every method a caller can reach. */
  readonly exported: readonly string[];
  readonly tests: Readonly<Record<string, () => Promise<void>>>;
  /** Of the methods that are not usable: each test shows how it fails. */
  readonly failing?: Readonly<Record<string, () => Promise<void>>>;
}

export function testRows(client: Client, { world, exported, tests, failing = {} }: Rows): void {
  it("has every exported method in a list", () => {
    const listed = [...Object.keys(passes[client]), ...Object.keys(notUsable[client])];
    const others = Object.keys(besides[client]).flatMap((names) => names.split(", "));
    const isOther = (method: string) =>
      others.some((name) => name === method || (name.endsWith(".*") && method.startsWith(name.slice(0, -1))));
    expect(exported.filter((method) => !isOther(method)).toSorted()).toEqual(listed.toSorted());
  });

  it("has a test for every method of the table", () => {
    expect(Object.keys(tests).toSorted()).toEqual(Object.keys(passes[client]).toSorted());
    expect(Object.keys(failing).toSorted()).toEqual(Object.keys(notUsable[client]).toSorted());
  });

  describe("passes:", () => {
    // In the order of the tests: what one makes, a later one may use.
    const rows = Object.keys(tests).map((method) => [method, passes[client][method] ?? "nothing"] as const);
    it.each(rows)("%s reaches %s", async (method, operation) => {
      const { counts } = await world().callsDuring(async () => tests[method]?.());
      expect(Object.keys(counts)).toContain(operation);
    });
  });

  it.each(Object.keys(failing))("not usable: %s", async (method) => failing[method]?.());

  it("asks and is answered as PortOne's description says", async () => {
    expect(await world().control("GET", "/violations")).toEqual({ violations: [] });
  });
}

/** The names of an object's own functions; those with an underscore are the client's inner ones. */
export const methodsOf = (of: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(of))
    .filter(([name, { value }]) => typeof value === "function" && !/^(_|constructor$|prototype$)/.test(name))
    .map(([name]) => name);
