// Reads fields of a request that arrived as JSON, form or query. PortOne's clients write numbers as text in
// forms and arrays as `name[]`; both mean the same here. Nothing throws: what cannot be read is absent.

type Fields = Readonly<Record<string, unknown>>;

export function textField(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Null when absent or null; NaN when it is there and no number. */
export function numberField(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (value === undefined || value === null || value === "") return null;
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}

export const flagField = (fields: Fields, name: string): boolean =>
  fields[name] === true || fields[name] === "true";

/** `name[]=a&name[]=b`, `name=a`, or a JSON array. */
export function listField(fields: Fields, name: string): string[] {
  const value = fields[`${name}[]`] ?? fields[name];
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  return values.filter((one) => typeof one === "string");
}

const indexed = /^(.+)\[\d+\]$/;
const member = /^([^[\]]+)\[([^[\]]+)\]$/;

/** `name[0]=a&name[1]=b` as `name[]`, the form the API description uses for queries. */
export function joinIndexed(fields: Fields): Record<string, unknown> {
  const joined: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const base = indexed.exec(key)?.[1];
    if (base === undefined) joined[key] = value;
    else joined[`${base}[]`] = [...((joined[`${base}[]`] as unknown[] | undefined) ?? []), value];
  }
  return joined;
}

/** A form's `extra[requester]=admin` and `merchant_uid[]=a` as the objects and arrays they stand for. */
export function nestForm(form: Fields): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(joinIndexed(form))) {
    const [, outer, inner] = member.exec(key) ?? [];
    if (key.endsWith("[]")) nested[key.slice(0, -2)] = Array.isArray(value) ? value : [value];
    else if (outer !== undefined && inner !== undefined)
      nested[outer] = { ...(nested[outer] as object | undefined), [inner]: value };
    else nested[key] = value;
  }
  return nested;
}
