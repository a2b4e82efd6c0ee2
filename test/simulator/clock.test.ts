// The queue of due work, by real time and by moving the clock.
import { expect, it, onTestFinished, vi } from "vitest";
import { SimulatorClock } from "./clock.ts";

function clockForTest(): SimulatorClock {
  const clock = new SimulatorClock(0, () => undefined);
  onTestFinished(() => clock.clear());
  return clock;
}

it("runs due work in order of time, each at its own time, with what it plans on the way", async () => {
  const clock = clockForTest();
  const startMs = clock.nowMs();
  const ran: [string, number][] = [];
  const note = (name: string) => ran.push([name, Math.round((clock.nowMs() - startMs) / 60_000)]);
  clock.at(startMs + 120_000, () => note("second"));
  clock.at(startMs + 60_000, () => {
    note("first");
    clock.at(startMs + 90_000, () => note("planned"));
  });
  clock.at(startMs + 300_000, () => note("later"));
  await clock.advance(180_000);
  expect(ran).toEqual([
    ["first", 1],
    ["planned", 2],
    ["second", 2],
  ]);
});

it("waits for due work to finish before it goes on", async () => {
  const clock = clockForTest();
  const order: string[] = [];
  clock.at(clock.nowMs() + 1000, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push("slow");
  });
  clock.at(clock.nowMs() + 2000, () => order.push("next"));
  await clock.advance(5000);
  expect(order).toEqual(["slow", "next"]);
});

it("runs due work by real time too, and not what was called off", async () => {
  const clock = clockForTest();
  const calledOff = vi.fn();
  const callOff = clock.at(clock.nowMs() + 1, calledOff);
  callOff();
  await clock.sleep(2);
  expect(calledOff).not.toHaveBeenCalled();
});

it("goes on when due work fails", async () => {
  const clock = clockForTest();
  const shout = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const next = vi.fn();
  clock.at(clock.nowMs() + 1000, () => {
    throw new Error("broken");
  });
  clock.at(clock.nowMs() + 2000, next);
  await clock.advance(5000);
  expect(next).toHaveBeenCalledOnce();
  expect(shout).toHaveBeenCalledOnce();
});

it("takes two advances one after the other", async () => {
  const clock = clockForTest();
  const startMs = clock.nowMs();
  await Promise.all([clock.advance(60_000), clock.advance(60_000)]);
  expect(Math.round((clock.nowMs() - startMs) / 60_000)).toBe(2);
});

it("sets the time after the moves asked for before it", async () => {
  const clock = clockForTest();
  const noonMs = Date.parse("2026-08-05T12:00:00+09:00");
  await Promise.all([clock.advance(60_000), clock.set(noonMs)]);
  expect(Math.round((clock.nowMs() - noonMs) / 60_000)).toBe(0);
});
