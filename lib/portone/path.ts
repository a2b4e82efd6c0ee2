// Every path of PortOne's API is built here. A value that the URL would read as a step to another path is refused,
// wherever it comes from: such a call would change somebody else's record, or none.

declare const built: unique symbol;

/** A path nobody else can make. */
export type ApiPath = string & { readonly [built]: true };

/** `pathTo\`/payments/${impUid}\``: each value becomes one step. Throws for a value that cannot be one. */
export const pathTo = (parts: TemplateStringsArray, ...values: readonly string[]): ApiPath =>
  String.raw({ raw: parts }, ...values.map(toStep)) as ApiPath;

export const withQuery = (path: ApiPath, query: string): ApiPath => `${path}?${query}` as ApiPath;

/** Percent signs are encoded as well, so that nothing written with them is decoded into another step. */
function toStep(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new Error(`no step of a path: ${JSON.stringify(value)}`);
  return encodeURIComponent(value);
}
