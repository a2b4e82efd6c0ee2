// The command line: what it means, and that nothing mistyped is silently dropped.
import { expect, it } from "vitest";
import { UsageError } from "../../infra/build/command-line.ts";
import { parseStartOptions } from "../../infra/local/start-options.ts";
import { sayIn } from "../../infra/local/words/say.ts";

const nothing = {
  once: false,
  playsDemo: true,
  port: null,
  dataDir: null,
  seed: null,
  logsFile: "기본.log",
  isVerbose: false,
  table: null,
};

it.each([
  [[], nothing],
  [["--once"], { ...nothing, once: true }],
  [["--no-demo"], { ...nothing, playsDemo: false }],
  [["--port", "0"], { ...nothing, port: 0 }],
  [["--port=65535"], { ...nothing, port: 65_535 }],
  [["--data", "./자료", "--seed", "7"], { ...nothing, dataDir: "./자료", seed: "7" }],
  [["--seed", "98765432109876543210987"], { ...nothing, seed: "98765432109876543210987" }],
  [["--logs", "함수.log"], { ...nothing, logsFile: "함수.log" }],
  [["--logs", "-"], { ...nothing, logsFile: null }],
  [["--verbose"], { ...nothing, isVerbose: true }],
  [["--table", "dynalite"], { ...nothing, table: "dynalite" }],
  [["--table=dynoxide"], { ...nothing, table: "dynoxide" }],
  [["--lang", "ko"], nothing],
  [["--help"], null],
  [["-h", "--once"], null],
])("takes %j", (args, options) => {
  expect(parseStartOptions(args, "기본.log", sayIn("en"))).toEqual(options);
});

it.each([
  [["--onec"], "Unknown option '--onec'"],
  [["ord-1"], "ord-1"],
  [["--port"], "--port"],
  [["--port", "65536"], "--port wants a whole number up to 65535, not '65536'"],
  [["--port", "0x10"], "'0x10'"],
  [["--seed", "1.5"], "--seed wants a whole number"],
  [["--seed="], "--seed"],
  [["--seed", "-1"], "--seed"],
  [["--logs", ""], "--logs wants a path"],
  [["--data", ""], "--data wants a path"],
  [["--table", "localstack"], "--table wants one of dynoxide, dynalite, not 'localstack'"],
  [["--lang", "fr"], "--lang wants one of ko, en, not 'fr'"],
  [["--once", "--no-demo"], "choose one of them"],
])("refuses %j by name", (args, named) => {
  const parse = () => parseStartOptions(args, "기본.log", sayIn("en"));
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(named);
  expect(parse).not.toThrow("\n");
});

it.each([
  [["--onec"], "모르는 옵션입니다: '--onec'"],
  [["주문"], "옵션이 아닌 '주문' 부분을 알 수 없습니다"],
  [["--port"], "--port 옵션에 값이 없거나, 값을 받지 않는 옵션에 값이 있습니다"],
  [["--once=yes"], "--once 옵션에 값이 없거나, 값을 받지 않는 옵션에 값이 있습니다"],
  [["--port", "70000"], "--port에는 65535까지의 자연수를 적으세요: '70000'"],
  [["--lang", "fr"], "--lang에는 ko, en 가운데 하나를 적으세요: 'fr'"],
])("refuses %j in Korean to whom it speaks Korean", (args, told) => {
  expect(() => parseStartOptions(args, "기본.log", sayIn("ko"))).toThrow(new UsageError(told));
});
