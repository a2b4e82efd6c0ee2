// How far long work has come: drawn over on a terminal, a line for each tenth elsewhere, on a clock of the test's own.
import { describe, expect, it } from "vitest";
import { createProgress } from "../../infra/build/progress.ts";

function listen(terminal: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  const written: string[] = [];
  let nowMs = 0;
  const output = { ...terminal, write: (text: string) => written.push(text) };
  return { progress: createProgress(output, () => nowMs), written, passes: (ms: number) => (nowMs += ms) };
}
const clear = "\r\u001b[2K";

describe("progress where no terminal is", () => {
  it("is a line for each tenth, with what is left at this pace", () => {
    const { progress, written, passes } = listen();
    for (let done = 1; done <= 200; done += 1) {
      passes(500);
      progress.done("orders", done, 200);
    }
    expect(written).toHaveLength(10);
    expect(written[0]).toBe("orders 20/200, 10 %, about 90 s left\n");
    expect(written[8]).toBe("orders 180/200, 90 %, about 10 s left\n");
    expect(written[9]).toBe("orders 200/200, 100 %\n");
  });

  it("leaves out what was passed in one go, and tells minutes where they are many", () => {
    const { progress, written, passes } = listen();
    passes(120_000);
    progress.done("waves", 1, 3);
    progress.done("waves", 3, 3, ", 4 findings");
    expect(written).toEqual(["waves 1/3, 33 %, about 4 min left\n", "waves 3/3, 100 %, 4 findings\n"]);
  });

  it("begins anew with other work, in its own time", () => {
    const { progress, written, passes } = listen();
    progress.done("payments", 2, 2);
    passes(60_000);
    progress.done("runs", 0, 4);
    passes(3_000);
    progress.done("runs", 1, 4);
    expect(written).toEqual(["payments 2/2, 100 %\n", "runs 1/4, 25 %, about 9 s left\n"]);
  });

  it("passes on what is said, and draws nothing", () => {
    const { progress, written } = listen();
    progress.say("plan sha256:7");
    progress.end();
    expect(written.join("")).toBe("plan sha256:7\n");
  });

  it("has nothing to tell of no work", () => {
    const { progress, written } = listen();
    progress.done("orders", 0, 0);
    expect(written).toEqual([]);
  });
});

describe("progress on a terminal", () => {
  it("draws over its own line, ten times a second at most, and its end always", () => {
    const { progress, written, passes } = listen({ isTTY: true });
    progress.done("orders", 1, 400);
    passes(99);
    progress.done("orders", 2, 400);
    passes(1);
    progress.done("orders", 3, 400);
    progress.done("orders", 400, 400);
    expect(written).toEqual([
      "orders 1/400, 0 %, about 0 s left",
      `${clear}orders 3/400, 0 %, about 14 s left`,
      `${clear}orders 400/400, 100 %`,
    ]);
  });

  it("says lines above it, and takes it away at the end", () => {
    const { progress, written } = listen({ isTTY: true });
    progress.say("plan sha256:7");
    progress.done("orders", 400, 400);
    progress.say("lost ord-20260805-000142");
    progress.end();
    progress.say("끝");
    expect(written.join("")).toBe(
      `plan sha256:7\norders 400/400, 100 %${clear}lost ord-20260805-000142\norders 400/400, 100 %${clear}끝\n`,
    );
  });

  it("never wraps", () => {
    const { progress, written } = listen({ isTTY: true, columns: 20 });
    progress.done("orders", 400, 400, ", 12 kills in flight");
    expect(written).toEqual(["orders 400/400, 100"]);
    const unknown = listen({ isTTY: true, columns: 0 });
    unknown.progress.done("orders", 400, 400);
    expect(unknown.written).toEqual(["orders 400/400, 100 %"]);
  });
});
