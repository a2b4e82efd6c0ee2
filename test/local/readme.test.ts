// The READMEs, followed: every command they print, in the order printed, in a fresh copy of the project. That both say the
// same is shown in pages.test.ts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textOf } from "../support/pages.ts";
import { blocksOf, cloneProject, followReadme, removeClone } from "../support/readme.ts";

const pages = ["README.md", "README.ko.md"] as const;
let dir: string;
beforeAll(() => {
  dir = cloneProject();
});
afterAll(() => removeClone(dir));

/** The demo's lines, however long each step took. */
const stepsIn = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => (/^ ?\d+\. /.test(line) ? [line.replace(/ +(\d+|…) ms/, " … ms")] : []));

describe.each(pages)("%s", (page) => {
  it("ends in a paid, partly refunded order and a cash receipt", { timeout: 120_000 }, async () => {
    const { output, started } = await followReadme(dir, page);
    const printed = blocksOf(textOf(page)).filter(({ language }) => language === "text");
    expect(printed).toHaveLength(1);
    expect(stepsIn(started)).toEqual(stepsIn(printed[0]?.text ?? ""));
    expect(output).toMatch(/"state":"paid"/);
    expect(output).toMatch(/"state":"succeeded","amount":20000,.*"remaining":89000/);
    expect(output).toMatch(/"state":"issued",.*"identifier_masked":"010\*\*\*\*5678","amount":55000/);
  });

  it("leaves to the reader only what needs another program, or this run itself", () => {
    const left = blocksOf(textOf(page)).flatMap(({ text, notRun }) => (notRun === null ? [] : [text]));
    const programs = left.map((text) => text.split(" ").slice(0, 2).join(" "));
    expect(new Set(programs)).toEqual(new Set(["npm test", "python3 -m", "aws lambda"]));
  });
});

it("the addresses of local commands come from npm start, so that another port works, too", () => {
  for (const page of pages)
    for (const { language, text } of blocksOf(textOf(page)))
      if (language === "sh") expect(text).not.toMatch(/127\.0\.0\.1:300\d/);
});
