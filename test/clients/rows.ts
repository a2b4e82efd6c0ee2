// Runs a client's rows: every method of the table has its test, and no test is without its row.
import { expect, it } from "vitest";
import { type Client, passes } from "./operations.ts";

export function testRows(client: Client, methods: Readonly<Record<string, () => Promise<void>>>): void {
  it("has a test for every method of the table", () => {
    expect(Object.keys(methods).toSorted()).toEqual(Object.keys(passes[client]).toSorted());
  });
  it.each(Object.entries(passes[client]))("%s: %s", async (method) => {
    await methods[method]?.();
  });
}
