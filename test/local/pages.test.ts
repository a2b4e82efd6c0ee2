// The pages as a whole: both languages say the same, links lead somewhere, and no command is printed that nothing runs.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectDir } from "../support/house/sources.ts";
import { findBrokenLinks, inlineCodeOf, linksOf, shapeOf, textOf } from "../support/pages.ts";
import { blocksOf } from "../support/readme.ts";

/** A folder is led to by its own page. */
const docs = readdirSync(join(projectDir, "docs"), { withFileTypes: true }).map((entry) =>
  entry.isDirectory() ? `docs/${entry.name}/README.md` : `docs/${entry.name}`,
);
const pages = ["README.md", "README.ko.md", "CONTRIBUTING.md", ...docs].filter((page) =>
  page.endsWith(".md"),
);
const isKorean = (page: string): boolean => page.endsWith(".ko.md");
const koreanOf = (page: string): string => page.replace(/\.md$/, ".ko.md");
const twins = pages.filter((page) => pages.includes(koreanOf(page)));

it("there are pages in two languages", () => {
  expect(twins).toEqual([
    "README.md",
    "docs/card-data.md",
    "docs/deploy.md",
    "docs/receipts.md",
    "docs/threat-model.md",
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
      if (path === koreanOf(page.replace("docs/", ""))) return page.replace("docs/", "");
      const folder = page.startsWith("docs/") ? "docs" : "";
      const twin = join(folder, koreanOf(path));
      return `${pages.includes(twin) ? koreanOf(path) : path}${anchor === undefined ? "" : "#"}`;
    };
    const led = linksOf(korean).map((target) => target.replace(/#.*$/, "#"));
    expect(led.toSorted()).toEqual(linksOf(english).map(asKorean).toSorted());
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

it("both READMEs say the same names in code", () => {
  const names = (page: string) =>
    inlineCodeOf(textOf(page))
      .filter((code) => /^[\x20-\x7e…]+$/.test(code))
      .toSorted();
  expect(names("README.ko.md")).toEqual(names("README.md"));
});

it("the README leads to every page of docs", () => {
  const led = linksOf(textOf("README.md"));
  expect(docs.filter((page) => !isKorean(page) && !led.includes(page))).toEqual([]);
});

describe.each(pages)("%s", (page) => {
  it("leads to pages and headings that there are", () => {
    expect(findBrokenLinks(page, textOf(page))).toEqual([]);
  });
});

it("a link to nowhere is found", () => {
  const text =
    "# Here\n[a](docs/none.md) [b](#there) [c](#here) [d](docs/review.md#한국어) [e](docs/review.md#none)";
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
