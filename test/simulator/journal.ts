// An append-only file of record puts, one line per change that belongs together, so that the state
// survives a kill between any two instructions. A torn last line is a change nobody was told about.
// Not for power loss: nothing is fsynced.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Collection, key, value; a null value removes. */
export type Change = readonly [collection: string, key: string, value: unknown];

const compactLines = 1000;

export class Journal {
  readonly #file: string;
  #descriptor: number;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, "simulator.jsonl");
    this.#descriptor = openSync(this.#file, "a");
  }

  /** Every change so far, oldest first. */
  read(): Change[] {
    const changes: Change[] = [];
    const text = existsSync(this.#file) ? readFileSync(this.#file, "utf8") : "";
    const lines = text.split("\n");
    // What follows the last line feed was never finished, hence never acted upon.
    lines.pop();
    for (const line of lines) changes.push(...(JSON.parse(line) as Change[]));
    return changes;
  }

  /** Returns when the operating system has the line, which a killed process cannot take back. */
  append(changes: readonly Change[]): void {
    writeAll(this.#descriptor, `${JSON.stringify(changes)}\n`);
  }

  /** Replaces the file by these changes alone, in one step. */
  rewrite(changes: readonly Change[]): void {
    const fresh = `${this.#file}.new`;
    rmSync(fresh, { force: true });
    const descriptor = openSync(fresh, "a");
    for (let from = 0; from < changes.length; from += compactLines)
      writeAll(descriptor, `${JSON.stringify(changes.slice(from, from + compactLines))}\n`);
    renameSync(fresh, this.#file);
    closeSync(this.#descriptor);
    this.#descriptor = descriptor;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
