// When the demo says it went well, and when not: judged on steps made for it, with nobody listening.
import { expect, it } from "vitest";
import { demoMerchantUid, playDemo } from "../../infra/local/demo/demo.ts";
import type { Story, Title } from "../../infra/local/demo/demo-steps.ts";
import { abridge } from "../../infra/local/demo/demo-timeline.ts";
import { kstTime } from "../../infra/local/demo/kst-time.ts";
import { paintFor } from "../../infra/local/demo/paint.ts";
import { sayIn } from "../../infra/local/words/say.ts";

// Port 9 is discard's; nothing on a developer's machine answers there.
const run = {
  ready: {
    gateway: "http://127.0.0.1:9",
    simulator: "http://127.0.0.1:9",
    dynamodb: "http://127.0.0.1:9",
    table: "주문",
    merchantKey: "key",
    node: "24.0.0",
    pids: { host: 1, simulator: 2, dynamodb: null },
  },
  impKey: "imp key",
  impSecret: "imp secret",
  logsFile: null,
};
const nowMs = Date.parse("2026-08-05T15:30:00.007Z");
const step = (title: Title, seen: string | Error) => ({
  title,
  expected: "200 paid",
  play: async ({ print }: Pick<Story, "print">) => {
    print(`detail of ${title}`);
    if (seen instanceof Error) throw seen;
    return seen;
  },
});

async function tell(isVerbose: boolean, ...steps: ReturnType<typeof step>[]) {
  const lines: string[] = [];
  const teller = {
    print: (line: string) => lines.push(line),
    say: sayIn("ko"),
    paint: paintFor(process.stdout),
  };
  const result = await playDemo(run, { nowMs, isVerbose, steps, ...teller });
  return { result, text: lines.join("\n") };
}
const play = (...steps: ReturnType<typeof step>[]) => tell(false, ...steps);

it("is well when every step saw what it expected", async () => {
  const { result } = await play(step("step_paid", "200 paid"), step("step_history", "200 paid"));
  expect(result).toEqual({ ok: true, merchant_uid: "demo-20260806-003000-007", state: null, steps: 2 });
});

it("takes one line a step: number, status, time, title, and no colour where no terminal is", async () => {
  const { text } = await play(step("step_paid", "200 paid"), step("step_history", "200 paid"));
  expect(text).toMatch(
    /^\n 1\. ✓ 200 paid +\d+ ms {2}주문이 결제되었습니다\n 2\. ✓ 200 paid +\d+ ms {2}주문에 남은 기록입니다$/,
  );
});

it("tells each step's details while it happens, if asked for them", async () => {
  const { text } = await tell(true, step("step_paid", "200 paid"));
  expect(text).toMatch(/^\n 1\. 주문이 결제되었습니다\ndetail of step_paid\n {4}✓ 200 paid +\d+ ms$/);
});

it("stops at the first step that saw something else, and says what", async () => {
  const { result, text } = await play(
    step("step_paid", "200 paid"),
    step("step_history", "200 created"),
    step("step_receipt", "200 paid"),
  );
  expect(result).toMatchObject({ ok: false, steps: 1 });
  expect(text).toMatch(
    / 2\. ✗ 200 created +\d+ ms {2}주문에 남은 기록입니다\ndetail of step_history\n {3}예상: 200 paid, 실제: 200 created$/,
  );
  expect(text).not.toContain("detail of step_paid");
  expect(text).not.toContain("현금영수증");
});

it("takes no answer for something else than what was expected", async () => {
  const { result, text } = await play(step("step_paid", new TypeError("fetch failed")));
  expect(result).toMatchObject({ ok: false, steps: 0 });
  expect(text).toContain("실제: 쓸 수 있는 응답이 없음 (fetch failed)");
});

it("gives each start's order another number, which tells when it was, in Korean time", () => {
  expect(kstTime(nowMs)).toBe("2026-08-06T00:30:00.007");
  expect(demoMerchantUid(nowMs)).not.toBe(demoMerchantUid(nowMs + 1));
});

it.each([
  [undefined, '{"order":{"name":"신발","amount":1000},"list":[{"a":1}]}'],
  [["order.amount"], '{"order":{"amount":1000,…},…}'],
  [["order", "list"], '{"order":{"name":"신발","amount":1000},"list":[{"a":1}]}'],
  [["nothing"], "{…}"],
])("shows of an answer, for %j, %s", (paths, shown) => {
  expect(abridge({ order: { name: "신발", amount: 1000 }, list: [{ a: 1 }] }, paths)).toBe(shown);
});
