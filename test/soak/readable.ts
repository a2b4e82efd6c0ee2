// Finds what must not be told wherever it stands readable: as it was written, without its hyphens and blanks, in a URL,
// and in base64 wherever in a text that begins. Pure.

/** Longer than any part of a form that stands elsewhere by chance, shorter than any form. */
const prefixLength = 8;

/** Those of the values that any of these texts carries. */
export function findReadable(values: readonly string[], texts: readonly string[]): readonly string[] {
  const forms = values.flatMap((value) => formsOf(value).map((form) => ({ value, form })));
  const byPrefix = Map.groupBy(forms, ({ form }) => form.slice(0, prefixLength));
  const found = new Set<string>();
  for (const text of texts)
    for (let at = 0; at + prefixLength <= text.length; at += 1)
      for (const { value, form } of byPrefix.get(text.slice(at, at + prefixLength)) ?? [])
        if (text.startsWith(form, at)) found.add(value);
  return values.filter((value) => found.has(value));
}

export function formsOf(value: string): readonly string[] {
  const bare = value.replaceAll(/[ -]/g, "");
  const forms = [value, bare].flatMap((written) => [
    written,
    encodeURIComponent(written),
    written.replaceAll(" ", "+"),
    inPercents(written),
    ...inBase64(written),
  ]);
  return [...new Set(forms)];
}

const inPercents = (text: string): string =>
  Buffer.from(text).toString("hex").toUpperCase().replaceAll(/../g, "%$&");

const bitsPerByte = 8;
const bitsPerLetter = 6;

/** Behind none, one or two bytes of something else: the letters that no other byte has a part in. */
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const first = Math.ceil((before * bitsPerByte) / bitsPerLetter);
    const end = Math.floor((bytes.length * bitsPerByte) / bitsPerLetter);
    return bytes.toString("base64").slice(first, end);
  });
