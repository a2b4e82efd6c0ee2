// JSON pointers (RFC 6901), by which a refusal names a place in the request.

export type JsonPath = readonly (string | number)[];

export const toPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
