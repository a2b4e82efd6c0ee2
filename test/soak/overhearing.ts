// What a stack says by another way than its doors: what its process writes, and the bytes of its table.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something that whoever has the machine can read. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Of all files in the folder, each byte a letter. */
export const bytesIn = (folder: string): string =>
  readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");

/** Keeps what this process writes until it is told to end. */
export function listenToOutput() {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream, write } of streams)
    stream.write = ((...args: Parameters<typeof write>) => {
      written.push(typeof args[0] === "string" ? args[0] : Buffer.from(args[0]).toString("utf8"));
      return write.apply(stream, args);
    }) as typeof write;
  return {
    text: () => written.join(""),
    end: () => {
      for (const { stream, write } of streams) stream.write = write;
    },
  };
}
