// Virtual time, and one invocation in it: what happens when, and what a caller hears.
import { describe, expect, it } from "vitest";
import { createDice } from "../soak/random.ts";
import { createdAtMs } from "../support/orders.ts";
import { type Fate, faultNames, Weather } from "./engine/fates.ts";
import { Invocation } from "./engine/invocation.ts";
import { Scheduler } from "./engine/scheduler.ts";

const weather = () => new Weather(createDice(1), { rate: 0, favourites: [], refusesFalsely: false });

function stand() {
  const scheduler = new Scheduler(createdAtMs);
  const inv = new Invocation("refund-1", 29_000, null, "request-1", {
    scheduler,
    weather: weather(),
    tell: () => {},
  });
  const happened: string[] = [];
  const call = (fate: Partial<Fate>) =>
    inv.call<string>(
      "calls",
      { fault: null, reachesAfterMs: 10, answersAfterMs: 20, answer: "effect", ...fate },
      () => {
        happened.push(`effect at ${scheduler.nowMs() - createdAtMs}`);
        return "done";
      },
      (answer) => (answer === "none" ? new Error("no answer") : "refused"),
    );
  return { scheduler, inv, happened, call };
}

describe("virtual time", () => {
  it("takes moments by time, then by entry, and stands still between them", async () => {
    const scheduler = new Scheduler(1_000);
    const taken: string[] = [];
    const note = (name: string) => () => taken.push(`${name} ${scheduler.nowMs()}`);
    for (const [name, atMs] of [
      ["c", 3_000],
      ["a", 2_000],
      ["b", 2_000],
      ["past", 0],
      ["later", 9_000],
    ] as const)
      scheduler.at(atMs, note(name));
    await scheduler.runUntil(5_000);
    expect(taken).toEqual(["past 1000", "a 2000", "b 2000", "c 3000"]);
    expect(scheduler.nowMs()).toBe(5_000);
  });

  it("lets whoever wakes go on to their next wait before time moves", async () => {
    const scheduler = new Scheduler(0);
    const woken: number[] = [];
    const sleeper = async (ms: number) => {
      for (let round = 0; round < 3; round += 1) {
        await scheduler.sleep(ms);
        await Promise.resolve().then(() => undefined);
        woken.push(scheduler.nowMs());
      }
    };
    void sleeper(10);
    void sleeper(15);
    await scheduler.runUntil(100);
    expect(woken).toEqual([10, 15, 20, 30, 30, 45]);
  });
});

describe("an invocation", () => {
  it.each<readonly [string, Partial<Fate>, string, readonly string[]]>([
    ["is answered by the effect", {}, "done", ["effect at 10"]],
    ["hears nothing of an effect", { answer: "none" }, "no answer", ["effect at 10"]],
    [
      "gives up before a late effect",
      { answer: "none", reachesAfterMs: 500 },
      "no answer",
      ["effect at 500"],
    ],
    ["is refused without an effect", { answer: "refusal", reachesAfterMs: null }, "refused", []],
    ["meets its own repeat", { answer: "repeat" }, "done", ["effect at 10", "effect at 20"]],
  ])("%s", async (_, fate, heard, effects) => {
    const { scheduler, inv, happened, call } = stand();
    const ending = inv.run(() => call(fate).catch((error: Error) => error.message));
    await scheduler.runUntil(createdAtMs + 1_000);
    expect(await ending).toEqual({ ended: "answered", value: heard });
    expect(happened).toEqual(effects);
  });

  it.each<readonly [string, Partial<Fate>, readonly string[]]>([
    ["before its call", { reachesAfterMs: null, answersAfterMs: null }, []],
    ["after its call took effect", { answersAfterMs: null }, ["effect at 10"]],
    [
      "when its time is over, and its call goes on",
      { reachesAfterMs: 40_000, answersAfterMs: 50_000 },
      ["effect at 40000"],
    ],
  ])("dies %s", async (_, fate, effects) => {
    const { scheduler, inv, happened, call } = stand();
    const ending = inv.run(() => call(fate).then(() => happened.push("went on")));
    await scheduler.runUntil(createdAtMs + 60_000);
    expect(await ending).toEqual({ ended: "died" });
    expect(happened).toEqual(effects);
  });
});

describe("the weather", () => {
  it("is fair at rate 0 and over, and counts every fault it draws", () => {
    const bad = new Weather(createDice(2), { rate: 1, favourites: faultNames, refusesFalsely: true });
    for (let call = 0; call < 4_000; call += 1) {
      for (const fate of [bad.tableRead(), bad.tableWrite(), bad.login(), bad.question(), bad.change(true)])
        expect(fate.fault === null || faultNames.some((name) => name === fate.fault)).toBe(true);
      bad.staleness();
    }
    const drawn = [...bad.counts.keys()].filter((fault) => /^(table|portone|call|died|frozen)/.test(fault));
    expect(drawn.sort()).toEqual(
      faultNames.filter((fault) => /^(table|portone|call|died|frozen)/.test(fault)).sort(),
    );
    bad.isOver = true;
    expect([bad.tableWrite().fault, bad.change(true).fault, bad.staleness()]).toEqual([null, null, 0]);
    expect(weather().tableWrite().fault).toBeNull();
  });
});
