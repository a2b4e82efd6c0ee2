// The rules of the house, enforced: who may import what, where the clock may be read, how long a file may
// be, and that the README's map is true. Each check is a function over files and proves itself on a planted
// violation.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const projectDir = join(import.meta.dirname, "..");
const folders = ["functions", "lib", "infra", "test"];
const files: readonly SourceFile[] = folders.flatMap((folder) =>
  readdirSync(join(projectDir, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes("node_modules"))
    .map((name) => ({
      path: join(folder, name),
      text: readFileSync(join(projectDir, folder, name), "utf8"),
    })),
);

/** What a file imports: a path within the project, or a package's name. */
function importsOf({ path, text }: SourceFile): readonly string[] {
  const found = text.matchAll(
    /^(?:import|export)\s[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|import\("([^"]+)"\)/gm,
  );
  return [...found].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? "";
    return specifier.startsWith(".") ? normalize(join(path, "..", specifier)) : specifier;
  });
}

/** Where a folder's files may import from, and nothing else. The longest matching folder counts. */
const allowedImports: Readonly<Record<string, readonly RegExp[]>> = {
  "functions/": [/^lib\/(http|signing|usecases|domain)\//, /^lib\/wiring\.ts$/, /^zod\/mini$/],
  "lib/domain/": [/^lib\/domain\//],
  "lib/ports/": [/^lib\/(ports|domain)\//],
  "lib/usecases/": [/^lib\/(usecases|ports|domain)\//],
  "lib/signing/": [/^lib\/ports\//, /^node:crypto$/],
  "lib/portone/": [/^lib\/(portone|ports|domain)\//, /^zod\/mini$/, /^node:https?$/],
  "lib/dynamodb/": [/^lib\/(dynamodb|ports|domain)\//, /^@aws-sdk\/client-dynamodb$/, /^node:util$/],
  "lib/http/": [
    /^lib\/(http|signing|ports|domain)\//,
    /^lib\/log\.ts$/,
    // Types of what a use case answers, for the view that shows it.
    /^lib\/usecases\/refunds\/list-refunds\.ts$/,
    /^@middy\/core$/,
    /^aws-lambda$/,
    /^zod\/mini$/,
    /^node:crypto$/,
  ],
  "lib/alarming-store.ts": [/^lib\/(ports|domain)\//],
  "lib/config.ts": [/^lib\/domain\//],
  "lib/log.ts": [/^lib\/config\.ts$/],
  "lib/wiring.ts": [/^lib\//, /^@aws-sdk\/client-dynamodb$/],
  "infra/": [/^infra\//, /^node:/, /^@aws-sdk\/client-dynamodb$/, /^aws-lambda$/, /^esbuild$/],
  "test/simulator/": [
    /^test\/(simulator|contract)\//,
    /^node:/,
    /^(fastify|@fastify\/formbody|zod|vitest|ajv)(\/|$)/,
  ],
  "test/contract/": [/^test\/(simulator|contract)\//, /^node:/, /^(ajv|vitest|zod)(\/|$)/],
};

function findForbiddenImports(sources: readonly SourceFile[]): readonly string[] {
  return sources.flatMap((source) => {
    const folder = Object.keys(allowedImports)
      .filter((known) => source.path.startsWith(known))
      .sort((a, b) => b.length - a.length)[0];
    const allowed = folder && allowedImports[folder];
    if (!allowed) return [];
    return importsOf(source)
      .filter((specifier) => !allowed.some((pattern) => pattern.test(specifier)))
      .map((specifier) => `${source.path} imports ${specifier}; ${folder} may import ${allowed.join(" ")}`);
  });
}

/** The simulator proves the product only as long as neither knows the other. */
function findPeeking(sources: readonly SourceFile[]): readonly string[] {
  return sources
    .filter(({ path }) => /^(functions|lib|infra)\//.test(path))
    .flatMap((source) =>
      importsOf(source)
        .filter((specifier) => specifier.startsWith("test/"))
        .map(
          (specifier) => `${source.path} imports ${specifier}; nothing that ships or runs it knows the tests`,
        ),
    );
}

const impurities: readonly [RegExp, string][] = [
  [/\bDate\.now\(|new Date\(\)/, "reads the clock"],
  [/\bMath\.random\(|\bcrypto\./, "throws dice"],
  [/\bprocess\./, "reads the process"],
  [/\bsetTimeout\(|\bsetInterval\(/, "waits"],
  [/\bfetch\(/, "calls out"],
];

function findImpurities(sources: readonly SourceFile[]): readonly string[] {
  return sources
    .filter(({ path }) => /^lib\/(domain|usecases)\//.test(path))
    .flatMap(({ path, text }) =>
      impurities
        .filter(([pattern]) => pattern.test(withoutComments(text)))
        .map(([, what]) => `${path} ${what}`),
    );
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");

/** Global fetch loads undici into every cold start; the environment is config's alone. */
function findForbiddenCalls(sources: readonly SourceFile[]): readonly string[] {
  return sources
    .filter(({ path }) => /^(functions|lib)\//.test(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      return [
        ...(/\bfetch\(/.test(code) ? [`${path} uses global fetch`] : []),
        ...(/process\.env/.test(code) && path !== "lib/wiring.ts" ? [`${path} reads the environment`] : []),
        ...(/"PAY_/.test(code) && path !== "lib/config.ts" ? [`${path} names a setting`] : []),
      ];
    });
}

const longestFile = 300;
/** Tables of one provider page each, read against that page from top to bottom. */
const longFilesAllowed: readonly string[] = [
  "test/simulator/faults.test.ts",
  "test/simulator/window.test.ts",
];

const findLongFiles = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => !longFilesAllowed.includes(path))
    .flatMap(({ path, text }) => {
      const lines = text.trimEnd().split("\n").length;
      return lines > longestFile ? [`${path} has ${lines} lines`] : [];
    });

const markers = [
  ["TO", "DO"],
  ["FIX", "ME"],
].map((parts) => parts.join(""));
const leftOver = new RegExp(
  `\\b(${markers.join("|")})\\b|\\b(it|describe|test)\\.(only|skip)\\b|@ts-(ignore|expect-error)|biome-ignore`,
);

const findLeftOvers = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => path !== "test/house-rules.test.ts")
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) => (leftOver.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );

/** Every path README names exists; every function its table names is exported by that file. */
function findFalseMap(readme: string, read: (path: string) => string | null): readonly string[] {
  const named = [...readme.matchAll(/`((?:functions|lib|infra|test)[\w./-]*)`/g)].map(
    ([, path = ""]) => path,
  );
  const missing = named
    .filter((path) => read(path) === null)
    .map((path) => `README names ${path}, which is not there`);
  const rows = [...readme.matchAll(/^\| [^|]+ \| `([^`]+\.ts)` \| `(\w+)` \|$/gm)];
  const unexported = rows.flatMap(([, path = "", name = ""]) =>
    new RegExp(`export (async )?(function|const|class) ${name}\\b`).test(read(path) ?? "")
      ? []
      : [`README says ${path} exports ${name}`],
  );
  return [
    ...(rows.length < 10 ? [`README's table "to change X open Y" has ${rows.length} rows, not ten`] : []),
    ...missing,
    ...unexported,
  ];
}

const readProject = (path: string): string | null => {
  const full = join(projectDir, path);
  if (!existsSync(full)) return null;
  return path.endsWith(".ts") ? readFileSync(full, "utf8") : "";
};

describe("the house rules", () => {
  it("imports go one way", () => {
    expect(findForbiddenImports(files)).toEqual([]);
    expect(findPeeking(files)).toEqual([]);
  });
  it("the core is pure", () => {
    expect(findImpurities(files)).toEqual([]);
  });
  it("no global fetch, and settings are read in one place", () => {
    expect(findForbiddenCalls(files)).toEqual([]);
  });
  it("files are small", () => {
    expect(findLongFiles(files)).toEqual([]);
  });
  it("nothing is left over", () => {
    expect(findLeftOvers(files)).toEqual([]);
  });
  it("the README's map is true", () => {
    expect(findFalseMap(readFileSync(join(projectDir, "README.md"), "utf8"), readProject)).toEqual([]);
  });
  it("the scenarios' tests named in the README exist and name their scenario", () => {
    const readme = readFileSync(join(projectDir, "README.md"), "utf8");
    const rows = [...readme.matchAll(/^\| (S\d\d) [^|]+\|[^|]+\| (.+) \|$/gm)];
    expect(rows.length).toBeGreaterThanOrEqual(20);
    for (const [, scenario = "", cell = ""] of rows)
      for (const [, path = ""] of cell.matchAll(/`([^`]+)`/g))
        expect(`${path}: ${readProject(path)}`).toContain(scenario);
  });
});

describe("each rule sees what breaks it", () => {
  const planted = (path: string, text: string): readonly SourceFile[] => [{ path, text }];

  it.each([
    ["the domain imports an adapter", planted("lib/domain/x.ts", 'import { a } from "../dynamodb/y.ts";')],
    ["the domain imports node", planted("lib/domain/x.ts", 'import { a } from "node:crypto";')],
    ["a use case imports HTTP", planted("lib/usecases/x.ts", 'import type { A } from "../http/y.ts";')],
    [
      "a function imports the SDK",
      planted("functions/x.ts", 'import { A } from "@aws-sdk/client-dynamodb";'),
    ],
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
    expect(
      findPeeking(planted("infra/local/x.ts", 'import { a } from "../../test/simulator/y.ts";')),
    ).toHaveLength(1);
  });
  it.each(["const a = Date.now();", "const a = new Date();", "const a = Math.random();", "process.env.A"])(
    "%s in the core",
    (text) => {
      expect(findImpurities(planted("lib/domain/x.ts", text))).toHaveLength(1);
      expect(findImpurities(planted("lib/domain/x.ts", `// ${text}`))).toEqual([]);
    },
  );
  it("global fetch, the environment, a setting's name", () => {
    expect(
      findForbiddenCalls(planted("lib/http/x.ts", 'fetch("x"); process.env["A"]; "PAY_STAGE"')),
    ).toHaveLength(3);
  });
  it("a long file, a left-over marker", () => {
    expect(findLongFiles(planted("lib/x.ts", "a\n".repeat(301)))).toHaveLength(1);
    expect(findLongFiles(planted("lib/x.ts", "a\n".repeat(300)))).toEqual([]);
    expect(findLeftOvers(planted("lib/x.ts", `// ${markers[0]}: later`))).toHaveLength(1);
  });
  it("a map that is not true", () => {
    const readme = `${"| a | `lib/a.ts` | `a` |\n".repeat(10)}`;
    expect(findFalseMap(readme, () => "export const a = 1;")).toEqual([]);
    expect(findFalseMap(readme, () => "const a = 1;")).toHaveLength(10);
    expect(findFalseMap(readme, () => null).length).toBeGreaterThan(10);
    expect(findFalseMap("", () => "")).toHaveLength(1);
  });
});
