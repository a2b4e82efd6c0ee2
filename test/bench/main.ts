// npm run bench: what was promised in figures, measured. A table for people, and as the last line of stdout the same for
// machines; everything else goes to stderr. Ends with 1 when a goal is missed.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createProgress } from "../../infra/build/progress.ts";
import { consoleRows } from "./console/rows.ts";
import { growthRows } from "./growth/rows.ts";
import { tableOf } from "./rows.ts";

const benches = { growth: growthRows, console: consoleRows } as const;
type Bench = keyof typeof benches;

const names = Object.keys(benches);
const usage = `usage: npm run bench -- [--only ${names.join(",")}] [--runs N] [--json FILE]`;

function fail(why: string): never {
  console.error(`${why}; ${usage}`);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      options: {
        only: { type: "string", default: names.join(",") },
        runs: { type: "string", default: "3" },
        json: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message) : String(error));
  }
}

const isBench = (name: string): name is Bench => Object.hasOwn(benches, name);
const { only, runs, json, help } = parse();

if (help) console.log(usage);
else {
  const chosen = only.split(",").map((name) => (isBench(name) ? name : fail(`no bench '${name}'`)));
  const count = /^[1-9]\d?$/.test(runs)
    ? Number(runs)
    : fail(`--runs wants a whole number from 1 to 99, not '${runs}'`);
  const rows = [];
  const progress = createProgress(process.stderr, () => performance.now());
  try {
    for (const name of chosen) rows.push(...(await benches[name]({ runs: count, ...progress })));
  } finally {
    progress.end();
  }
  const told = rows.map(({ isAtLeast: _, ...row }) => row);
  const result = JSON.stringify({ bench: told }, (_, value) =>
    value === Number.POSITIVE_INFINITY ? "never" : value,
  );
  console.log(`${tableOf(rows)}\n${result}`);
  if (json !== undefined) writeFileSync(json, `${result}\n`);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
}
