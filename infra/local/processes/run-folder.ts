// The folder of a run (--data): its files, that only one run uses it at a time, and what a killed run left
// behind there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeExclusiveLock } from "./exclusive-lock.ts";
import { endProcess, markProcess, type ProcessMark } from "./process-mark.ts";
import { StartError } from "./start-error.ts";
import { type TableEngine, tableEngines } from "./table-engine.ts";

export interface RunFolder {
  /** Where the engine keeps its tables. Throws a StartError when another engine kept some here. */
  tablePlace(engine: TableEngine): string;
  readonly simulatorDir: string;
  readonly keysFile: string;
  /** Remembers the process of this name; a killed run's are ended by the next one. */
  remember(name: string, pid: number): void;
  release(): void;
}

/** A run that is just ending is waited for. */
const lockWaitMs = 1_000;

const tableNames = { dynoxide: "table.db", dynalite: "table-dynalite" } as const;

/** Without the orders that stand there, the payments kept beside them would be nobody's. */
function tablePlace(dir: string, engine: TableEngine): string {
  const other = tableEngines.find((each) => each !== engine && existsSync(join(dir, tableNames[each])));
  if (other !== undefined) throw new StartError("data_other_engine", { dir, other, engine });
  return join(dir, tableNames[engine]);
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError("data_unusable", { dir, why });
  }
}

/** Throws a StartError when another run uses the folder; ends what a killed one left running. */
export async function openRunFolder(dir: string): Promise<RunFolder> {
  makeFolder(dir);
  // It holds keys, and may lie in somebody's repository: git and linters leave it alone.
  writeFileSync(join(dir, ".gitignore"), "*\n");
  const lock = await takeExclusiveLock(join(dir, "run.lock"), lockWaitMs);
  if (!lock) throw new StartError("data_in_use", { dir });
  const marksFile = join(dir, "processes.json");
  if (existsSync(marksFile))
    for (const mark of JSON.parse(readFileSync(marksFile, "utf8")) as ProcessMark[]) await endProcess(mark);
  const marks = new Map<string, ProcessMark>();
  return {
    tablePlace: (engine) => tablePlace(dir, engine),
    simulatorDir: join(dir, "simulator"),
    keysFile: join(dir, "keys.json"),
    remember: (name, pid) => {
      const mark = markProcess(name, pid);
      if (!mark) return;
      marks.set(name, mark);
      writeFileSync(marksFile, JSON.stringify([...marks.values()]));
    },
    release: () => lock.release(),
  };
}
