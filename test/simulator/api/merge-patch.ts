// A JSON merge patch (RFC 7386), but for one thing: PortOne knows both a field that is null and one that is not
// there, so `null` sets null and the text `__absent` takes the field away.

const absent = "__absent";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const fields = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch))
    if (value === absent) fields.delete(name);
    else fields.set(name, mergePatch(fields.get(name), value));
  return Object.fromEntries(fields);
}
