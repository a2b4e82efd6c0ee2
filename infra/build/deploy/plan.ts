// How a deployment goes on from what already stands: what osls is told, and what the person is.
import type { TableDescription } from "@aws-sdk/client-dynamodb";
import { asDataKey } from "../../../lib/domain/data-key.ts";
import { type DeployOptions, targetArguments } from "./deployment.ts";
import type { Standing } from "./standing.ts";
import { findShapeProblems } from "./table-shape.ts";

export interface Plan {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly oslsArguments: readonly string[];
  /** Laid over the deployer's, for what is packaged. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What is asked for: `wantedTable` is the one the deployer named, and one of that name must stand. */
export interface Wanted {
  readonly stack: string;
  readonly wantedTable: string | null;
  /** The text of PAY_DATA_KEY, whose KMS keys the roles may use; null where nobody could read it. */
  readonly dataKeys: string | null;
}

export function planDeployment(
  options: DeployOptions,
  { stack, wantedTable, dataKeys }: Wanted,
  { usedTable, table, logGroups }: Standing,
): Plan {
  const stream = table === null ? null : streamOf(table);
  return {
    problems: [
      ...changeOfTable(stack, wantedTable, usedTable),
      ...(wantedTable !== null && table === null ? [`PAY_TABLE_NAME: there is no table ${wantedTable}`] : []),
      ...(table === null || table.TableStatus === "ACTIVE"
        ? []
        : [`table ${table.TableName}: is ${table.TableStatus}, not ACTIVE`]),
      ...(table === null ? [] : findShapeProblems(table).map((line) => `table ${table.TableName}: ${line}`)),
    ],
    notes: [
      ...(table === null ? [] : [describeTable(table, stream)]),
      ...(logGroups.length === 0 ? [] : [`log groups kept from before: ${logGroups.join(", ")}`]),
    ],
    oslsArguments: [
      ...targetArguments(options),
      ...parameter("confirmConcurrency", options.confirmConcurrency?.toString() ?? null),
      ...parameter("contributorInsights", options.contributorInsights),
      ...parameter("keptLogGroups", logGroups.join(",") || null),
      ...parameter("tableStream", stream),
      ...parameter("dataKeys", arnsIn(dataKeys ?? "").join(",") || null),
    ],
    environment: table === null ? {} : { PAY_TABLE_NAME: table.TableName ?? "" },
  };
}

/** Orders would be looked for where they are not, because somebody's shell forgot a name. */
const changeOfTable = (stack: string, wantedTable: string | null, usedTable: string | null) =>
  wantedTable !== null || usedTable === null || usedTable === stack
    ? []
    : [`PAY_TABLE_NAME: ${stack} uses the table ${usedTable}; name that one, or ${stack} to leave it`];

const arnsIn = (text: string): readonly string[] =>
  text.split(",").flatMap((part) => {
    const key = asDataKey(part.trim());
    return key?.kind === "kms" ? [key.arn] : [];
  });

const parameter = (name: string, value: string | null): readonly string[] =>
  value === null ? [] : ["--param", `${name}=${value}`];

const streamOf = ({ StreamSpecification, LatestStreamArn }: TableDescription): string | null =>
  StreamSpecification?.StreamEnabled ? (LatestStreamArn ?? null) : null;

function describeTable(table: TableDescription, stream: string | null): string {
  const off = [
    ...(stream === null ? ["its stream"] : []),
    ...(table.DeletionProtectionEnabled ? [] : ["its deletion protection"]),
  ];
  const orders = table.ItemCount ? `, about ${table.ItemCount} items` : "";
  return `table ${table.TableName} stands outside the stack and is used${orders}${off.length === 0 ? "" : `; off: ${off.join(", ")}`}`;
}
