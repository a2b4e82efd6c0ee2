// Each rule of the house sees what breaks it; and what the compiler is to refuse, it refuses in a copy.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrokenRules } from "../lib/domain/ksnet/rule.ts";
import { ruleAnswer } from "../lib/http/problem.ts";
import {
  findCasts,
  findClaimComparisons,
  findClosures,
  findForbiddenCalls,
  findImpurities,
  findLeftOvers,
  findLongFiles,
  findSpreadOrders,
  findUntested,
  markers,
} from "./support/house/code.ts";
import { copyProduct, type Plant, type ProductCopy } from "./support/house/compiling.ts";
import { actionsInCode } from "./support/house/deployment.ts";
import { fileGraph, findCircles, findForbiddenImports, findPeeking } from "./support/house/imports.ts";
import { findFalseMap, findUnnamedRoutes } from "./support/house/readme.ts";
import type { SourceFile } from "./support/house/sources.ts";

const planted = (path: string, text: string): readonly SourceFile[] => [{ path, text }];

describe("each rule sees what breaks it", () => {
  it.each([
    ["the domain imports an adapter", planted("lib/domain/x.ts", 'import { a } from "../dynamodb/y.ts";')],
    ["the domain imports node", planted("lib/domain/x.ts", 'import { a } from "node:crypto";')],
    [
      "a use case imports HTTP",
      planted("lib/usecases/orders/x.ts", 'import type { A } from "../../http/y.ts";'),
    ],
    [
      "a subject imports another",
      planted("lib/usecases/refunds/x.ts", 'import { a } from "../charges/y.ts";'),
    ],
    ["sync imports a subject", planted("lib/usecases/syncing/x.ts", 'import { a } from "../refunds/y.ts";')],
    ["HTTP imports a use case", planted("lib/http/x.ts", 'import { a } from "../usecases/claim.ts";')],
    [
      "a function imports the SDK",
      planted("functions/x.ts", 'import { A } from "@aws-sdk/client-dynamodb";'),
    ],
    [
      "the client imports the server",
      planted("lib/client/x.ts", 'import type { Order } from "../domain/order.ts";'),
    ],
    [
      "the console imports the domain",
      planted("infra/console/x.ts", 'import { a } from "../../lib/domain/y.ts";'),
    ],
    ["the server imports the client", planted("lib/wiring.ts", 'import { a } from "./client/index.ts";')],
    ["all of zod", planted("lib/http/x.ts", 'import * as z from "zod";')],
    [
      "the simulator imports the product",
      planted("test/simulator/x.ts", 'import { a } from "../../lib/domain/y.ts";'),
    ],
    ["an import over lines", planted("lib/domain/x.ts", 'import {\n  a,\n} from "../http/y.ts";')],
  ])("%s", (_, sources) => {
    expect(findForbiddenImports(sources)).toHaveLength(1);
  });

  it("the product knows a test", () => {
    const text = 'import { a } from "../../test/simulator/y.ts";';
    expect(findPeeking(planted("infra/local/x.ts", text))).toHaveLength(1);
  });
  it("a circle of two, of three, of one; and none in a chain", () => {
    const graph = (edges: Record<string, string[]>) =>
      findCircles(new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)])));
    expect(graph({ a: ["b"], b: ["a"] })).toHaveLength(1);
    expect(graph({ a: ["b"], b: ["c"], c: ["a"], d: ["a"] })).toHaveLength(1);
    expect(graph({ a: ["a"] })).toHaveLength(1);
    expect(graph({ a: ["b", "c"], b: ["c"], c: [] })).toEqual([]);
    expect(fileGraph(planted("lib/a/x.ts", 'import type { A } from "../b.ts";'))).toEqual(
      new Map([["lib/a/x.ts", new Set(["lib/b.ts"])]]),
    );
  });
  it.each(["const a = Date.now();", "const a = new Date();", "const a = Math.random();", "process.env.A"])(
    "%s in the core",
    (text) => {
      expect(findImpurities(planted("lib/domain/x.ts", text))).toHaveLength(1);
      expect(findImpurities(planted("lib/domain/x.ts", `// ${text}`))).toEqual([]);
    },
  );
  it("global fetch, the environment, a setting's name", () => {
    const text = 'fetch("x"); process.env["A"]; "PAY_STAGE"';
    expect(findForbiddenCalls(planted("lib/http/x.ts", text))).toHaveLength(3);
  });
  it.each([
    ["functions/x.ts", 150],
    ["lib/x.ts", 250],
    ["test/x.ts", 300],
  ])("a long file: %s over %d lines", (path, limit) => {
    expect(findLongFiles(planted(path, "a\n".repeat(limit + 1)))).toHaveLength(1);
    expect(findLongFiles(planted(path, "a\n".repeat(limit)))).toEqual([]);
  });
  it("but not one that a program writes", () => {
    expect(findLongFiles(planted("lib/client/doors.ts", "a\n".repeat(5_000)))).toEqual([]);
  });
  it("a left-over marker", () => {
    expect(findLeftOvers(planted("lib/x.ts", `// ${markers[0]}: later`))).toHaveLength(1);
  });
  it("a cast code, a cast stored word", () => {
    expect(findCasts(planted("functions/x.ts", "const a = b as ProblemCode;"))).toHaveLength(1);
    const stored = 'state: readText(item, "state") as OrderState,';
    expect(findCasts(planted("lib/dynamodb/x.ts", stored))).toHaveLength(1);
  });
  it("a second comparison of claims", () => {
    const text = "if (order.cancel?.claimToken === claimToken) send();";
    expect(findClaimComparisons(planted("lib/usecases/refunds/x.ts", text))).toHaveLength(1);
  });
  it("a function handed down", () => {
    const text = "export interface RequestX {\n  readonly read: (order: Order) => number;\n}";
    expect(findClosures(planted("lib/usecases/x.ts", text))).toHaveLength(1);
    expect(findClosures(planted("lib/usecases/x.ts", text.replace("RequestX", "XPorts")))).toEqual([]);
  });
  it("a spread order", () => {
    const text = "const paid = { ...order, impUid: record.impUid };";
    expect(findSpreadOrders(planted("lib/domain/x.ts", text))).toHaveLength(1);
  });
  it("a use case without a test", () => {
    const both = [
      ...planted("lib/usecases/x.ts", ""),
      ...planted("test/usecases/y.test.ts", 'import { a } from "../../lib/usecases/y.ts";'),
    ];
    expect(findUntested(both, "lib/usecases/", "test/usecases/")).toEqual(["lib/usecases/x.ts"]);
  });
  it("an action that the code calls for through a use case", () => {
    const both = [
      ...planted("functions/x.ts", 'import { a } from "../lib/usecases/x.ts";'),
      ...planted("lib/usecases/x.ts", "await ports.store.update(order, next);"),
    ];
    expect(actionsInCode("x", both)).toEqual(["GetItem", "UpdateItem"]);
  });
  it("a map that is not true, a route nobody named", () => {
    const readme = `${"| a | `lib/a.ts` | `a` |\n".repeat(10)}`;
    expect(findFalseMap(readme, () => "export const a = 1;")).toEqual([]);
    expect(findFalseMap(readme, () => "const a = 1;")).toHaveLength(10);
    expect(findFalseMap(readme, () => null).length).toBeGreaterThan(10);
    expect(findFalseMap("", () => "")).toHaveLength(1);
    expect(findUnnamedRoutes("`GET /a`", ["GET /a", "GET /b"])).toEqual(["GET /b"]);
  });
});

describe("does not compile", () => {
  let copy: ProductCopy;
  beforeAll(() => {
    copy = copyProduct();
  });
  afterAll(() => copy.remove());

  const rule = (code: string): Plant => ({
    file: "lib/domain/ksnet/charge-rules.ts",
    from: "export const chargeRules: readonly Rule<ChargeFacts>[] = [",
    to: `export const chargeRules: readonly Rule<ChargeFacts>[] = [
  { code: "${code}", rule: "R-KS-99", title: "Nobody knows it", detail: "모르는 규칙입니다.", findBroken: () => [] },`,
  });

  it("nothing planted compiles", () => {
    expect(copy.compile([])).toBe("");
  });
  it.each<[string, readonly Plant[]]>([
    ["a rule whose code nobody knows", [rule("nobody_knows")]],
    [
      "a state nobody decided about",
      [{ file: "lib/domain/order.ts", from: '  "voided",\n]', to: '  "voided",\n  "parked",\n]' }],
    ],
    [
      "a state of an attempt",
      [
        {
          file: "lib/domain/order.ts",
          from: '"abandoned", "given_back"]',
          to: '"abandoned", "given_back", "parked"]',
        },
      ],
    ],
    [
      "a status of a payment",
      [
        {
          file: "lib/domain/payment-record.ts",
          from: '"failed", "cancelled"]',
          to: '"failed", "cancelled", "parked"]',
        },
      ],
    ],
    [
      "a reason for review",
      [
        {
          file: "lib/domain/review.ts",
          from: '  "operation_unresolved",\n]',
          to: '  "operation_unresolved",\n  "parked",\n]',
        },
      ],
    ],
    [
      "an outcome of a sync",
      [
        {
          file: "lib/usecases/syncing/sync.ts",
          from: '  | { readonly outcome: "order_not_found" }',
          to: '  | { readonly outcome: "order_not_found" }\n  | { readonly outcome: "parked" }',
        },
      ],
    ],
    [
      "an outcome of a charge",
      [
        {
          file: "lib/usecases/charges/charge-order.ts",
          from: '| "order_not_found"',
          to: '| "parked" | "order_not_found"',
        },
      ],
    ],
    [
      "a refusal of a refund",
      [
        {
          file: "lib/domain/refund.ts",
          from: '  | "order_not_paid"',
          to: '  | "order_not_paid"\n  | "parked"',
        },
      ],
    ],
    [
      "who paid an order, as a patch",
      [
        {
          file: "lib/domain/voiding.ts",
          from: "{ attempts, isVoidWanted: true, instruction: wish }",
          to: "{ attempts, isVoidWanted: true, instruction: wish, impUid: null }",
        },
      ],
    ],
  ])("%s", (_, plants) => {
    expect(copy.compile(plants)).toMatch(/error TS/);
  });

  it("a new rule needs its code in the union and nothing else", () => {
    const union = {
      file: "lib/domain/ksnet/rule-code.ts",
      from: '  | "pay_method_unknown"',
      to: '  | "pay_method_unknown"\n  | "known_now"',
    };
    expect(copy.compile([union, rule("known_now")])).toBe("");
  });
});

it("a rule that is broken speaks for itself: its title, its sentence and its id are the answer", () => {
  const planted = {
    code: "pay_method_unknown",
    rule: "R-KS-99",
    title: "Planted for this test",
    detail: "이 테스트를 위한 규칙입니다.",
    findBroken: () => ["/amount"],
  } as const;
  const broken = findBrokenRules([planted], {}, { nowMs: 0, contracts: new Set() });
  const { findBroken: _, ...words } = planted;
  expect(ruleAnswer(broken, "request-1")).toMatchObject({
    status: 422,
    code: planted.code,
    body: { ...words, status: 422, errors: [{ ...words, pointer: "/amount" }] },
  });
});
