// Where a door's example is sent to.
import type { Door, Example } from "../../infra/build/openapi/door.ts";

const queryOf = (query: Example["query"] = {}): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
};

export function addressOf(
  { route, example }: Pick<Door, "route" | "example">,
  path: Readonly<Record<string, string>> = example.path ?? {},
): { readonly method: string; readonly address: string } {
  const [method = "", template = ""] = route.split(" ");
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  return { method, address: `${filled}${queryOf(example.query)}` };
}
