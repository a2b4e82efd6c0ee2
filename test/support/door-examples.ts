// Where a door's example is sent to.
import type { Door, Example, MerchantDoor } from "../../infra/build/openapi/door.ts";
import { merchantDoors } from "../../infra/build/openapi/doors.ts";
import type { Doors, Sent } from "./doors.ts";
import type { Json, Reply } from "./shop.ts";

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

export function doorOf(route: string): MerchantDoor {
  const door = merchantDoors.find((known) => known.route === route);
  if (!door) throw new Error(`nothing describes ${route}`);
  return door;
}

/** A door's example, or what is sent in place of its body. */
export function askExample(doors: Doors, door: MerchantDoor, sent: Sent = {}): Promise<Reply> {
  const { method, address } = addressOf(door);
  const { body, headers = {} } = door.example;
  return doors.merchant(method, address, { ...(body && { body }), ...sent, headers });
}

export const bodyOf = (route: string, more: Json): Json => ({ ...doorOf(route).example.body, ...more });
