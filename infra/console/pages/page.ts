// What a page is: a path, and what is shown there to one visitor.
import type { Backend } from "../api/backend.ts";
import type { Host } from "../api/host.ts";
import type { Simulator } from "../api/simulator.ts";
import type { Markup } from "../html.ts";
import type { Words } from "../words/words.ts";

/** Where in the menu a page stands; pages of no menu have none. */
export type MenuPlace = "orders" | "queue" | "levers";

/** The two sides of a run on this laptop. */
export interface Local {
  readonly simulator: Simulator;
  readonly host: Host;
}

export interface Visit {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly words: Words;
  readonly backend: Backend;
  /** Null when the API is deployed. */
  readonly local: Local | null;
  /** Of the API, as far as it is known: locally it can be moved. */
  readonly nowMs: number;
}

export interface View {
  readonly title: string;
  readonly main: Markup;
  readonly place?: MenuPlace;
  readonly status?: number;
}

export interface Redirect {
  readonly redirect: string;
}

export interface Page {
  readonly path: string;
  /** Looked at again and again while it is open. */
  readonly isLive: boolean;
  readonly show: (visit: Visit) => Promise<View | Redirect>;
}
