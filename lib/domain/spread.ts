// Spreads things over parts by their names, so that they do not all come together.

/** The same part for a name's whole life. */
export function partOf(name: string, parts: number): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % 65_521;
  return sum % parts;
}
