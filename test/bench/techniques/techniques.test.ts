// A technique that is left out must be there to be left out: an edit that finds nothing would measure nothing.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildWithout } from "./build-without.ts";
import { entryOf, techniques } from "./techniques.ts";

const textOf = (entry: string): string => readFileSync(entry.replace("index.mjs", "app.cjs"), "utf8");

it.each(techniques.map((technique) => [technique.goal.of, technique] as const))(
  "%s",
  async (_, technique) => {
    const whole = await buildWithout(entryOf(technique), "test-nothing", {});
    const built = await buildWithout(entryOf(technique), "test-one", technique.without);
    if (technique.costs === "bytes")
      expect(built.bytes / whole.bytes).toBeGreaterThanOrEqual(technique.goal.limit);
    if (technique.without.isUnprimed) expect(built.entry).toMatch(/app\.cjs$/);
    else expect(textOf(built.entry)).not.toBe(textOf(whole.entry));
  },
);

it("an edit that finds nothing is refused", async () => {
  const edits = [{ path: "lib/dynamodb/table-client.ts", from: "no such text", to: "" }];
  await expect(buildWithout("functions/notice.ts", "test-one", { edits })).rejects.toThrow(
    "has nothing like no such text",
  );
});
