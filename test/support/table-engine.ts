// The engine that tests run their tables on: the machine's own, or the one that TABLE_ENGINE names.
import {
  engineOfMachine,
  isTableEngine,
  type TableEngine,
  tableEngines,
} from "../../infra/local/processes/table-engine.ts";

/** Null when nobody named one. */
export function namedEngine(): TableEngine | null {
  const name = process.env["TABLE_ENGINE"] || null;
  if (name !== null && !isTableEngine(name))
    throw new Error(`TABLE_ENGINE is one of ${tableEngines.join(", ")}, not '${name}'`);
  return name;
}

export const engineOfTests = (): TableEngine => namedEngine() ?? engineOfMachine();
