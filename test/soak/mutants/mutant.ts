// A mistake somebody could make in the product, as one small change of one file.

export interface Mutant {
  readonly name: string;
  readonly mistake: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** The files of tests of which one, by name, must fail. */
  readonly tests: readonly string[];
}

/** The text with the mistake in it. Throws when the product has moved on and the change fits no more. */
export function plant(text: string, { name, file, from, to }: Mutant): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${name} does not apply: ${file} holds its text ${places} times`);
  return text.replace(from, () => to);
}
