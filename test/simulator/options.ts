// The simulator's command line. Whatever it does not know is refused by name.
import { parseArgs } from "node:util";
import { parseSeed } from "./seed.ts";
import { readSeedFile } from "./seed-file.ts";
import type { StartOptions } from "./start-simulator.ts";

/** Installed as a package it is a program of its own. */
export const usageOf = (program: string): string =>
  `usage: ${program.endsWith(".ts") ? "npm run simulator --" : "portone-ksnet-simulator"} ` +
  "[--port N] [--seed S] [--clock ISO] [--data DIR] [--seed-file FILE]";

/** Null when only help is asked for. Throws an error that names the first option it cannot follow. */
export function parseOptions(args: readonly string[]): StartOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const { clock, data: dataDir } = values;
  if (clock !== undefined && Number.isNaN(Date.parse(clock)))
    throw new Error(`--clock wants an ISO time, not '${clock}'`);
  const seedFile = values["seed-file"];
  const records = seedFile === undefined ? undefined : readSeedFile(seedFile);
  return { port: readPort(values.port), seed: readSeed(values.seed), clock, dataDir, records };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        seed: { type: "string" },
        clock: { type: "string" },
        data: { type: "string" },
        "seed-file": { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's second sentence advises on positional arguments and dashes, which are of no use here.
    throw new Error(error.message.split(/\.\s/)[0]);
  }
}

const largestPort = 65_535;

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > largestPort)
    throw new Error(`--port wants a whole number up to ${largestPort}, not '${text}'`);
  return Number(text);
}

function readSeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = parseSeed(text);
  if (seed === null) throw new Error(`--seed wants a whole number, not '${text}'`);
  return seed;
}
