// What the menu leads to, in order.
import type { Words } from "../words/words.ts";
import type { MenuPlace } from "./page.ts";

interface MenuEntry {
  readonly place: MenuPlace;
  readonly path: string;
  readonly label: (words: Words) => string;
}

export const menu: readonly MenuEntry[] = [
  { place: "orders", path: "/orders", label: (words) => words.orders.title },
];
