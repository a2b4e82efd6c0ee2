// What the menu leads to, in order.
import type { Words } from "../words/words.ts";
import type { MenuPlace } from "./page.ts";

interface MenuEntry {
  readonly place: MenuPlace;
  readonly path: string;
  readonly label: (words: Words) => string;
  /** Only beside a run on this laptop. */
  readonly isLocal?: true;
}

export const menu: readonly MenuEntry[] = [
  { place: "orders", path: "/orders", label: (words) => words.orders.title },
  { place: "queue", path: "/queue", label: (words) => words.queue.title },
  { place: "levers", path: "/levers", label: (words) => words.levers.title, isLocal: true },
];
