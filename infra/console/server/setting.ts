// What the console's server is made of, given by whoever starts it.
import type { Backend } from "../api/backend.ts";
import type { Local } from "../pages/page.ts";
import type { Language } from "../words/words.ts";
import type { CodePorts, OneTimeCodes } from "./one-time-codes.ts";
import type { Waits } from "./waits.ts";

export interface Setting {
  readonly backend: Backend;
  /** Null when the API is deployed. */
  readonly local: Local | null;
  /** Where the API is, for people. */
  readonly place: string;
  /** Until a browser chose another one. */
  readonly language: Language;
  readonly codes: OneTimeCodes;
  readonly waits: Waits;
  readonly ports: CodePorts;
  /** Between two looks of an open page. */
  readonly lookEveryMs: number;
  /** The newest code is in it: for the terminal, never for a log. */
  readonly printAddress: () => void;
  /** Mistakes of the console's own. */
  readonly log: (line: string) => void;
}
