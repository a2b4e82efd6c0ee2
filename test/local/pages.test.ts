// The pages as a whole: both languages say the same, links lead somewhere, and no command is printed that nothing runs.
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectDir } from "../support/house/sources.ts";
import { findBrokenLinks, findOneTongued, inlineCodeOf, linksOf, shapeOf, textOf } from "../support/pages.ts";
import { blocksOf } from "../support/readme.ts";

const within = (folder: string): readonly string[] =>
  readdirSync(join(projectDir, folder)).map((name) => join(folder, name));
/** A folder is led to by its own page. */
const docs = readdirSync(join(projectDir, "docs"), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? within(`docs/${entry.name}`) : [`docs/${entry.name}`],
);
/** Told in English only: what was decided and what changed is written as the code is. */
const inEnglish = ["CHANGELOG.md", "DECISIONS.md"];
const others = [".", "lib/client", "test/simulation", "test/simulator"].flatMap(within);
const pages = [...others, ...docs]
  .filter((page) => page.endsWith(".md") && !inEnglish.includes(page))
  .toSorted();
const isKorean = (page: string): boolean => page.endsWith(".ko.md");
const koreanOf = (page: string): string => page.replace(/\.md$/, ".ko.md");
const twins = pages.filter((page) => pages.includes(koreanOf(page)));

it("there are pages in two languages", () => {
  expect(twins).toEqual([
    "CONTRIBUTING.md",
    "README.md",
    "docs/card-data.md",
    "docs/console.md",
    "docs/deploy.md",
    "docs/events.md",
    "docs/performance.md",
    "docs/public-clients.md",
    "docs/receipts.md",
    "docs/refunds.md",
    "docs/review.md",
    "docs/runbook.md",
    "docs/threat-model.md",
    "test/simulation/README.md",
    "test/simulator/README.md",
  ]);
});

describe.each(twins)("%s in both languages", (page) => {
  const [english, korean] = [textOf(page), textOf(koreanOf(page))];

  it("has the same sections, tables, lists and commands in the same order", () => {
    expect(shapeOf(korean)).toEqual(shapeOf(english));
  });

  it("leads to the same pages, in Korean where there is one", () => {
    const asKorean = (target: string): string => {
      const [path = "", anchor] = target.split("#");
      if (path === basename(koreanOf(page))) return basename(page);
      const isTold = pages.includes(join(dirname(page), koreanOf(path)));
      return `${isTold ? koreanOf(path) : path}${anchor === undefined ? "" : "#"}`;
    };
    const led = linksOf(korean).map((target) => target.replace(/#.*$/, "#"));
    expect(led.toSorted()).toEqual(linksOf(english).map(asKorean).toSorted());
  });

  it("says the same names in code", () => {
    const names = (text: string) => inlineCodeOf(text).filter((code) => /^[\x20-\x7e…]+$/.test(code));
    // Of a deployment's keys some stand for keys, in the page's language: deploy-guide.test.ts.
    if (page !== "docs/deploy.md") expect(names(korean).toSorted()).toEqual(names(english).toSorted());
  });

  it("leads to the other at its top", () => {
    const top = (text: string) => linksOf(text.split("\n## ")[0] ?? "");
    expect(top(english)).toContain(basename(koreanOf(page)));
    expect(top(korean)).toContain(basename(page));
  });

  it("is Korean where it says so", () => {
    const paragraphs = (text: string) =>
      text
        .replaceAll(/^(```[\s\S]*?^```|[#|<].*)$/gm, "")
        .split(/\n\n+/)
        .filter((paragraph) => paragraph.trim() !== "" && paragraph.trim() !== "Apache-2.0");
    expect(paragraphs(korean).filter((paragraph) => !/\p{Script=Hangul}/u.test(paragraph))).toEqual([]);
  });
});

describe.each(pages.filter((page) => !isKorean(page) && !twins.includes(page)))("%s in one page", (page) => {
  it("says everything in Korean first, with English beside", () => {
    expect(findOneTongued(textOf(page))).toEqual([]);
  });
});

it("the README leads to every page", () => {
  const led = linksOf(textOf("README.md"));
  const unled = pages.filter((page) => !isKorean(page) && !led.includes(page));
  // Led to by the page of soaks.
  expect(unled).toEqual(["README.md", "test/simulation/README.md"]);
});

describe.each(pages)("%s", (page) => {
  it("leads to pages and headings that there are", () => {
    expect(findBrokenLinks(page, textOf(page))).toEqual([]);
  });

  it("names files that there are", () => {
    const named = inlineCodeOf(textOf(page)).filter((code) =>
      /^(functions|lib|infra|test|docs)\/[\w./-]+$/.test(code),
    );
    expect(named.filter((path) => !existsSync(join(projectDir, path)))).toEqual([]);
  });
});

it.each([
  ["a title in English", "# Refunds\n"],
  ["English first", "# Refunds · 환불\n"],
  ["a title in Korean", "# 환불\n"],
  ["a paragraph in English", "# 환불 · Refunds\n\nIt moves money once."],
  ["a paragraph in Korean", "# 환불 · Refunds\n\n돈을 한 번만 움직입니다."],
  ["the English before the Korean", "It moves money once.\n\n돈을 한 번만 움직입니다."],
  ["a list in Korean", "- 전액 환불\n- 부분 환불\n"],
  ["a row in English", "| `amount` | what is left of it |\n"],
  ["a row in Korean", "| `amount` | 남은 금액 |\n"],
])("%s stands alone", (_, text) => {
  expect(findOneTongued(text)).not.toEqual([]);
});

it("code and names are of both languages", () => {
  const text =
    "# 환불 · Refunds\n\n돈을 한 번만 움직입니다.\n\nIt moves money once.\n\n## order_busy\n\n| `amount` | 남은 금액<br>what is left |\n| PHP 8.0 | [shop.php](shop.php) |";
  expect(findOneTongued(text)).toEqual([]);
});

it("a link to nowhere is found", () => {
  const text =
    "# Here\n[a](docs/none.md) [b](#there) [c](#here) [d](docs/review.ko.md#예) [e](docs/review.md#none)";
  expect(findBrokenLinks("README.md", text)).toEqual(["docs/none.md", "#there", "docs/review.md#none"]);
});

/** And the test that runs its commands. */
const followed = [
  "README.md", // readme.test.ts
  "README.ko.md", // readme.test.ts
  "docs/charges.md", // test/flows/pages.test.ts
  "docs/deploy.md", // test/deploy/deploy-guide.test.ts
  "docs/receipts.md", // test/flows/receipts-page.test.ts
  "docs/review.md", // test/flows/pages.test.ts
  "docs/runbook.md", // test/flows/pages.test.ts
  "lib/client/README.md", // test/flows/client.test.ts
  "test/simulator/README.md", // test/simulator/described.test.ts
];

it("every command is run by a test, or says why not", () => {
  const code = ["sh", "js", "ts", "html", "python", "php", "java"];
  const withCommands = pages.filter(
    (page) =>
      (page.startsWith("README") || !isKorean(page)) &&
      blocksOf(textOf(page)).some(({ language, notRun }) => code.includes(language) && notRun === null),
  );
  expect(withCommands.toSorted()).toEqual(followed.toSorted());
});
