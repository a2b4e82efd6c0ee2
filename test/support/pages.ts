// The project's pages in Markdown: how they are built, where they lead, and what their commands answer.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { type Block, blocksOf } from "./readme.ts";
import type { Json } from "./shop.ts";

const projectDir = join(import.meta.dirname, "../..");

export const textOf = (page: string): string => readFileSync(join(projectDir, page), "utf8");

/** Code without its comments, which are for the page's reader and in the page's language. */
export const codeOf = ({ text }: Block): string => text.replaceAll(/(^|\s+)(\/\/|#) .*$/gm, "").trim();

/** The timeline without its titles, which are in the reader's language. */
const timelineOf = ({ text }: Block): string => text.replaceAll(/( … ms).*$/gm, "$1");

const withoutBlocks = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** Names said in code within the text, each once. */
export const inlineCodeOf = (text: string): readonly string[] => [
  ...new Set([...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code)),
];

/** What a page and its twin in the other language have alike, whatever they say. */
export const shapeOf = (text: string) => ({
  headings: [...withoutBlocks(text).matchAll(/^(#+) (\d*)/gm)].map(([, level, at]) => [level, at]),
  cells: text.split("\n").flatMap((line) => (line.startsWith("|") ? [line.split(/(?<!\\)\|/).length] : [])),
  lists: text.split("\n").filter((line) => /^(-|\d+\.) /.test(line)).length,
  blocks: blocksOf(text).map((block) => [
    block.language,
    block.language === "text" ? timelineOf(block) : codeOf(block),
    block.notRun === null,
  ]),
});

/** Where a page leads within the project, in order. */
export const linksOf = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target = ""]) => target);

/** Prose alone: no code, no tags, nothing that links lead to. */
const proseOf = (text: string): string =>
  text
    .replaceAll(/`[^`\n]*`|<[^>]+>/g, " ")
    .replaceAll(/\]\([^)]*\)/g, "] ")
    .replaceAll(/[\w-]+\.(md|http|json|mjs|php|py|java)\b/gi, " ");

const isKorean = (text: string): boolean => /\p{Script=Hangul}/u.test(text);
/** Two words of English in a row; a name alone is of both languages. */
const isEnglish = (text: string): boolean => /\b[A-Za-z]?[a-z']+[,;:]? [a-z']{2,}\b/.test(text);
const isNamed = (text: string): boolean => /[A-Za-z]{2,}/.test(text);

/**
 * What a page in both languages says in one of them only. A heading and a table's row have both in themselves, Korean
 * first; a paragraph has both, or is followed by the other language's.
 */
export function findOneTongued(page: string): readonly string[] {
  const parts = withoutBlocks(page)
    .split(/\n\n+/)
    .flatMap((part) => (/^[#|]/.test(part) ? part.split("\n") : [part]))
    .map((part) => ({ part, prose: proseOf(part) }));
  const inItself = parts.filter(({ part, prose }) => {
    if (!/^[#|]/.test(part)) return false;
    if (isKorean(prose)) return !isNamed(prose) || /^[#| ]*[A-Za-z' ]+ · .*\p{Script=Hangul}/u.test(prose);
    return isEnglish(prose) || /^#+ [A-Z]/.test(part);
  });
  const paragraphs = parts.filter(({ part }) => !/^[#|]/.test(part));
  const alone = paragraphs.filter(({ prose }, index) => {
    const [before, after] = [paragraphs[index - 1]?.prose ?? "", paragraphs[index + 1]?.prose ?? ""];
    if (isKorean(prose)) return !isEnglish(prose) && !(isEnglish(after) && !isKorean(after));
    return isEnglish(prose) && !isKorean(before);
  });
  return [...inItself, ...alone].map(({ part }) => part);
}

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsIn = (text: string): readonly string[] => [
  ...[...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading)),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id),
];

/** Links to files or headings that are not there. */
export const findBrokenLinks = (page: string, text: string): readonly string[] =>
  linksOf(text).filter((target) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(projectDir, file))) return true;
    const linked = file === page ? text : textOf(file);
    return anchor !== undefined && !anchorsIn(linked).includes(decodeURIComponent(anchor));
  });

/** A printed answer as a matcher: what the run decides is printed as an ellipsis. */
const asMatcher = ({ text }: Block): Json =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Json).map(([name, value]) => [
      name,
      typeof value === "string" && value.includes("…") ? expect.any(String) : value,
    ]),
  );

export interface PageRun {
  /** What was answered where the page prints an answer, and what it prints. */
  readonly answers: readonly (readonly [answered: Json, printed: Json])[];
  /** The last command's own words. */
  readonly said: string;
}

/** Runs a page's shell commands as they stand, a shell for each block. */
export async function runPage(page: string, cwd: string, env: NodeJS.ProcessEnv): Promise<PageRun> {
  const answers: [Json, Json][] = [];
  let said = "";
  for (const block of blocksOf(textOf(page))) {
    if (block.language === "json") answers.push([JSON.parse(said) as Json, asMatcher(block)]);
    if (block.language !== "sh" || block.notRun !== null) continue;
    const strict = block.text.replaceAll("curl -sS", "curl -sS --fail-with-body");
    said = (await promisify(execFile)("bash", ["-euo", "pipefail", "-c", strict], { cwd, env })).stdout;
  }
  return { answers, said };
}
