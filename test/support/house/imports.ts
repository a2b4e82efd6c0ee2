// Who may import what, and that no import leads back to where it began.
import { importsOf, type SourceFile } from "./sources.ts";

/** Where a folder's files may import from, and nothing else. The longest matching folder counts. */
const subjects = "orders|payments|refunds|charges|receipts|deliveries";
const below = [/^lib\/(ports|domain)\//, /^lib\/usecases\/(claim\.ts$|syncing\/)/] as const;

const allowedImports: Readonly<Record<string, readonly RegExp[]>> = {
  "functions/": [/^lib\/(http|usecases|domain)\//, /^lib\/(deliver-)?wiring\.ts$/, /^zod\/mini$/],
  "lib/domain/": [/^lib\/domain\//],
  "lib/ports/": [/^lib\/(ports|domain)\//],
  "lib/usecases/claim.ts": [/^lib\/(ports|domain)\//],
  "lib/usecases/syncing/": [...below],
  "lib/usecases/orders/": [...below, /^lib\/usecases\/orders\//],
  "lib/usecases/payments/": [...below, /^lib\/usecases\/payments\//],
  "lib/usecases/refunds/": [...below, /^lib\/usecases\/refunds\//],
  "lib/usecases/charges/": [...below, /^lib\/usecases\/charges\//],
  "lib/usecases/receipts/": [...below, /^lib\/usecases\/receipts\//],
  "lib/usecases/deliveries/": [...below, /^lib\/usecases\/deliveries\//],
  "lib/usecases/sweeps/": [...below, new RegExp(`^lib/usecases/(${subjects}|sweeps)/`)],
  "lib/signing/": [/^lib\/ports\//, /^node:crypto$/],
  "lib/portone/": [/^lib\/(portone|ports|domain)\//, /^lib\/limited\.ts$/, /^zod\/mini$/, /^node:https?$/],
  "lib/dynamodb/": [/^lib\/(dynamodb|ports|domain)\//, /^@aws-sdk\/client-dynamodb$/, /^node:(util|crypto)$/],
  "lib/http/": [
    /^lib\/(http|signing|ports|domain)\//,
    /^lib\/(log|limited)\.ts$/,
    /^@middy\/core$/,
    /^aws-lambda$/,
    /^zod\/mini$/,
    /^node:crypto$/,
  ],
  "lib/alarming-store.ts": [/^lib\/(ports|domain)\//],
  "lib/shop/": [/^lib\/ports\//, /^node:https?$/],
  "lib/deliver-wiring.ts": [/^lib\/(ports|shop|signing)\//, /^lib\/(config|log|metrics|secret-sources)\.ts$/],
  "lib/aws/": [
    /^lib\/(aws|ports|domain)\//,
    /^@smithy\/(core\/checksum|signature-v4)$/,
    /^node:(https?|crypto)$/,
  ],
  "lib/config.ts": [/^lib\/domain\//, /^lib\/(secrets|setting-readers)\.ts$/],
  "lib/setting-readers.ts": [/^lib\/secrets\.ts$/],
  "lib/secrets.ts": [/^lib\/domain\//],
  "lib/secret-keeper.ts": [/^lib\/ports\//, /^lib\/secrets\.ts$/],
  "lib/secret-sources.ts": [/^lib\/(aws|ports)\//, /^lib\/(config|log|secret-keeper|secrets)\.ts$/],
  "lib/limited.ts": [],
  "lib/log.ts": [/^lib\/(config|metrics)\.ts$/],
  "lib/metrics.ts": [/^lib\/domain\/review\.ts$/],
  "lib/wiring.ts": [/^lib\/(?!usecases|client)/],
  // It runs at the merchant's, who has nothing else of this.
  "lib/client/": [/^lib\/client\//, /^openapi-fetch$/],
  "infra/": [/^infra\//, /^node:/, /^@aws-sdk\/client-dynamodb$/, /^aws-lambda$/, /^(esbuild|fflate)$/],
  // The console is a merchant's server like any other: it knows the doors by the client, and by nothing below them.
  "infra/console/": [
    /^infra\/console\//,
    /^infra\/build\/(command-line\.ts|locale\.mjs|review-reason-texts\.ts)$/,
    /^lib\/client\/index\.ts$/,
    /^node:/,
    /^(fastify|@fastify\/formbody|htm|preact|preact-render-to-string)$/,
  ],
  // What a merchant's engineer copies: the client, and what any shop could install.
  "infra/console/shop/": [
    /^infra\/console\/(shop\/|html\.ts$)/,
    /^lib\/client\//,
    /^node:/,
    /^(fastify|@fastify\/formbody)$/,
  ],
  // A deployment is checked by the product's own rules, and looks at what already stands in the account.
  "infra/build/deploy/": [
    /^infra\//,
    /^lib\/(config|secrets|domain\/(merchant-key|data-key))\.ts$/,
    /^node:/,
    /^@aws-sdk\/client-(dynamodb|ssm|cloudformation|cloudwatch-logs)$/,
  ],
  // Settings are read by the product's own rules before anything starts.
  "infra/local/host/settings.ts": [/^infra\/local\//, /^lib\/config\.ts$/],
  // What the shop is told is read as the function that tells it reads it.
  "infra/local/host/events/": [/^infra\/local\/host\//, /^lib\/http\/requests\/event\.ts$/, /^node:/],
  // The doors are described by the schemas that check their requests, and by what their views and use cases tell.
  "infra/build/openapi/": [/^lib\/(http|domain|usecases)\//, /^infra\/build\//, /^node:/, /^zod\/mini$/],
  // The page of KSNET's rules is written from the rules.
  "infra/build/ksnet-rules-page.ts": [/^lib\/domain\/ksnet\//, /^infra\/build\//, /^node:/],
  // So are those of codes, states and reasons, from their tables.
  "infra/build/problems-page.ts": [/^lib\/http\//, /^infra\/build\//, /^node:/],
  "infra/build/events-schema.ts": [/^lib\/domain\//, /^node:/],
  "infra/build/order-states-page.ts": [/^lib\/domain\//, /^infra\/build\//, /^node:/],
  "infra/build/review-reason-texts.ts": [
    /^lib\/domain\/(acceptance|review)\.ts$/,
    /^infra\/build\/page-head\.ts$/,
  ],
  "infra/build/review-reasons-page.ts": [/^lib\/domain\//, /^infra\/build\//, /^node:/],
  "infra/build/settings-page.ts": [/^lib\/(config|secrets)\.ts$/, /^infra\/build\//, /^node:/],
  "infra/build/setting-texts.ts": [/^lib\/(config|secrets)\.ts$/],
  "infra/build/merchant-key.ts": [/^lib\/domain\/merchant-key\.ts$/, /^infra\/build\//, /^node:/],
  "test/simulator/": [
    /^test\/(simulator|contract)\//,
    /^node:/,
    /^(fastify|@fastify\/formbody|zod|vitest|ajv)(\/|$)/,
  ],
  "test/simulator/package/": [/^node:/, /^esbuild$/, /^test\/simulator\//, /^vitest$/],
  "test/contract/": [/^test\/(simulator|contract)\//, /^node:/, /^(ajv|vitest|zod)(\/|$)/],
};

export function findForbiddenImports(sources: readonly SourceFile[]): readonly string[] {
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
export function findPeeking(sources: readonly SourceFile[]): readonly string[] {
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

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of nodes that reach each other: an import circle each. Tarjan's strongly connected components. */
export function findCircles(graph: Graph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1 || graph.get(node)?.has(node)) circles.push(circle);
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
}

export const fileGraph = (sources: readonly SourceFile[]): Graph =>
  new Map(sources.map((source) => [source.path, new Set(importsOf(source))]));

/** Folders of lib and the files beside them, by what their files import from each other; inside one is no matter. */
export function folderGraph(sources: readonly SourceFile[], roomOf: (path: string) => string): Graph {
  const graph = new Map<string, Set<string>>();
  const known = new Set(sources.map(({ path }) => path));
  for (const source of sources) {
    const room = roomOf(source.path);
    const others = importsOf(source)
      .filter((path) => known.has(path))
      .map(roomOf)
      .filter((other) => other !== room);
    graph.set(room, new Set([...(graph.get(room) ?? []), ...others]));
  }
  return graph;
}
