// The READMEs, followed: every command they print, in the order printed, in a fresh copy of the project.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, cloneProject, followReadme, removeClone } from "../support/readme.ts";

const pages = ["README.md", "README.ko.md"] as const;
let dir: string;
beforeAll(() => {
  dir = cloneProject();
});
afterAll(() => removeClone(dir));

const textOf = (page: string) => readFileSync(join(import.meta.dirname, "../..", page), "utf8");
/** Comments are for the page's reader and in the page's language. */
const codeOf = (text: string) => text.replaceAll(/\s*(\/\/ |# ).*$/gm, "").trim();

describe.each(pages)("%s", (page) => {
  it("ends in a partly refunded order, a cash receipt and a charge", { timeout: 120_000 }, async () => {
    const { output } = await followReadme(dir, page);
    expect(output).toMatch(/"state":"paid"/);
    expect(output).toMatch(/"state":"succeeded","amount":20000,.*"remaining":89000/);
    expect(output).toMatch(/"state":"issued",.*"identifier_masked":"010\*\*\*\*5678","amount":55000/);
    expect(output).toMatch(/"merchant_uid":"sub-202608-hong","state":"paid"/);
  });

  it("leaves to the reader only what needs another program, this run itself, or minutes", () => {
    const left = blocksOf(textOf(page)).flatMap(({ text, notRun }) => (notRun === null ? [] : [text]));
    const programs = left.map((text) => text.split(" ").slice(0, 2).join(" "));
    expect(new Set(programs)).toEqual(
      new Set(["npm test", "python3 -m", "aws lambda", ...(page === "README.md" ? ["npm run"] : [])]),
    );
  });
});

it("the Korean page says no command that the English one does not", () => {
  const [english = [], korean = []] = pages.map((page) =>
    blocksOf(textOf(page)).map(({ text }) => codeOf(text)),
  );
  expect(korean.filter((code) => !english.includes(code))).toEqual([]);
});

it("the addresses of local commands come from npm start, so that another port works, too", () => {
  for (const page of pages)
    for (const { language, text } of blocksOf(textOf(page)))
      if (language === "sh") expect(text).not.toMatch(/127\.0\.0\.1:300\d/);
});
