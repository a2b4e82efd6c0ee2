// The table of figures in docs/performance.md and its Korean twin: written by `npm run bench -- --write`, never by hand.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Row, tableOf } from "./rows.ts";

export const performancePages = {
  en: "docs/performance.md",
  ko: "docs/performance.ko.md",
} as const;

export interface Measured {
  readonly day: string;
  readonly machine: string;
}

const projectDir = join(import.meta.dirname, "../..");
const begin = "<!-- measured -->\n";
const end = "<!-- /measured -->";

const said = {
  en: ({ day, machine }: Measured) => `Measured ${day} on ${machine}.`,
  ko: ({ day, machine }: Measured) => `${day}에 측정했습니다(${machine}).`,
} as const;

export function writePages(rows: readonly Row[], measured: Measured): void {
  for (const language of ["en", "ko"] as const) {
    const path = join(projectDir, performancePages[language]);
    const table = tableOf(rows, language);
    writeFileSync(path, withTable(readFileSync(path, "utf8"), `${said[language](measured)}\n\n${table}`));
  }
}

/** Throws when the page has no place for it. */
export function withTable(page: string, table: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error("the page has no place for what was measured");
  return `${page.slice(0, from + begin.length)}\n${table}\n\n${page.slice(to)}`;
}
