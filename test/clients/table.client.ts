// docs/public-clients.md shows the lists that the tests run. `UPDATE_DOCS=1 npm run test:clients` writes them there.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { besides, type Client, clients, notUsable, passes } from "./operations.ts";

const description = new URL("../contract/portone-v1-subset.openapi.json", import.meta.url);
const { paths } = JSON.parse(readFileSync(description, "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};
const names = Object.keys(clients) as Client[];

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  ["get", "post", "put", "delete"]
    .filter((method) => method in methods)
    .map((method) => `${method.toUpperCase()} ${path}`),
);

const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (methods: readonly string[]): string => methods.map((method) => `\`${method}\``).join(", ");

function cellOf(client: Client, operation: string): string {
  const passing = Object.entries(passes[client]).filter(([, reached]) => reached === operation);
  const failing = Object.entries(notUsable[client]).filter(([, { operation: meant }]) => meant === operation);
  const cells = [
    ...(passing.length > 0 ? [`pass: ${code(passing.map(([method]) => method))}`] : []),
    ...(failing.length > 0 ? [`not usable: ${code(failing.map(([method]) => method))}`] : []),
  ];
  return cells.join("; ") || "not implemented";
}

const counts = markdown(
  ["client", "methods that pass", "operations reached", "operations not implemented", "methods not usable"],
  names.map((name) => {
    const cells = operations.map((operation) => cellOf(name, operation));
    const count = (start: string) => String(cells.filter((cell) => cell.startsWith(start)).length);
    const methods = [passes[name], notUsable[name]].map((list) => String(Object.keys(list).length));
    return [name, methods[0] ?? "", count("pass"), count("not implemented"), methods[1] ?? ""];
  }),
);
const table = markdown(
  ["operation", ...names.map((name) => `${name} ${clients[name]}`)],
  operations.map((operation) => [`\`${operation}\``, ...names.map((name) => cellOf(name, operation))]),
);
const failures = markdown(
  ["client", "method", "what it sends", "not usable because"],
  names.flatMap((name) =>
    Object.entries(notUsable[name]).map(([method, { sends, why }]) => [name, `\`${method}\``, sends, why]),
  ),
);
const others = markdown(
  ["client", "methods", "why"],
  names.flatMap((name) =>
    Object.entries(besides[name]).map(([methods, why]) => [name, code(methods.split(", ")), why]),
  ),
);

const made = `${counts}

${table}

### Not usable

${failures}

### Without a row

${others}`;

const page = new URL("../../docs/public-clients.md", import.meta.url);
const [begin, end] = ["<!-- made by test/clients/table.client.ts -->\n", "\n\n<!-- end -->"];

it("names only operations that exist", () => {
  const called = names.flatMap((name) => [
    ...Object.values(passes[name]),
    ...Object.values(notUsable[name]).map(({ operation }) => operation),
  ]);
  expect(called.filter((operation) => !operations.includes(operation))).toEqual([]);
});

it("is what the page shows", () => {
  console.info(made);
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [shown, after = ""] = rest.split(end);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, before + begin + made + end + after);
  else
    expect(
      shown,
      "docs/public-clients.md is behind the tests: run `UPDATE_DOCS=1 npm run test:clients` and commit the page",
    ).toBe(made);
});
