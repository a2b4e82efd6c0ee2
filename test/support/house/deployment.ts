// What is deployed against what the code does: routes, and the table actions of each role.
import { readFileSync } from "node:fs";
import { templatePath } from "../stack.ts";
import { importsOf, type SourceFile, withoutComments } from "./sources.ts";

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RouteKey?: string;
    readonly Policies?: readonly {
      readonly PolicyDocument: {
        readonly Statement: readonly { readonly Action: string | readonly string[] }[];
      };
    }[];
  };
}

const readResources = () =>
  (JSON.parse(readFileSync(templatePath, "utf8")) as { readonly Resources: Record<string, Resource> })
    .Resources;

export const deployedRoutes = (): readonly string[] =>
  Object.values(readResources())
    .flatMap(({ Properties }) => Properties.RouteKey ?? [])
    .sort();

/** The routes a function names. */
export const routesInCode = (sources: readonly SourceFile[]): readonly string[] =>
  sources
    .filter(({ path }) => path.startsWith("functions/"))
    .flatMap(({ text }) => [
      ...new Set(
        [...text.matchAll(/"((?:GET|POST|PUT|DELETE|OPTIONS) \/[^"]*)"/g)].map(([, route = ""]) => route),
      ),
    ])
    .sort();

/** The table actions of a function's role, without the index they are for. */
export function roleActions(functionName: string): readonly string[] {
  const name = `${functionName[0]?.toUpperCase()}${functionName.slice(1)}Role`;
  const statements = (readResources()[name]?.Properties.Policies ?? []).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  return statements
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith("dynamodb:"))
    .map((action) => action.slice("dynamodb:".length))
    .sort();
}

/** What each call of a table's port needs. */
export const portActions: Readonly<Record<string, readonly string[]>> = {
  "store.read": ["GetItem"],
  "store.create": ["PutItem", "GetItem"],
  "store.update": ["UpdateItem", "GetItem"],
  readRefund: ["GetItem"],
  readRefunds: ["GetItem"],
  keepRefund: ["PutItem", "GetItem"],
  readBrake: ["GetItem"],
  writeBrake: ["PutItem"],
  "budget.take": ["GetItem", "PutItem", "UpdateItem"],
  readSale: ["GetItem"],
  writeSale: ["PutItem", "GetItem"],
  listDue: ["Query", "BatchGetItem"],
  countDue: ["Query"],
  putOff: ["UpdateItem"],
  oldestSinceMs: ["Query"],
  readInWork: ["GetItem"],
  keepInWork: ["PutItem"],
  listDay: ["Query", "BatchGetItem"],
  readOrders: ["BatchGetItem"],
  listReviews: ["Query", "BatchGetItem"],
  countReviews: ["Query"],
  listDoubts: ["Query", "BatchGetItem"],
  glanceDue: ["Query"],
  readAudit: ["GetItem"],
  readAudits: ["BatchGetItem"],
  writeAudit: ["PutItem"],
  readDelivery: ["GetItem"],
  writeDelivery: ["PutItem"],
};

/** The actions that a function's door and its use cases call for; whoever has the table primes with one GetItem. */
export function actionsInCode(functionName: string, sources: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const source = byPath.get(path);
    if (!source || reached.has(path) || !/^(functions|lib\/usecases)\//.test(path)) return;
    reached.add(path);
    for (const next of importsOf(source)) visit(next);
  };
  const door = `functions/${functionName}.ts`;
  visit(door);
  const primes = importsOf(byPath.get(door) ?? { path: door, text: "" }).includes("lib/wiring.ts");
  const code = [...reached].map((path) => withoutComments(byPath.get(path)?.text ?? "")).join("\n");
  const called = Object.entries(portActions)
    .filter(([call]) => new RegExp(`\\b${call.replace(".", "\\.")}\\(`).test(code))
    .flatMap(([, actions]) => actions);
  return [...new Set([...(primes ? ["GetItem"] : []), ...called])].sort();
}
