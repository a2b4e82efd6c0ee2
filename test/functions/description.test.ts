// docs/openapi.json is what the code says, and what it is held against sees what is wrong. That its examples work is shown in
// test/flows/described.test.ts; that every answer of the tests is as described, test/support sees to.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allCodes } from "../../infra/build/openapi/components.ts";
import { openApiDocument, writeDocument } from "../../infra/build/openapi/document.ts";
import { merchantDoors, openDoors } from "../../infra/build/openapi/doors.ts";
import { fieldTexts } from "../../infra/build/openapi/field-texts.ts";
import { codesOfDoor } from "../../infra/build/openapi/responses.ts";
import { problemKinds } from "../../lib/http/problem-kinds.ts";
import { allCodesOf, DescribedDoors, readDescription } from "../support/description.ts";
import { copyProduct, type Plant } from "../support/house/compiling.ts";
import { routesInCode } from "../support/house/deployment.ts";
import { files, projectDir, type SourceFile } from "../support/house/sources.ts";
import { pairOf } from "../support/seen-codes.ts";
import { findCodeDifferences } from "../support/unseen-codes.ts";

const all = [...merchantDoors, ...openDoors];
const text = writeDocument();

describe("the description of the doors", () => {
  it("is what `npx node infra/build/openapi/document.ts` writes", () => {
    expect(`${JSON.stringify(readDescription(), null, 1)}\n`).toBe(text);
  });

  it("names every door, and none that is not there", () => {
    const described = Object.entries(readDescription().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const undescribed = (sources: readonly SourceFile[]) =>
      routesInCode(sources).filter((route) => !route.startsWith("OPTIONS ") && !described.includes(route));
    expect(undescribed(files)).toEqual([]);
    expect(described.filter((route) => !routesInCode(files).includes(route))).toEqual([]);
    const added = { path: "functions/coupons.ts", text: 'const route = "GET /coupons";' };
    expect(undescribed([...files, added])).toEqual(["GET /coupons"]);
  });

  it("names every code that there is", () => {
    const told = new Set<string>(all.flatMap(codesOfDoor));
    const inWindow = allCodes.filter((code) => !(code in problemKinds) && !told.has(code));
    expect(Object.keys(problemKinds).filter((code) => !told.has(code))).toEqual([]);
    // KSNET's rules for windows stand inside request_pay_refused.
    expect(told).toContain("request_pay_refused");
    expect(inWindow).toEqual(expect.arrayContaining(["pay_method_unknown", "digital_required"]));
  });

  it("explains every code as a tag of its own, and names each tag in one group", () => {
    const { tags, "x-tagGroups": groups } = openApiDocument() as unknown as {
      readonly tags: readonly { readonly name: string; readonly description: string }[];
      readonly "x-tagGroups": readonly { readonly tags: readonly string[] }[];
    };
    expect(groups.flatMap((group) => group.tags)).toEqual(tags.map(({ name }) => name));
    const explained = new Map(tags.map(({ name, description }) => [name, description]));
    for (const code of allCodes) expect(explained.get(code), code).toMatch(/- 할 일: .*\p{Script=Hangul}/u);
    // The document travels without the pages beside it.
    expect(text).not.toContain(".md)");
  });

  it("says of every field what it means, and of nothing else", () => {
    const untold: string[] = [];
    const used = new Set<string>();
    const walk = (value: unknown, owner: string): void => {
      if (typeof value !== "object" || value === null) return;
      const { properties = {} } = value as { properties?: Record<string, Record<string, unknown>> };
      for (const [name, field] of Object.entries(properties)) {
        // Which codes a refusal has is said again at each door, what a code is once.
        const isTold = typeof field["description"] === "string" || owner.includes("/allOf/");
        if (!isTold) untold.push(`${owner}/${name}`);
        used.add(String(field["description"]));
      }
      for (const [name, one] of Object.entries(value)) walk(one, `${owner}/${name}`);
    };
    walk(openApiDocument(), "");
    for (const { parameters = [] } of operations())
      for (const { name, description } of parameters) {
        if (description === undefined) untold.push(name);
        used.add(String(description));
      }
    expect(untold).toEqual([]);
    expect(Object.entries(fieldTexts).filter(([, meaning]) => !used.has(meaning))).toEqual([]);
  });

  it("says of every door in Korean and English what it does", () => {
    for (const { ko, en, answers } of all) {
      for (const told of [ko, ...answers.map((answer) => answer.ko)])
        expect(told).toMatch(/\p{Script=Hangul}/u);
      for (const told of [en, ...answers.map((answer) => answer.en)]) expect(told).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it("is sound by Redocly's rules", () => {
    // A redirect is neither 2XX nor 4XX.
    const skipped = ["operation-2xx-response", "operation-4xx-response"].flatMap((rule) => [
      "--skip-rule",
      rule,
    ]);
    const { status, stdout, stderr } = lint("docs/openapi.json", skipped);
    expect(status, stdout + stderr).toBe(0);
    expect(lint("docs/openapi.json", []).status).toBe(1);
  });
});

interface DescribedOperation {
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
}

const operations = (): readonly DescribedOperation[] =>
  Object.values(openApiDocument()["paths"] as Record<string, Record<string, DescribedOperation>>).flatMap(
    (methods) => Object.values(methods),
  );

const lint = (file: string, options: readonly string[]) =>
  spawnSync(
    process.execPath,
    [
      join(projectDir, "node_modules/@redocly/cli/bin/cli.js"),
      "lint",
      file,
      "--extends=recommended-strict",
      ...options,
    ],
    {
      cwd: projectDir,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );

describe("a refusal that is declared", () => {
  const description = readDescription();
  const all = new Set(allCodesOf(description).map(({ operationId, code }) => pairOf(operationId, code)));
  const without = new Set([...all].filter((pair) => pair !== "orderVoid order_not_voidable"));

  it("and never seen is found, unless it is listed", () => {
    expect(all.size).toBeGreaterThan(400);
    expect(findCodeDifferences(description, all, {})).toEqual([]);
    const missing = ["orderVoid is never seen to answer order_not_voidable"];
    expect(findCodeDifferences(description, without, {})).toEqual(missing);
    const doors = ["orderVoid"];
    expect(findCodeDifferences(description, without, { order_not_voidable: { why: "", doors } })).toEqual([]);
  });

  it("is not listed once it is seen, nor where it is not declared", () => {
    const listed = { order_not_voidable: { why: "", doors: ["orderVoid", "orderGet"] } };
    const idle = [
      "orderVoid order_not_voidable need not be listed",
      "orderGet order_not_voidable need not be listed",
    ];
    expect(findCodeDifferences(description, all, listed)).toEqual(idle);
  });
});

describe("an answer is refused", () => {
  const doors = new DescribedDoors(readDescription());
  const json = "application/json; charset=utf-8";
  const problem = "application/problem+json";
  const found = (
    route: string,
    seen: { readonly status: number; readonly body: unknown; readonly contentType?: string },
  ) => {
    const [method = "", path = ""] = route.split(" ");
    const operation = doors.find(method, path);
    if (!operation) throw new Error(`no ${route}`);
    return doors.findDeviations(operation, { contentType: json, ...seen }).join("\n");
  };
  const line = {
    merchant_uid: "ord-1",
    state: "paid",
    amount: 109_000,
    currency: "KRW",
    remaining: 109_000,
    created_at: "2026-08-05T03:00:00.000Z",
  };
  const list = (more: object) => ({ orders: [{ ...line, ...more }], cursor: null });
  const refusal = (more: object) => ({
    type: "/errors/order_not_found",
    title: "Order not found",
    status: 404,
    detail: "주문을 찾을 수 없습니다.",
    code: "order_not_found",
    request_id: "8f1c2d3e",
    ...more,
  });

  it("when nothing is wrong with it, it is not", () => {
    expect(found("GET /orders?day=2026-08-05", { status: 200, body: list({}) })).toBe("");
    const marked = list({ review_reason: "foreign_channel" });
    expect(found("GET /orders?review=true", { status: 200, body: marked })).toBe("");
    expect(found("GET /orders/ord-1", { status: 404, body: refusal({}), contentType: problem })).toBe("");
    expect(found("GET /payments/redirect", { status: 303, body: null })).toBe("");
  });
  it.each([
    ["a status that is not described", "GET /orders", { status: 201, body: list({}) }, "not described"],
    ["a field that is missing", "GET /orders", { status: 200, body: { orders: [] } }, "cursor"],
    ["a field nobody described", "GET /orders", { status: 200, body: list({ escrow: true }) }, "escrow"],
    [
      "a word that is not in the list",
      "GET /orders",
      { status: 200, body: list({ state: "lost" }) },
      "state",
    ],
    ["an amount as text", "GET /orders", { status: 200, body: list({ amount: "1" }) }, "amount"],
    [
      "a time without milliseconds",
      "GET /orders",
      { status: 200, body: list({ created_at: "2026-08-05T03:00:00Z" }) },
      "created_at",
    ],
    [
      "a code of another door",
      "GET /orders/ord-1",
      { status: 404, body: refusal({ code: "refund_not_found" }), contentType: problem },
      "code",
    ],
    [
      "a refusal that tells more than it may",
      "GET /orders/ord-1",
      { status: 404, body: refusal({ buyer_name: "홍길동" }), contentType: problem },
      "buyer_name",
    ],
    [
      "a refusal that is called an answer",
      "GET /orders/ord-1",
      { status: 404, body: refusal({}), contentType: json },
      "application/json",
    ],
    ["a body where there is none", "GET /payments/redirect", { status: 303, body: {} }, "not described"],
  ])("%s", (_, route, seen, word) => {
    expect(found(route, seen)).toContain(word);
  });
  it("but not what API Gateway says by itself", () => {
    const body = { message: "Not Found" };
    expect(found("GET /orders/ord-1", { status: 404, body, contentType: "application/json" })).toBe("");
    expect(found("GET /orders/ord-1", { status: 404, body })).toContain("not described");
  });
  it("a direct one by its action, and by the first where none is named", () => {
    expect(doors.findAction("orders")?.operationId).toBe("orderCreate");
    expect(doors.findAction("billing")?.operationId).toBe("billingCharge");
    expect(doors.findAction("orders", "order.get")?.operationId).toBe("orderGet");
    expect(doors.findAction("refund", "order.get")).toBeNull();
  });
});

it("what its code does not tell does not compile", { timeout: 60_000 }, () => {
  const copy = copyProduct(["infra"]);
  const plants: readonly Plant[] = [
    { file: "lib/http/views/order.ts", from: "    name: order.name,", to: "    product: order.name," },
    {
      file: "infra/build/openapi/answers/refund.ts",
      from: "    refund_id: z.string(),",
      to: "    refund_id: z.string(),\n    nickname: z.string(),",
    },
    {
      file: "lib/http/views/charge.ts",
      from: "  amount: schedule.amount,",
      to: "  amount: String(schedule.amount),",
    },
    {
      file: "lib/usecases/orders/void-order.ts",
      from: '"order_not_found" | "order_not_voidable"',
      to: '"order_not_found" | "order_not_voidable" | "order_not_paid"',
    },
    {
      file: "infra/build/openapi/doors/orders.ts",
      from: 'codesOf<SyncResult>()("order_not_found", ',
      to: 'codesOf<SyncResult>()("order_not_found", "receipt_exists", ',
    },
  ];
  const asItIs = copy.compile([]);
  const planted = copy.compile(plants);
  copy.remove();
  expect(asItIs).toBe("");
  for (const [file, why] of [
    ["answers/order", 'missing: "product"'],
    ["answers/refund", 'tooMany: "nickname"'],
    ["answers/charge", "differs: {[^}]*amount: string"],
    ["doors/orders", 'missing: "order_not_paid"'],
    ["doors/orders", '"receipt_exists"'],
  ] as const)
    expect(planted).toMatch(new RegExp(`openapi/${file}\\.ts\\(\\d+,\\d+\\): error TS[^]*${why}`));
});
