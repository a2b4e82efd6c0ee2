// The tag that names one refund of ours in PortOne's cancel history: `#` and nine characters of lower-case base32.

const form = /#[a-z2-7]{9}/;
const everyMark = /#(?=[a-z2-7]{9})/g;

/** The tag an entry's text carries: the first one in it, because PortOne may trim the text or put words before it. */
export const tagIn = (reason: string): string | null => form.exec(reason)?.[0] ?? null;

/** Somebody else's text made unable to name a refund: whatever looks like a tag loses its `#`. */
export function withoutTags(text: string): string {
  let clean = text;
  // Taking one `#` away may bring another before nine such characters.
  while (form.test(clean)) clean = clean.replaceAll(everyMark, "");
  return clean;
}
