// Which program plays DynamoDB on a laptop: dynoxide where there is one for the machine, else dynalite.
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
  ofMachine: TableEngine = engineOfMachine(),
): readonly string[] {
  const isGiven = Boolean(environment["PAY_DYNAMODB_ENDPOINT"]?.trim());
  const engine = asked ?? (isGiven ? null : ofMachine);
  const isProd = environment["PAY_STAGE"]?.trim() === "prod";
  return [
    ...(asked !== null && isGiven
      ? [`--table ${asked}: PAY_DYNAMODB_ENDPOINT names a DynamoDB that runs; choose one of them`]
      : []),
    ...(engine === "dynalite" && isProd ? ["dynalite: no table for PAY_STAGE prod"] : []),
  ];
}
