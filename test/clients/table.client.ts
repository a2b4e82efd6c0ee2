// docs/public-clients.md and docs/public-clients.ko.md show the lists that the tests run. `UPDATE_DOCS=1 npm run
// test:clients` writes them there.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { besides, type Client, clients, notUsable, passes, type Text } from "./operations.ts";

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

type Language = keyof Text;

const words = {
  en: {
    pass: "pass",
    notImplemented: "not implemented",
    notUsable: "not usable",
    counts: [
      "client",
      "methods that pass",
      "operations reached",
      "operations not implemented",
      "methods not usable",
    ],
    operation: "operation",
    failures: ["client", "method", "what it sends", "not usable because"],
    failuresTitle: "Not usable",
    others: ["client", "methods", "why"],
    othersTitle: "Without a row",
  },
  ko: {
    pass: "통과",
    notImplemented: "구현 없음",
    notUsable: "쓸 수 없음",
    counts: ["클라이언트", "통과한 메서드", "닿은 동작", "구현이 없는 동작", "쓸 수 없는 메서드"],
    operation: "동작",
    failures: ["클라이언트", "메서드", "보내는 것", "쓸 수 없는 까닭"],
    failuresTitle: "쓸 수 없는 메서드",
    others: ["클라이언트", "메서드", "까닭"],
    othersTitle: "표에 없는 메서드",
  },
} as const satisfies Record<Language, unknown>;

type Verdict = "pass" | "notUsable";

/** The methods that are meant to reach the operation, by how they end. */
const reaching = (client: Client, operation: string): Readonly<Record<Verdict, readonly string[]>> => ({
  pass: Object.entries(passes[client]).flatMap(([method, reached]) =>
    reached === operation ? [method] : [],
  ),
  notUsable: Object.entries(notUsable[client]).flatMap(([method, { operation: meant }]) =>
    meant === operation ? [method] : [],
  ),
});

function cellOf(client: Client, operation: string, language: Language): string {
  const methods = reaching(client, operation);
  const cells = (["pass", "notUsable"] as const).flatMap((verdict) =>
    methods[verdict].length > 0 ? [`${words[language][verdict]}: ${code(methods[verdict])}`] : [],
  );
  return cells.join("; ") || words[language].notImplemented;
}

const countsOf = (client: Client): readonly string[] => {
  const reached = operations.map((operation) => reaching(client, operation));
  const count = (counts: (methods: (typeof reached)[number]) => boolean) =>
    String(reached.filter(counts).length);
  return [
    client,
    String(Object.keys(passes[client]).length),
    count(({ pass }) => pass.length > 0),
    count((methods) => methods.pass.length + methods.notUsable.length === 0),
    String(Object.keys(notUsable[client]).length),
  ];
};

function made(language: Language): string {
  const own = words[language];
  const table = markdown(
    [own.operation, ...names.map((name) => `${name} ${clients[name]}`)],
    operations.map((operation) => [
      `\`${operation}\``,
      ...names.map((name) => cellOf(name, operation, language)),
    ]),
  );
  const failures = markdown(
    own.failures,
    names.flatMap((name) =>
      Object.entries(notUsable[name]).map(([method, { sends, why }]) => [
        name,
        `\`${method}\``,
        sends,
        why[language],
      ]),
    ),
  );
  const others = markdown(
    own.others,
    names.flatMap((name) =>
      Object.entries(besides[name]).map(([methods, why]) => [name, code(methods.split(", ")), why[language]]),
    ),
  );
  return `${markdown(own.counts, names.map(countsOf))}

${table}

### ${own.failuresTitle}

${failures}

### ${own.othersTitle}

${others}`;
}

const [begin, end] = ["<!-- made by test/clients/table.client.ts -->\n", "\n\n<!-- end -->"];

it("names only operations that exist", () => {
  const called = names.flatMap((name) => [
    ...Object.values(passes[name]),
    ...Object.values(notUsable[name]).map(({ operation }) => operation),
  ]);
  expect(called.filter((operation) => !operations.includes(operation))).toEqual([]);
});

it.each([
  ["docs/public-clients.md", "en"],
  ["docs/public-clients.ko.md", "ko"],
] as const)("is what %s shows", (name, language) => {
  const page = new URL(`../../${name}`, import.meta.url);
  const tables = made(language);
  console.info(tables);
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [shown, after = ""] = rest.split(end);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, before + begin + tables + end + after);
  else
    expect(
      shown,
      `${name} is behind the tests: run \`UPDATE_DOCS=1 npm run test:clients\` and commit the page`,
    ).toBe(tables);
});
