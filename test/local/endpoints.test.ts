// What is told once everything is up: what stands there, in which order, and when in colour.
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeRun } from "../../infra/local/demo/endpoints.ts";
import { paintFor } from "../../infra/local/demo/paint.ts";
import { sayIn } from "../../infra/local/words/say.ts";
import { fakeTerminal } from "../support/fake-terminal.ts";

const ready = {
  gateway: "http://127.0.0.1:3000",
  simulator: "http://127.0.0.1:3001",
  dynamodb: "http://127.0.0.1:8000",
  table: "주문",
  merchantKey: "열쇠",
  node: "24.0.0",
  pids: { host: 1, simulator: 2, dynamodb: null },
};
const run = { ready, impKey: "1", impSecret: "2", logsFile: null };
const pages = { shop: "http://127.0.0.1:3002", console: "http://127.0.0.1:3003" };
const waiting = {
  merchantUid: "demo-20260805-120000-123-open",
  window: "w_3",
  page: "http://127.0.0.1:3001/window/w_3",
};
const nowMs = Date.parse("2026-08-05T12:00:00+09:00");
const told = { nowMs, waiting, say: sayIn("ko"), paint: paintFor(new PassThrough()) };
const linesOf = (text: string) => text.split("\n").map((line) => line.trim());

/** Whatever the machine that runs this says of colours; Node gives a build machine none. */
beforeEach(() => {
  for (const name of ["NO_COLOR", "NODE_DISABLE_COLORS", "FORCE_COLOR", "CI", "TEAMCITY_VERSION", "TF_BUILD"])
    vi.stubEnv(name, undefined);
  vi.stubEnv("TERM", "xterm-256color");
});
afterEach(() => vi.unstubAllEnvs());

describe("the last block", () => {
  it("gives addresses, then the key, then what to do next, then commands", () => {
    const lines = linesOf(describeRun(run, told));
    const places = [
      "http://127.0.0.1:3001/window/w_3      결제를 기다리는 주문의 결제창: 구매자가 되어 결제해 보세요",
      "http://127.0.0.1:3000                 게이트웨이: 쇼핑몰 서버가 부르는 주소",
      "http://127.0.0.1:3000/docs            API 문서: 모든 주소와 오류 코드. 그 자리에서 요청해 볼 수 있습니다",
      "export KEY=열쇠 G=http://127.0.0.1:3000 SIM=http://127.0.0.1:3001 IMP_KEY=1 IMP_SECRET=2",
      "1. 사 보기: 브라우저로 위의 결제창을 열어 결제하세요.",
      '2. 주문 보기: 아래의 "주문 읽기"를 붙여 넣으세요.',
      '3. 일부 환불하기: 아래의 "일부 환불하기"를 붙여 넣으세요.',
      "4. 더 읽기: README.ko.md, docs/refunds.ko.md, docs/receipts.ko.md",
      "# 주문 읽기",
    ].map((line) => lines.indexOf(line));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it("leads to the shop and the console where there are some", () => {
    const without = describeRun(run, told);
    const text = describeRun({ ...run, ready: { ...ready, ...pages } }, told);
    expect(linesOf(text)).toContain(
      "http://127.0.0.1:3002                 예제 쇼핑몰: 구매자가 되어 사 보세요",
    );
    expect(linesOf(text)).toContain(
      "http://127.0.0.1:3003                 콘솔(10분 안에 한 번 열 수 있습니다): 쇼핑몰의 주문과 환불",
    );
    expect(text).toContain("1. 사 보기: 브라우저로 예제 쇼핑몰을 열어 결제하세요.");
    expect(text).toContain("2. 주문 보기: 콘솔을 열거나");
    for (const page of [pages.shop, pages.console, "예제 쇼핑몰", "콘솔"])
      expect(without).not.toContain(page);
  });

  it("names commands where there is no window", () => {
    const text = describeRun(run, { ...told, waiting: null });
    expect(text).toContain('1. 사 보기: 아래의 "주문 만들기"와 "브라우저 없이 결제하기"를 붙여 넣으세요.');
    expect(text).not.toContain("결제창에서 기다리는");
  });

  it("is in colour on a terminal, and says the same without", () => {
    const { stream } = fakeTerminal();
    const painted = describeRun(run, { ...told, paint: paintFor(stream) });
    expect(painted).toContain("\u001b[36mhttp://127.0.0.1:3000\u001b[39m");
    const plain = describeRun(run, told);
    expect(plain).not.toContain("\u001b[");
    expect(stripVTControlCharacters(painted)).toBe(plain);
  });

  it("is plain with NO_COLOR, on a terminal too", () => {
    vi.stubEnv("NO_COLOR", "1");
    expect(describeRun(run, { ...told, paint: paintFor(fakeTerminal().stream) })).toBe(
      describeRun(run, told),
    );
  });
});
