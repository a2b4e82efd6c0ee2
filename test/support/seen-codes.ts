// Which refusals the doors have answered in all tests, each once. Every worker keeps its own file, for workers share
// nothing.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

const folder = join(import.meta.dirname, "../../node_modules/.cache/seen-codes");

/** A door's code, as `orderVoid order_not_voidable`. */
export const pairOf = (operationId: string, code: string): string => `${operationId} ${code}`;

export const forgetSeenCodes = (): void => rmSync(folder, { recursive: true, force: true });

export const readSeenCodes = (): ReadonlySet<string> =>
  new Set(
    (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) =>
      readFileSync(join(folder, name), "utf8").trimEnd().split("\n"),
    ),
  );

const kept = new Set<string>();

export function keepSeenCode(operationId: string, body: unknown): void {
  const { code } = (body ?? {}) as { readonly code?: unknown };
  if (typeof code !== "string") return;
  const pair = pairOf(operationId, code);
  if (kept.has(pair)) return;
  kept.add(pair);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}-${threadId}`), `${pair}\n`);
}
