// The generated pages are what the code says, and each code, state and reason stands in one of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directPage, payloadOf, writeDirectSchemas } from "../../infra/build/openapi/direct-invocation.ts";
import { directDoors } from "../../infra/build/openapi/doors.ts";
import { orderStatesPage } from "../../infra/build/order-states-page.ts";
import { problemTexts } from "../../infra/build/problem-texts.ts";
import { codes, problemsPage } from "../../infra/build/problems-page.ts";
import { reviewReasonsPage } from "../../infra/build/review-reasons-page.ts";
import { testCardsPage } from "../../infra/build/test-cards-page.ts";
import { orderStates } from "../../lib/domain/order.ts";
import { canMove } from "../../lib/domain/order-change.ts";
import { reviewReasons } from "../../lib/domain/review.ts";
import { readDescription } from "../support/description.ts";
import { directlyAnswered, directlyAsked } from "../support/direct-schemas.ts";
import { projectDir } from "../support/house/sources.ts";

it.each([
  ["problems", problemsPage()],
  ["review-reasons", reviewReasonsPage()],
  ["order-states", orderStatesPage()],
  ["test-cards", testCardsPage()],
  ["direct-invocation", directPage()],
])("docs/%s.md is what its generator in infra/build writes", (name, page) => {
  expect(readFileSync(join(projectDir, `docs/${name}.md`), "utf8")).toBe(page);
});

describe("docs/direct-invocation.schema.json", () => {
  it("is what its generator writes", () => {
    const file = join(projectDir, "docs/direct-invocation.schema.json");
    expect(readFileSync(file, "utf8")).toBe(writeDirectSchemas());
  });

  it.each(directDoors.map((door) => [door.action, door] as const))(
    "takes the example of %s",
    (action, door) => {
      expect(directlyAsked(action, payloadOf(door))).toEqual([]);
      expect(directlyAsked(action, { ...payloadOf(door), nickname: "x" })).not.toEqual([]);
      // Today's list alone needs nothing more.
      expect(directlyAsked(action, { action }).length > 0).toBe(action !== "order.list");
      expect(directlyAnswered(action, { status: 418, body: {} })).not.toEqual([]);
    },
  );
});

it("a list is asked for by a day, as what is in review or by neither, not by both", () => {
  const asked = (more: object) => directlyAsked("order.list", { action: "order.list", ...more });
  expect(asked({ day: "2026-08-05" })).toEqual([]);
  expect(asked({ review: true, limit: 2 })).toEqual([]);
  expect(asked({ cursor: "" })).toEqual([]);
  for (const wrong of [{ day: "2026-08-05", review: true }, { review: false }, { day: 20260805 }])
    expect(asked(wrong)).not.toEqual([]);
});

it("a door without an action is said to be open over HTTP only", () => {
  expect(directPage()).toContain("only: `GET /give-back-brake`, `GET /queue`.");
});

describe("the page of codes", () => {
  const page = problemsPage();

  it("has every code an answer can carry, under a heading that `type` can lead to", () => {
    const { properties } = readDescription().components.schemas["Problem"] as {
      properties: { code: { enum: readonly string[] } };
    };
    expect([...codes].sort()).toEqual([...properties.code.enum].sort());
    for (const code of codes) expect(page).toContain(`\n## ${code}\n`);
  });

  it("says what it means when there is no code", () => {
    expect(page.split("\n## ")[0]?.match(/\{"message":"Not Found"\}/g)).toHaveLength(2);
  });

  it("shows for each what is really answered", () => {
    const examples = [...page.matchAll(/```json\n([^`]*)\n```/g)].map(
      ([, json = ""]) => JSON.parse(json) as Record<string, unknown>,
    );
    expect(examples).toHaveLength(codes.length);
    for (const [index, example] of examples.entries()) {
      const inside = (example["errors"] ?? []) as readonly { readonly code: string }[];
      expect([example["code"], ...inside.map(({ code }) => code)]).toContain(codes[index]);
      expect(example["type"]).toBe(`/errors/${example["code"]}`);
    }
  });

  it("is not written with a code untold, told twice or unknown", () => {
    const [first, ...others] = problemTexts;
    if (!first) throw new Error("no texts");
    expect(() => problemsPage(others)).toThrow(first.code);
    expect(() => problemsPage([...problemTexts, first])).toThrow(first.code);
    expect(() => problemsPage([...problemTexts, { ...first, code: "nobody_knows" }])).toThrow("nobody_knows");
  });

  it("says everything in Korean and English", () => {
    for (const { cause, remedy } of problemTexts)
      for (const text of [remedy, ...(cause ? [cause] : [])]) {
        expect(text.ko).toMatch(/\p{Script=Hangul}/u);
        expect(text.en).toMatch(/^[\x20-\x7e]+$/);
      }
  });
});

it("the diagram of states has the moves that are possible, and no other", () => {
  const arrows = [...orderStatesPage().matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  const possible = orderStates.flatMap((from) =>
    orderStates.filter((to) => canMove(from, to)).map((to) => `${from} ${to}`),
  );
  expect(arrows.sort()).toEqual(possible.sort());
});

it("the page of reasons says of each what a person may accept", () => {
  const rows = new Map(
    [...reviewReasonsPage().matchAll(/^\| <a id="(\w+)">.* \| ([^|]+) \|$/gm)].map(([, reason, last]) => [
      reason,
      last,
    ]),
  );
  expect([...rows.keys()]).toEqual([...reviewReasons]);
  expect([rows.get("tax_free_mismatch"), rows.get("amount_mismatch")]).toEqual(["예 · yes", "-"]);
  expect(rows.get("foreign_channel")).toContain("PAY_MID");
});
