// What `npm start` says: in which language, and that both say the same with the same facts.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languageOf } from "../../infra/build/locale.mjs";
import { StartError } from "../../infra/local/processes/start-error.ts";
import { english, type WordKey } from "../../infra/local/words/english.ts";
import { korean } from "../../infra/local/words/korean.ts";
import { chooseLanguage, sayIn } from "../../infra/local/words/say.ts";

describe("the language", () => {
  it.each([
    [{}, "en"],
    [{ LANG: "ko_KR.UTF-8" }, "ko"],
    [{ LANG: "ko" }, "ko"],
    [{ LANG: "ko.UTF-8" }, "ko"],
    [{ LANG: "ko_KR@currency" }, "ko"],
    [{ LANG: "ko-KR" }, "ko"],
    [{ LANG: "KO_kr.utf8" }, "ko"],
    [{ LANG: "korean.euc" }, "ko"],
    [{ LANG: "kok_IN.UTF-8" }, "en"],
    [{ LANG: "en_US.UTF-8" }, "en"],
    [{ LANG: "ja_JP.UTF-8" }, "en"],
    [{ LANG: "C" }, "en"],
    [{ LANG: "POSIX" }, "en"],
    [{ LANG: "C.UTF-8" }, "en"],
    [{ LANG: "" }, "en"],
    [{ LC_MESSAGES: "ko_KR.UTF-8", LANG: "en_US.UTF-8" }, "ko"],
    [{ LC_MESSAGES: "en_US.UTF-8", LANG: "ko_KR.UTF-8" }, "en"],
    [{ LC_ALL: "ko_KR.UTF-8", LC_MESSAGES: "en_US.UTF-8", LANG: "en_US.UTF-8" }, "ko"],
    [{ LC_ALL: "C", LC_MESSAGES: "ko_KR.UTF-8", LANG: "ko_KR.UTF-8" }, "en"],
    [{ LC_ALL: "", LC_MESSAGES: "", LANG: "ko_KR.UTF-8" }, "ko"],
    [{ LC_CTYPE: "ko_KR.UTF-8" }, "en"],
  ])("of a machine with %j is %s", (environment, language) => {
    expect(languageOf(environment)).toBe(language);
  });

  it.each([
    [[], "ko"],
    [["--lang", "en"], "en"],
    [["--lang=en", "--once"], "en"],
    [["--lang", "en", "--lang", "ko"], "ko"],
    [["--lang", "fr"], "ko"],
    [["--lang"], "ko"],
    [["--onec", "--lang", "en"], "en"],
  ])("asked for with %j on a Korean machine is %s", (args, language) => {
    expect(chooseLanguage(args, { LANG: "ko_KR.UTF-8" })).toBe(language);
  });
});

const keys = Object.keys(english) as readonly WordKey[];
const factsIn = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g))].toSorted();

describe("both languages", () => {
  it("have the same keys in the same order", () => {
    expect(Object.keys(korean)).toEqual(keys);
  });

  it.each(keys)("are told the same facts: %s", (key) => {
    expect(factsIn(korean[key])).toEqual(factsIn(english[key]));
  });

  it("name pages that there are", () => {
    const pages = [...Object.values(english), ...Object.values(korean)].flatMap(
      (text) => text.match(/[\w./-]+\.md\b/g) ?? [],
    );
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((page) => !existsSync(join(import.meta.dirname, "../..", page)))).toEqual([]);
  });
});

/** Names, and what is typed as it is. */
const notTranslated =
  /\b(PC|KSNET|DynamoDB|dynoxide|dynalite|API|Ctrl-C|PAY_[A-Z_]+|DIR|env|prod|ms|npm start|npm install)\b|--[\w-]+|\{\w+\}|\/_control|[\w./-]+\.md|^ {4}.*$|--no-save/gm;
const englishIn = (text: string): readonly string[] =>
  text.replaceAll(notTranslated, "").match(/[A-Za-z]{2,}/g) ?? [];

describe("Korean", () => {
  it.each(Object.entries(korean))("has no English left: %s", (_, text) => {
    expect(text).toMatch(/\p{Script=Hangul}/u);
    expect(englishIn(text)).toEqual([]);
  });

  it("left in English is found", () => {
    expect(englishIn("The order is paid")).toEqual(["The", "order", "is", "paid"]);
    expect(englishIn("구매자가 window를 엽니다")).toEqual(["window"]);
  });
});

it("puts each fact in, wherever it stands", () => {
  expect(sayIn("ko")("data_other_engine", { dir: "./자료", other: "dynalite", engine: "dynoxide" })).toBe(
    "./자료 폴더의 테이블은 dynalite의 것이라 dynoxide에서 읽을 수 없습니다. --table dynalite로 시작하거나 --data로 다른 폴더를 고르세요.",
  );
});

it("an error of a start is told in the reader's language, and reads in English where nobody reads it", () => {
  const error = new StartError("port_taken", { port: 3000 });
  expect([error.code, error.message]).toEqual([
    "port_taken",
    "Port 3000 is taken. End what listens there, or name another one with --port.",
  ]);
  expect(error.told(sayIn("ko"))).toContain("3000번 포트는 이미 쓰이고 있습니다.");
});
