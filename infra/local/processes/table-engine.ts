// Which program plays DynamoDB on a laptop: dynoxide where there is one for the machine, else dynalite.
import type { Say } from "../words/say.ts";
import { resolveDynoxide } from "./dynoxide.ts";

export const tableEngines = ["dynoxide", "dynalite"] as const;
export type TableEngine = (typeof tableEngines)[number];

export const isTableEngine = (name: string): name is TableEngine =>
  tableEngines.some((engine) => engine === name);

export const engineOfMachine = (platform?: string, arch?: string): TableEngine =>
  resolveDynoxide(platform, arch) === null ? "dynalite" : "dynoxide";

/** One line for each thing about it that cannot be; `asked` is null when nobody named one. */
export function findWrongEngine(
  asked: TableEngine | null,
  environment: NodeJS.ProcessEnv,
  say: Say,
  ofMachine: TableEngine = engineOfMachine(),
): readonly string[] {
  const isGiven = Boolean(environment["PAY_DYNAMODB_ENDPOINT"]?.trim());
  const engine = asked ?? (isGiven ? null : ofMachine);
  const isProd = environment["PAY_STAGE"]?.trim() === "prod";
  return [
    ...(asked !== null && isGiven ? [say("engine_two", { engine: asked })] : []),
    ...(engine === "dynalite" && isProd ? [say("engine_prod")] : []),
  ];
}
