// A start that cannot go on for a reason the person at the keyboard can mend. It says what is wrong and what to do,
// in the language that was chosen, and is shown without a stack. Never for defects of our own.
import type { WordKey } from "../words/english.ts";
import { type FactsOf, type Say, sayIn } from "../words/say.ts";

const sayEnglish = sayIn("en");

export class StartError<Key extends WordKey = WordKey> extends Error {
  override readonly name = "StartError";
  readonly code: Key;
  readonly #facts: FactsOf<Key>;

  constructor(code: Key, ...facts: FactsOf<Key>) {
    super(sayEnglish(code, ...facts));
    this.code = code;
    this.#facts = facts;
  }

  told(say: Say): string {
    return say(this.code, ...this.#facts);
  }
}
