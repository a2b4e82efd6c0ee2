// What can be done with an order: asked for in a form, confirmed in a sentence that names the amount, then sent.
import type { Client } from "../../../../lib/client/index.ts";
import type { Order } from "../../api/told.ts";
import type { Part } from "../../html.ts";
import type { Words } from "../../words/words.ts";

/** What a form sent, every field as text. */
export type Fields = Readonly<Record<string, string>>;

export interface Question {
  /** What will happen. */
  readonly sentence: string;
  /** What else is good to know before it does. */
  readonly more: readonly string[];
  readonly button: string;
  /** Goes with the confirmation, so that what is sent is what was read. */
  readonly fields: Fields;
}

/** Something in the form is not what it has to be. */
export interface Wrong {
  readonly wrong: string;
}

export interface Asking {
  readonly order: Order;
  readonly fields: Fields;
  readonly words: Words;
  readonly client: Client;
  /** Its own name for what is asked, new with each confirmation. */
  readonly newKey: () => string;
}

export interface Action {
  /** The end of its path. */
  readonly name: string;
  readonly label: (words: Words) => string;
  readonly title: (words: Words) => string;
  readonly isOffered: (order: Order) => boolean;
  /** What has to be filled in first; absent where nothing has. */
  readonly form?: (order: Order, fields: Fields, words: Words) => Part;
  readonly ask: (asking: Asking) => Question | Wrong | Promise<Question | Wrong>;
  /** Does it and says so. Throws what the client throws. */
  readonly perform: (
    asked: Pick<Asking, "fields" | "words" | "client"> & { readonly merchantUid: string },
  ) => Promise<string>;
}

export const named = (merchant_uid: string) => ({ params: { path: { merchant_uid } } });

/** Only what was filled in. */
export function filled<Name extends string>(
  fields: Fields,
  names: readonly Name[],
): { readonly [Key in Name]?: string } {
  const pairs = names.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []));
  return Object.fromEntries(pairs) as { readonly [Key in Name]?: string };
}
