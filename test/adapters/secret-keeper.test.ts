// How secrets are read, kept and read again, whatever the parameter store does; and a crowd of functions that start at
// once.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { fixedSecrets, StoredSecrets } from "../../lib/secret-keeper.ts";
import type { Secrets } from "../../lib/secrets.ts";
import { VirtualTime } from "../support/virtual-time.ts";

const named = (portoneKey: string): Secrets => ({
  portoneKey,
  portoneSecret: "비밀",
  urlKeys: [],
  merchantKeys: [],
  dataKeys: [],
  eventsKeys: [],
});
const minuteMs = 60_000;
const throttled = () => new StorageUnavailableError("ssm GetParameters: 400 ThrottlingException");

/** A keeper whose reads end as `answers` say, the last one for ever. */
function keeperOf(...answers: readonly (Secrets | Error | "silence")[]) {
  const time = new VirtualTime();
  const told: unknown[] = [];
  let reads = 0;
  const keeper = new StoredSecrets({
    load: () => {
      const answer = answers[Math.min(reads++, answers.length - 1)] ?? named("none");
      if (answer === "silence") return new Promise(() => {});
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    clock: time.clock,
    pause: time.pause,
    random: () => 0,
    tell: (error) => told.push(error),
  });
  return { keeper, time, told, reads: () => reads };
}

const anyTime = () => AbortSignal.timeout(10_000);

describe("while a function starts", () => {
  it("one read is enough, and nothing is asked for five minutes", async () => {
    const { keeper, time, reads } = keeperOf(named("one"));
    await keeper.prime();
    time.nowMs += 5 * minuteMs - 1;
    await keeper.ready(anyTime());
    expect([keeper.current().portoneKey, reads()]).toEqual(["one", 1]);
  });

  it("trouble of the store is waited out, and told", async () => {
    const { keeper, time, told, reads } = keeperOf(throttled(), throttled(), named("one"));
    const primed = keeper.prime();
    await time.run();
    await primed;
    expect([keeper.current().portoneKey, reads(), told.length]).toEqual(["one", 3, 2]);
  });

  it("what another read would not mend is not read again", async () => {
    const denied = new Error("ssm GetParameters: 400 AccessDeniedException");
    const { keeper, reads } = keeperOf(denied);
    await expect(keeper.prime()).rejects.toBe(denied);
    expect(reads()).toBe(1);
  });

  it.each([
    ["forty at once", 40],
    ["none kept for later", 1],
  ])("two hundred at once all get theirs within Lambda's ten seconds: %s", async (_, burst) => {
    const time = new VirtualTime();
    const startedAtMs = time.nowMs;
    const perMs = 40 / 1000;
    let left = burst;
    let countedAtMs = time.nowMs;
    const load = async () => {
      left = Math.min(burst, left + (time.nowMs - countedAtMs) * perMs);
      countedAtMs = time.nowMs;
      const isTaken = left >= 1;
      if (isTaken) left -= 1;
      await time.pause(40);
      if (!isTaken) throw throttled();
      return named("one");
    };
    const random = seeded(7);
    const parts = { load, clock: time.clock, pause: time.pause, random, tell: () => {} };
    const started = Array.from({ length: 200 }, () => new StoredSecrets(parts));
    const primed = Promise.allSettled(started.map((keeper) => keeper.prime()));
    await time.run();
    const failures = (await primed).filter(({ status }) => status === "rejected");
    expect(failures).toEqual([]);
    expect(time.nowMs - startedAtMs).toBeLessThan(9_000);
    expect(started.map((keeper) => keeper.current().portoneKey)).toEqual(Array(200).fill("one"));
  });
});

describe("without any", () => {
  it("a call waits as long as it may, and then says that there are none", async () => {
    const { keeper } = keeperOf("silence");
    expect(() => keeper.current()).toThrow(StorageUnavailableError);
    await expect(keeper.ready(AbortSignal.timeout(20))).rejects.toThrow(StorageUnavailableError);
    await expect(keeper.ready(AbortSignal.abort())).rejects.toThrow(StorageUnavailableError);
  });

  it("callers become no flood: one read a second, and then all is well", async () => {
    const { keeper, time, reads } = keeperOf(throttled(), throttled(), named("one"));
    await expect(keeper.ready(anyTime())).rejects.toThrow("Throttling");
    for (let call = 0; call < 5; call++) await expect(keeper.ready(anyTime())).rejects.toThrow("Throttling");
    expect(reads()).toBe(1);
    time.nowMs += 1_000;
    await Promise.allSettled(Array.from({ length: 5 }, () => keeper.ready(anyTime())));
    expect(reads()).toBe(2);
    time.nowMs += 1_000;
    await keeper.ready(anyTime());
    expect(keeper.current().portoneKey).toBe("one");
  });
});

describe("after five minutes", () => {
  it("the next call gets what was changed meanwhile", async () => {
    const { keeper, time, reads } = keeperOf(named("one"), named("two"));
    await keeper.prime();
    time.nowMs += 5 * minuteMs;
    await Promise.all(Array.from({ length: 5 }, () => keeper.ready(anyTime())));
    expect([keeper.current().portoneKey, reads()]).toEqual(["two", 2]);
  });

  it("the old ones serve while the store is in trouble, asked once a minute", async () => {
    const { keeper, time, reads, told } = keeperOf(named("one"), throttled(), named("two"));
    await keeper.prime();
    time.nowMs += 5 * minuteMs;
    for (let call = 0; call < 5; call++) await keeper.ready(anyTime());
    expect([keeper.current().portoneKey, reads(), told.length]).toEqual(["one", 2, 1]);
    time.nowMs += minuteMs;
    await keeper.ready(anyTime());
    expect(keeper.current().portoneKey).toBe("two");
  });

  it("no call waits for a store that is silent", async () => {
    const { keeper, time } = keeperOf(named("one"), "silence");
    await keeper.prime();
    time.nowMs += 5 * minuteMs;
    const outcome = await Promise.race([
      keeper.ready(anyTime()).then(() => "went on"),
      sleep(5_000, "waits"),
    ]);
    expect([outcome, keeper.current().portoneKey]).toEqual(["went on", "one"]);
  });
});

describe("a refused login", () => {
  it("asks for others, once a minute whatever comes in", async () => {
    const { keeper, time, reads } = keeperOf(named("one"), named("two"), named("three"));
    await keeper.prime();
    expect(await keeper.renew()).toBe(true);
    expect([keeper.current().portoneKey, reads()]).toEqual(["two", 2]);
    expect([await keeper.renew(), await keeper.renew(), reads()]).toEqual([false, false, 2]);
    time.nowMs += minuteMs;
    expect([await keeper.renew(), keeper.current().portoneKey]).toEqual([true, "three"]);
  });

  it("is told that there are no others, or none to be had", async () => {
    const same = keeperOf(named("one"));
    await same.keeper.prime();
    expect(await same.keeper.renew()).toBe(false);
    const down = keeperOf(named("one"), throttled());
    await down.keeper.prime();
    expect([await down.keeper.renew(), down.keeper.current().portoneKey]).toEqual([false, "one"]);
    expect(await fixedSecrets(named("one")).renew()).toBe(false);
  });
});

/** Mulberry32: the same crowd each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
