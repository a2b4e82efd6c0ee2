// The growth bench says by name when it cannot measure.
import { expect, it } from "vitest";
import { growthRows } from "./rows.ts";

it("is skipped where there is no dynoxide", async () => {
  const said: string[] = [];
  const rows = await growthRows({
    runs: 1,
    say: (line) => said.push(line),
    done: () => {},
    engine: "dynalite",
  });
  expect([rows, said]).toEqual([[], ["skipped: growth is measured on dynoxide, and here is dynalite only"]]);
});
