// The package's front door: a simulator in the caller's own process, for a test of Vitest's or Jest's.
import { createControl } from "./control-client.ts";
import type { CreateSimulator } from "./public-types.ts";
import { checkRecords, readSeedFile } from "./seed-file.ts";
import { startSimulator } from "./start-simulator.ts";

/** Resolves once it listens. Rejects with a SeedFileError when the records to begin with cannot be. */
export const createSimulator: CreateSimulator = async ({ seedFile, ...options } = {}) => {
  const records = typeof seedFile === "string" ? readSeedFile(seedFile) : checkRecords(seedFile ?? {});
  const running = await startSimulator({ ...options, records });
  return { ...running, control: createControl(running.url) };
};
