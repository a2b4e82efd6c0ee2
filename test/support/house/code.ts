// What may stand in the code of the product, told from its text.
import { importsOf, type SourceFile, withoutComments } from "./sources.ts";

const impurities: readonly [RegExp, string][] = [
  [/\bDate\.now\(|new Date\(\)/, "reads the clock"],
  [/\bMath\.random\(|\bcrypto\./, "throws dice"],
  [/\bprocess\./, "reads the process"],
  [/\bsetTimeout\(|\bsetInterval\(/, "waits"],
  [/\bfetch\(/, "calls out"],
];

export function findImpurities(sources: readonly SourceFile[]): readonly string[] {
  return sources
    .filter(({ path }) => /^lib\/(domain|usecases)\//.test(path))
    .flatMap(({ path, text }) =>
      impurities
        .filter(([pattern]) => pattern.test(withoutComments(text)))
        .map(([, what]) => `${path} ${what}`),
    );
}

/** Global fetch loads undici into every cold start; the environment is config's alone. */
export function findForbiddenCalls(sources: readonly SourceFile[]): readonly string[] {
  return sources
    .filter(({ path }) => /^(functions|lib)\//.test(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      return [
        ...(/\bfetch\(/.test(code) ? [`${path} uses global fetch`] : []),
        ...(/process\.env/.test(code) && !/^lib\/(deliver-)?wiring\.ts$/.test(path)
          ? [`${path} reads the environment`]
          : []),
        ...(/"PAY_/.test(code) && !/^lib\/(config|secrets|setting-readers)\.ts$/.test(path)
          ? [`${path} names a setting`]
          : []),
      ];
    });
}

const limits: readonly [RegExp, number][] = [
  // A program writes it, and nobody reads it.
  [/^lib\/client\/doors\.ts$/, Number.POSITIVE_INFINITY],
  [/^functions\//, 150],
  [/^lib\//, 250],
  [/./, 300],
];

export const findLongFiles = (sources: readonly SourceFile[]): readonly string[] =>
  sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n").length;
    const limit = limits.find(([pattern]) => pattern.test(path))?.[1] ?? 0;
    return lines > limit ? [`${path} has ${lines} lines, ${limit} are allowed`] : [];
  });

export const markers = [
  ["TO", "DO"],
  ["FIX", "ME"],
].map((parts) => parts.join(""));
const leftOver = new RegExp(
  `\\b(${markers.join("|")})\\b|\\b(it|describe|test)\\.(only|skip)\\b|@ts-(ignore|expect-error)|biome-ignore`,
);

export const findLeftOvers = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => !path.startsWith("test/support/house/") && path !== "test/house-rules.test.ts")
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) => (leftOver.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );

/** A code is a member of the union, or it does not exist: nothing is cast into it, and stored words are read. */
export const findCasts = (sources: readonly SourceFile[]): readonly string[] =>
  sources.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const isItem = path.startsWith("lib/dynamodb/");
    return [
      ...(/^(lib|functions)\//.test(path) && /\bas (ProblemCode|PlainCode|RuleCode)\b/.test(code)
        ? [`${path} casts a code`]
        : []),
      ...(isItem && /\bread\w*\([^()]*\) as |\?\.S as /.test(code) ? [`${path} casts a stored word`] : []),
    ];
  });

/** The protocol stands once: claims are compared in one place. */
export const findClaimComparisons = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => path.startsWith("lib/usecases/"))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/claimToken\s*[!=]==|[!=]==\s*claimToken/g)].map(() => path),
    );

/** A cancel ends in one place, and only sending and resolving lead there. */
export const findCancelEndings = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path, text }) => path.startsWith("lib/usecases/") && /\bconcludeCancel\(/.test(text))
    .map(({ path }) => path)
    .sort();

/** What a use case is asked for are values; functions belong to its ports. */
export const findClosures = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => path.startsWith("lib/usecases/"))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/export interface (\w+)[^{;]*\{([\s\S]*?)\n\}/g)]
        .filter(([, name = "", body = ""]) => !name.endsWith("Ports") && /=>/.test(body))
        .map(([, name]) => `${path} hands a function down in ${name}`),
    );

/** An order is changed by name or through changeOrder; nobody spreads it to set a field past it. */
export const findSpreadOrders = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => /^lib\/(domain|usecases)\//.test(path) && path !== "lib/domain/order-change.ts")
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/\{\s*\.\.\.(order|newest|synced|next|newOrder\([^)]*\)),[^}]*\}/g)]
        .filter(([found]) =>
          /\b(impUid|paidAtMs|bodyHash|state|attempts|cancel|charge|looks|replaces)\b/.test(found),
        )
        .map(([found]) => `${path} spreads an order: ${found.replaceAll(/\s+/g, " ")}`),
    );

/** Modules of the product that no test of that folder imports. */
export function findUntested(
  sources: readonly SourceFile[],
  product: string,
  tests: string,
): readonly string[] {
  const imported = new Set(
    sources.filter(({ path }) => path.startsWith(tests)).flatMap((source) => importsOf(source)),
  );
  return sources.map(({ path }) => path).filter((path) => path.startsWith(product) && !imported.has(path));
}
