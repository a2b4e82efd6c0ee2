// A README as a newcomer follows it: its code blocks in their order, in a fresh copy of the project, each shell
// block as it is printed. `npm start` stays up beside them, and its export line is pasted into the shell.
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { namedEngine } from "./table-engine.ts";

const projectDir = join(import.meta.dirname, "../..");

export interface Block {
  readonly language: string;
  readonly text: string;
  /** Why the page says that its test does not run it; null when it is run. */
  readonly notRun: string | null;
}

export const blocksOf = (markdown: string): readonly Block[] =>
  [...markdown.matchAll(/(?:<!-- not run here: (.+?) -->\n)?^```(\w+)\n(.*?)^```$/gms)].map(
    ([, notRun = null, language = "", text = ""]) => ({ language, text, notRun }),
  );

/** What git would check out, with this machine's installed packages; the caller removes it. */
export function cloneProject(): string {
  const dir = mkdtempSync(join(tmpdir(), "복제-"));
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", list, { cwd: projectDir, encoding: "utf8", maxBuffer: 1 << 24 });
  for (const file of files.split("\0").filter((name) => name !== ""))
    cpSync(join(projectDir, file), join(dir, file), { preserveTimestamps: true });
  symlinkSync(join(projectDir, "node_modules"), join(dir, "node_modules"));
  return dir;
}

/** Of what `npm start` prints, in either language. */
export const lastCommand = "/give-back-brake";

export interface Followed {
  /** Answers of the shell's commands in order, each a JSON text or whatever was said. */
  readonly output: string;
  /** The export line's values. */
  readonly exported: Readonly<Record<string, string>>;
  /** What `npm start` said before it waited. */
  readonly started: string;
}

/** Follows the page to its end. Rejects with the command's own words when one fails. */
export async function followReadme(
  dir: string,
  file: string,
  onHtml: (html: string, exported: Followed["exported"]) => Promise<void> = async () => {},
): Promise<Followed> {
  let exportLine = "";
  let started = "";
  let output = "";
  const exported = () =>
    Object.fromEntries(
      [...exportLine.matchAll(/ (\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]),
    );
  const shell = { cwd: dir, env: environment(file.endsWith(".ko.md")) };
  let stop = async () => {};
  try {
    for (const { language, text, notRun } of blocksOf(readFileSync(join(dir, file), "utf8"))) {
      if (notRun !== null) continue;
      if (language === "html") await onHtml(text, exported());
      else if (text.startsWith("npm start "))
        ({ exportLine, started, stop } = await stayUp(onEngine(text), shell));
      else if (language === "sh") output += await paste(`${exportLine}\n${text}`, shell);
    }
  } finally {
    await stop();
  }
  return { output, exported: exported(), started };
}

/** As on a machine that has no other engine than the one the tests are told to run on. */
function onEngine(command: string): string {
  const engine = namedEngine();
  return engine === null ? command : command.replace(/^npm start( --)?/, `npm start -- --table ${engine}`);
}

/** A newcomer's shell: no settings, nothing of the test's own npm, and the locale of who reads the page. */
const environment = (isKorean: boolean): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PAY_|AWS_|npm_|VITEST|NODE_|LC_|LANG)/.test(name)),
  ),
  LANG: isKorean ? "ko_KR.UTF-8" : "en_US.UTF-8",
});

async function paste(script: string, options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  // An answer of 4xx or 5xx is a failure here, although a person would see it and go on.
  const strict = script.replaceAll("curl -sS", "curl -sS --fail-with-body");
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", strict], options);
  return stdout;
}

async function stayUp(
  command: string,
  shell: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<{ exportLine: string; started: string; stop: () => Promise<void> }> {
  const child = spawn("bash", ["-c", command], {
    ...shell,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ended = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    await ended;
  };
  let said = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    said += chunk;
    const exportLine = /^export .*$/m.exec(said)?.[0];
    if (exportLine !== undefined && said.includes(lastCommand)) {
      child.stdout.resume();
      return { exportLine, started: said, stop };
    }
  }
  throw new Error(`'${command.trim()}' ended early:\n${said}`);
}

export const removeClone = (dir: string): void => {
  if (dirname(dir) === tmpdir()) rmSync(dir, { recursive: true, force: true });
};
