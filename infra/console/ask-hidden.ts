// Asks in the terminal for something nobody may read over a shoulder, or later in the scrollback.
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** What is typed, without showing it; empty where there is no terminal. */
export function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) return Promise.resolve("");
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    terminal.once("close", () => resolve(""));
    terminal.question("", (typed) => {
      resolve(typed.trim());
      process.stderr.write("\n");
      terminal.close();
    });
  });
}
