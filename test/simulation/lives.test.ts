// Two thousand lives of orders under bad weather, checked at every step and at rest; and that a seed is a life.
import { describe, expect, it } from "vitest";
import { live } from "./life.ts";
import { neverHappened, runLives, seedOfLife } from "./run-lives.ts";

describe("two thousand lives", () => {
  it("go well, and everything that can happen happens in them", { timeout: 180_000 }, async () => {
    const lived = await runLives(20_260_805, 2_000, 2);
    const told = lived.found.flatMap(({ seed, findings }) =>
      findings.map(({ kind, about, what }) => `life ${seed}: ${kind} ${about}: ${what}`),
    );
    expect(neverHappened(lived)).toEqual([]);
    expect(told.slice(0, 20)).toEqual([]);
    expect(lived.lives).toBe(2_000);
  });
});

describe("a life", () => {
  const story = async (seed: number) => {
    const lines: string[] = [];
    await live(seed, (atMs, line) => lines.push(`${atMs} ${line}`));
    return lines;
  };

  it("is the same for the same seed, to the last line, and another for another", async () => {
    const first = await story(seedOfLife(7, 1));
    expect(await story(seedOfLife(7, 1))).toEqual(first);
    expect(await story(seedOfLife(7, 2))).not.toEqual(first);
  });

  it("takes any whole number for a seed", async () => {
    const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const stories = await Promise.all(seeds.map(story));
    expect(new Set(stories.map((lines) => lines.join("\n"))).size).toBe(seeds.length);
  });

  it("is found alike in one thread and in two", { timeout: 60_000 }, async () => {
    const [alone, together] = [await runLives(7, 600, 1), await runLives(7, 600, 2)];
    expect(together).toEqual(alone);
  });
});
