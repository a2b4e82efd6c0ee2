// npm run bench: what was promised in figures, measured. A row for each promise, and as the last line of stdout the same
// for machines; everything else goes to stderr. Ends with 0 when it ran, whatever it found.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { createProgress } from "../../infra/build/progress.ts";
import { engineOfMachine } from "../../infra/local/processes/table-engine.ts";
import { blackHoleRows } from "./families/black-holes.ts";
import { bytesRows } from "./families/bytes.ts";
import { callRows } from "./families/calls.ts";
import { coldRows } from "./families/cold.ts";
import { connectionRows } from "./families/connections.ts";
import { consoleRows } from "./families/console.ts";
import { shareRows } from "./families/share.ts";
import { sizeRows } from "./families/size.ts";
import { techniqueRows } from "./families/techniques.ts";
import { warmRows } from "./families/warm.ts";
import type { FamilyOptions } from "./family.ts";
import { growthRows } from "./growth/rows.ts";
import { writePages } from "./pages.ts";
import { type Row, tellRow } from "./rows.ts";

interface Family {
  readonly goals: readonly string[];
  readonly measure: (options: FamilyOptions) => readonly Row[] | Promise<readonly Row[]>;
}

const mostGrowthRuns = 3;
const families: readonly Family[] = [
  { goals: ["P1"], measure: bytesRows },
  { goals: ["P2", "P3", "P4", "P5"], measure: coldRows },
  { goals: ["share"], measure: shareRows },
  { goals: ["P7"], measure: warmRows },
  { goals: ["P8"], measure: callRows },
  { goals: ["P9"], measure: sizeRows },
  { goals: ["P10"], measure: connectionRows },
  { goals: ["P11"], measure: blackHoleRows },
  { goals: ["T"], measure: techniqueRows },
  { goals: ["console"], measure: consoleRows },
  {
    goals: ["growth"],
    measure: (options) => growthRows({ ...options, runs: Math.min(options.runs, mostGrowthRuns) }),
  },
];
const names = families.flatMap(({ goals }) => goals);
const usage = `usage: npm run bench -- [--only ${names.join(",")}] [--runs N] [--json FILE] [--write]`;

function fail(why: string): never {
  console.error(`${why}; ${usage}`);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      options: {
        only: { type: "string", default: names.join(",") },
        runs: { type: "string", default: "25" },
        json: { type: "string" },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message) : String(error));
  }
}

const { only, runs, json, write, help } = parse();

if (help) console.log(usage);
else {
  const chosen = only
    .split(",")
    .map((name) => (names.includes(name) ? name : fail(`no goal '${name}' among the bench's`)));
  if (write && chosen.length < names.length) fail("--write wants every goal measured in one run");
  const count = /^[1-9]\d?$/.test(runs)
    ? Number(runs)
    : fail(`--runs wants a whole number from 1 to 99, not '${runs}'`);
  const progress = createProgress(process.stderr, () => performance.now());
  const rows: Row[] = [];
  try {
    for (const { goals, measure } of families) {
      if (!goals.some((goal) => chosen.includes(goal))) continue;
      const measured = await measure({ runs: count, engine: engineOfMachine(), ...progress });
      rows.push(...measured.filter(({ goal }) => chosen.includes(goal)));
    }
  } finally {
    progress.end();
  }
  const told = rows.map(({ isAtLeast: _, ...row }) => row);
  const result = JSON.stringify({ bench: told }, (_, value) =>
    value === Number.POSITIVE_INFINITY ? "never" : value,
  );
  console.log([...rows.map(tellRow), result].join("\n"));
  if (json !== undefined) writeFileSync(json, `${result}\n`);
  if (write) writePages(rows, { day: new Date().toISOString().slice(0, 10), machine: machine() });
}

/** `2 × AMD EPYC, linux x64, Node 24.21.0` */
function machine(): string {
  const [first, ...others] = cpus();
  const cores = `${others.length + 1} × ${first?.model.trim() ?? "unknown processor"}`;
  return `${cores}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}
