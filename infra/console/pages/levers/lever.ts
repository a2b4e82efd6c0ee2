// A lever: pulled by a button, at once, and told in a sentence. Nothing but a run on this laptop has any.

import type { Words } from "../../words/words.ts";
import type { Fields } from "../actions/action.ts";
import type { Local } from "../page.ts";

export interface Pulled extends Local {
  readonly fields: Fields;
  readonly words: Words["levers"];
}

export interface Lever {
  /** The end of its path. */
  readonly name: string;
  /** Does it and says so. Throws a LeverRefusedError where it cannot be. */
  readonly pull: (pulled: Pulled) => Promise<string>;
}
