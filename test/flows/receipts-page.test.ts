// docs/receipts in both languages: every command is run as it stands and answers what is printed below it, and what they
// name exists. That both say the same is shown in test/local/pages.test.ts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploymentSettings, settingDefaults } from "../../lib/config.ts";
import { receiptRules } from "../../lib/domain/ksnet/receipt-rules.ts";
import { reviewReasons } from "../../lib/domain/review.ts";
import { problemKinds } from "../../lib/http/problem-kinds.ts";
import { secretNames } from "../../lib/secrets.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { inlineCodeOf, runPage, textOf } from "../support/pages.ts";
import { blocksOf } from "../support/readme.ts";

const pages = ["docs/receipts.md", "docs/receipts.ko.md"] as const;
const [english, korean] = [textOf(pages[0]), textOf(pages[1])];

describe("the commands", () => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack?.close());

  it("answer what the page prints below them", { timeout: 60_000 }, async () => {
    const env = { ...process.env, G: stack.gatewayUrl, SIM: stack.simulatorUrl, KEY: stack.merchantKey };
    const { answers, said } = await runPage(pages[0], process.cwd(), env);
    expect(answers).toHaveLength(7);
    for (const [answered, printed] of answers) expect(answered).toMatchObject(printed);
    expect(JSON.parse(said)).toMatchObject({ merchant_uid: "ord-20260805-000151", review_reason: null });
  });
});

it("both languages have the same commands, answers and names", () => {
  expect(blocksOf(korean)).toEqual(blocksOf(english));
  expect(inlineCodeOf(korean).toSorted()).toEqual(inlineCodeOf(english).toSorted());
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
});
