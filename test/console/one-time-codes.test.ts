// The code that lets a browser in, by itself.
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { OneTimeCodes } from "../../infra/console/server/one-time-codes.ts";

const startMs = Date.parse("2026-08-05T12:00:00+09:00");
const lifeMs = 10 * 60_000;

it("opens once", () => {
  const codes = new OneTimeCodes({ nowMs: () => startMs, randomBytes });
  const code = codes.make();
  expect([codes.use(`${code}x`), codes.use(code), codes.use(code)]).toEqual(["unknown", "open", "unknown"]);
});

it("opens for ten minutes, and is over once it was late", () => {
  let nowMs = startMs;
  const codes = new OneTimeCodes({ nowMs: () => nowMs, randomBytes });
  const first = codes.make();
  nowMs += lifeMs - 1;
  expect(codes.use(first)).toBe("open");
  const late = codes.make();
  nowMs += lifeMs;
  expect([codes.use(late), codes.use(late)]).toEqual(["late", "unknown"]);
});

it("opens by the newest alone, and by nothing before there is one", () => {
  const codes = new OneTimeCodes({ nowMs: () => startMs, randomBytes });
  expect(codes.use("")).toBe("unknown");
  const [old, next] = [codes.make(), codes.make()];
  expect(next).not.toBe(old);
  expect([codes.use(old), codes.use(next)]).toEqual(["unknown", "open"]);
});
