// Which route of the HTTP API a request takes: the most specific one wins, a parameter stands for exactly
// one segment, `{name+}` for all that is left.
// Source: AWS, "Working with routes for HTTP APIs".
import type { Route } from "./template.ts";

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** `path` is percent-decoded, as API Gateway's HTTP API decodes it before it looks for a route. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | null {
  const matches = routes.flatMap((route) => {
    if (route.method !== method && route.method !== "ANY") return [];
    const pathParameters = matchPath(route.path, path);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  return matches.sort((a, b) => rank(a.route).localeCompare(rank(b.route)))[0] ?? null;
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const wanted = template.split("/");
  const given = path.split("/");
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(segment);
    const value = given[index];
    if (value === undefined) return null;
    if (name?.[2]) return { ...parameters, [name[1] ?? ""]: given.slice(index).join("/") };
    if (name ? value === "" : value !== segment) return null;
    if (name) parameters[name[1] ?? ""] = value;
  }
  return wanted.length === given.length ? parameters : null;
}

/** Sorts a literal segment before a parameter before a greedy one, and a method before ANY. */
const rank = ({ method, path }: Route): string =>
  path
    .split("/")
    .map((segment) => (segment.endsWith("+}") ? "2" : segment.startsWith("{") ? "1" : "0"))
    .join("") + (method === "ANY" ? "1" : "0");
