// docs/receipts in both languages: every command is run as it stands and answers what is printed below it, both pages
// say the same, and what they name exists.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploymentSettings, settingDefaults } from "../../lib/config.ts";
import { receiptRules } from "../../lib/domain/ksnet/receipt-rules.ts";
import { reviewReasons } from "../../lib/domain/review.ts";
import { problemKinds } from "../../lib/http/problem-kinds.ts";
import { secretNames } from "../../lib/secrets.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Block, blocksOf } from "../support/readme.ts";
import type { Json } from "../support/shop.ts";

const docsDir = join(import.meta.dirname, "../../docs");
const pages = ["receipts.md", "receipts.ko.md"] as const;
const textOf = (page: string): string => readFileSync(join(docsDir, page), "utf8");
const [english, korean] = [textOf(pages[0]), textOf(pages[1])];

const inlineCodeOf = (text: string): readonly string[] => [
  ...new Set(
    [...text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code),
  ),
];

/** A printed answer as a matcher: what the run decides is printed as an ellipsis. */
const asMatcher = ({ text }: Block): Json =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Json).map(([name, value]) => [
      name,
      typeof value === "string" && value.includes("…") ? expect.any(String) : value,
    ]),
  );

describe("the commands", () => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack?.close());

  it("answer what the page prints below them", { timeout: 60_000 }, async () => {
    const env = { ...process.env, G: stack.gatewayUrl, SIM: stack.simulatorUrl, KEY: stack.merchantKey };
    let said = "";
    const answers: [Json, Json][] = [];
    for (const block of blocksOf(english)) {
      if (block.language === "json") answers.push([JSON.parse(said) as Json, asMatcher(block)]);
      if (block.language !== "sh") continue;
      const strict = block.text.replaceAll("curl -sS", "curl -sS --fail-with-body");
      said = (await promisify(execFile)("bash", ["-euo", "pipefail", "-c", strict], { env })).stdout;
    }
    expect(answers).toHaveLength(7);
    for (const [answer, printed] of answers) expect(answer).toMatchObject(printed);
    expect(JSON.parse(said)).toMatchObject({ merchant_uid: "ord-20260805-000151", review_reason: null });
  });
});

describe("both languages", () => {
  it("have the same commands and answers", () => {
    expect(blocksOf(korean)).toEqual(blocksOf(english));
  });

  it("have the same headings, tables and names", () => {
    const levels = (text: string) => [...text.matchAll(/^(#+) (\d*)/gm)].map(([, level, at]) => [level, at]);
    expect(levels(korean)).toEqual(levels(english));
    const cells = (text: string) =>
      text.split("\n").flatMap((line) => (line.startsWith("|") ? [line.split("|").length] : []));
    expect(cells(korean)).toEqual(cells(english));
    expect([...inlineCodeOf(korean)].sort()).toEqual([...inlineCodeOf(english)].sort());
    const lists = (text: string) => text.split("\n").filter((line) => line.startsWith("- ")).length;
    expect(lists(korean)).toBe(lists(english));
  });
});

describe.each(pages)("%s", (page) => {
  it("names only codes, marks and settings that there are", () => {
    const known: readonly string[] = [
      ...Object.keys(problemKinds),
      ...receiptRules.map(({ code }) => code),
      ...reviewReasons,
      ...Object.keys(settingDefaults),
      ...deploymentSettings,
      ...secretNames,
    ];
    const codes = [...textOf(page).matchAll(/\b4\d\d`?\s+`(\w+)`/g)].map(([, code = ""]) => code);
    const settings = textOf(page).match(/\bPAY_[A-Z_]+\b/g) ?? [];
    expect(codes.length).toBeGreaterThan(8);
    expect([...codes, ...settings].filter((name) => !known.includes(name))).toEqual([]);
  });

  it("leads to pages and headings that there are", () => {
    const anchorOf = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-");
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
    expect(links.length).toBeGreaterThan(3);
    for (const [link, path = "", anchor] of links) {
      const file = path === "" ? page : path;
      expect(existsSync(join(docsDir, file)), link).toBe(true);
      const anchors = [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
      if (anchor !== undefined) expect(anchors, link).toContain(anchor);
    }
  });
});
