// The size of an item as DynamoDB counts it for its write units.
/** DynamoDB's size of an item: names and values in UTF-8, small overheads for maps, lists and numbers. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce(
    (total, [name, value]) => total + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: unknown): number {
  const [[type, inner] = ["", null]] = Object.entries(value as Record<string, unknown>);
  if (type === "B") return (inner as Uint8Array).byteLength;
  if (type === "S") return Buffer.byteLength(String(inner));
  if (type === "N") return Math.ceil(String(inner).length / 2) + 1;
  if (type === "L")
    return 3 + (inner as unknown[]).reduce<number>((total, entry) => total + 1 + valueBytes(entry), 0);
  if (type === "M")
    return 3 + Object.keys(inner as object).length + itemBytes(inner as Record<string, unknown>);
  return 1;
}
