// Cuts a stream of text into whole lines, whatever the chunks are.

/** Returns a function to feed text to; `line` gets every non-empty line once it is complete. */
export function splitLines(line: (text: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part !== "") line(part);
  };
}
