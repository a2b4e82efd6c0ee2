// Colour for a reader who wants it: nothing is told by it alone.
import { styleText } from "node:util";

export type Paint = (format: "green" | "red" | "dim" | "bold" | "cyan", text: string) => string;

/** Plain where the stream is no terminal, or NO_COLOR is set. */
export const paintFor =
  (stream: NodeJS.WritableStream): Paint =>
  (format, text) =>
    styleText(format, text, { stream });
