// What the functions of all tests' stacks have done in AWS, in a policy's words and each thing once. Every stack keeps
// its own file, for the workers that run them share nothing.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { CallAccess } from "../../infra/local/host/call-access.ts";
import { brakeKey, noticeBudgetKey } from "../../lib/dynamodb/keys.ts";
import { files } from "./house/sources.ts";

/** One action of one function on one thing, with the kind of item it names, if it names any. */
export interface RecordedCall {
  readonly functionName: string;
  readonly action: string;
  readonly resource: string;
  readonly kind: string | null;
}

const projectDir = join(import.meta.dirname, "../..");
const folder = join(projectDir, "node_modules/.cache/recorded-calls");

export const forgetRecordedCalls = (): void => rmSync(folder, { recursive: true, force: true });

export interface Recorded {
  readonly calls: readonly RecordedCall[];
  /** The test files whose stacks were closed, from the project's folder on. */
  readonly testFiles: ReadonlySet<string>;
}

/** All that was kept since it was last forgotten. */
export function readRecordedCalls(): Recorded {
  const kept = (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
    const [testFile = "", ...lines] = readFileSync(join(folder, name), "utf8").split("\n");
    return { testFile, lines };
  });
  const lines = new Set(kept.flatMap((stack) => stack.lines));
  return {
    calls: [...lines].map((line) => JSON.parse(line) as RecordedCall),
    testFiles: new Set(kept.map(({ testFile }) => testFile)),
  };
}

const startsStacks = /import \{[^}]*\bstartStack\b[^}]*\} from "[^"]*\/local-stack\.ts"/;

/** Why nothing can be said of all tests together; null where all have run. */
export function whyIncomplete(testFiles: ReadonlySet<string>, hasNameFilter: boolean): string | null {
  if (hasNameFilter) return "tests are chosen by name";
  const leftOut = files
    .filter(({ path, text }) => path.endsWith(".test.ts") && startsStacks.test(text) && !testFiles.has(path))
    .map(({ path }) => path);
  return leftOut.length > 0 ? `${leftOut.length} test files have not run, ${leftOut[0]} among them` : null;
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

  keep(testPath: string): void {
    mkdirSync(folder, { recursive: true });
    const testFile = relative(projectDir, testPath).replaceAll("\\", "/");
    writeFileSync(join(folder, randomBytes(8).toString("hex")), [testFile, ...this.#lines].join("\n"));
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
