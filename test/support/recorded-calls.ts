// What the functions of all tests' stacks have done in AWS, in a policy's words and each thing once. Every stack keeps
// its own file, for the workers that run them share nothing.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallAccess } from "../../infra/local/host/call-access.ts";
import { brakeKey, noticeBudgetKey } from "../../lib/dynamodb/keys.ts";

/** One action of one function on one thing, with the kind of item it names, if it names any. */
export interface RecordedCall {
  readonly functionName: string;
  readonly action: string;
  readonly resource: string;
  readonly kind: string | null;
}

const folder = join(import.meta.dirname, "../../node_modules/.cache/recorded-calls");

export const forgetRecordedCalls = (): void => rmSync(folder, { recursive: true, force: true });

/** All that was kept since they were last forgotten. */
export function readRecordedCalls(): readonly RecordedCall[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return [...new Set(files.flatMap((text) => text.split("\n")))].map(
    (line) => JSON.parse(line) as RecordedCall,
  );
}

/** Of one stack. */
export class RecordedCalls {
  readonly #lines = new Set<string>();

  add({ functionName, action, resources, leadingKeys }: CallAccess): void {
    const kinds = leadingKeys.length > 0 ? leadingKeys.map(kindOf) : [null];
    for (const resource of resources)
      for (const kind of kinds) {
        const call: RecordedCall = { functionName, action, resource, kind };
        this.#lines.add(JSON.stringify(call));
      }
  }

  keep(): void {
    if (this.#lines.size === 0) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, randomBytes(8).toString("hex")), [...this.#lines].join("\n"));
  }
}

/** Items of which there is one. */
const singles: ReadonlySet<string> = new Set([brakeKey, noticeBudgetKey, "prime"]);

/** A key as a policy's pattern: the words before what differs from item to item. */
export function kindOf(key: string): string {
  if (singles.has(key)) return key;
  const words = key.split("#");
  return [...words.slice(0, words[0] === "budget" ? 2 : 1), "*"].join("#");
}
