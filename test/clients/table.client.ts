// docs/public-clients.md shows the table that the tests run.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { besides, type Client, clients, passes } from "./operations.ts";

const file = new URL("../contract/portone-v1-subset.openapi.json", import.meta.url);
const { paths } = JSON.parse(readFileSync(file, "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};
const names = Object.keys(clients) as Client[];

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  ["get", "post", "put", "delete"]
    .filter((method) => method in methods)
    .map((method) => `${method.toUpperCase()} ${path}`),
);

function cellOf(client: Client, operation: string): string {
  const methods = Object.entries(passes[client]).flatMap(([method, called]) =>
    called === operation ? [method] : [],
  );
  return methods.length > 0
    ? `pass: ${methods.map((method) => `\`${method}\``).join(", ")}`
    : "not implemented";
}

const table = [
  `| operation | ${names.map((name) => `${name} ${clients[name]}`).join(" | ")} |`,
  `|---|${names.map(() => "---|").join("")}`,
  ...operations.map(
    (operation) => `| \`${operation}\` | ${names.map((name) => cellOf(name, operation)).join(" | ")} |`,
  ),
].join("\n");

const others = names
  .flatMap((name) =>
    Object.entries(besides[name]).map(([methods, why]) => `| ${name} | \`${methods}\` | ${why} |`),
  )
  .join("\n");

it("names only operations that exist", () => {
  const called = names.flatMap((name) => Object.values(passes[name]));
  expect(called.filter((operation) => !operations.includes(operation))).toEqual([]);
});

it("is what the page shows (paste what is expected into docs/public-clients.md when it differs)", () => {
  const page = readFileSync(new URL("../../docs/public-clients.md", import.meta.url), "utf8");
  console.info(table);
  expect(page).toContain(table);
  expect(page).toContain(others);
});
