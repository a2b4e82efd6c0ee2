// What every family of goals is measured with.
import type { Telling } from "../../infra/build/progress.ts";
import type { TableEngine } from "../../infra/local/processes/table-engine.ts";

export interface FamilyOptions extends Telling {
  readonly runs: number;
  readonly engine: TableEngine;
}
