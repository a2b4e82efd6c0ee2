// What a stage left outside its stack, or never had in it: `remove` keeps the table and the logs, and a second
// stack cannot make what is already there. Whatever stands outside is used, and said.
import {
  CloudFormationClient,
  GetTemplateCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";

/** A table or log group that the stack neither has nor may make. */
export interface Standing {
  /** The named table that the functions use now; null when it is the stack's own, or nothing is deployed. */
  readonly usedTable: string | null;
  /** Null when the stack has its own table, or will make it. */
  readonly table: TableDescription | null;
  /** By the name that `keptLogGroups` has for each. */
  readonly logGroups: readonly string[];
}

export interface Account {
  /** The physical ids of what the stack has now; none when there is no stack. */
  listStack(stack: string): Promise<readonly string[]>;
  /** The text of the deployed template; null when there is no stack. */
  readTemplate(stack: string): Promise<string | null>;
  describeTable(name: string): Promise<TableDescription | null>;
  listLogGroups(prefix: string): Promise<readonly string[]>;
  close(): void;
}

/** `wantedTable` is the one the deployer names; null leaves it to the stage's own. */
export async function findStanding(
  account: Account,
  stack: string,
  wantedTable: string | null,
  logGroups: Readonly<Record<string, string>>,
): Promise<Standing> {
  const inStack = new Set(await account.listStack(stack));
  const name = wantedTable ?? stack;
  const isOwn = wantedTable === null && inStack.has(name);
  const stands = async (group: string) =>
    !inStack.has(group) && (await account.listLogGroups(group)).includes(group);
  const kept = await Promise.all(
    Object.entries(logGroups).map(async ([name, group]) => ((await stands(group)) ? [name] : [])),
  );
  return {
    usedTable: usedTableOf(await account.readTemplate(stack)),
    table: isOwn ? null : await account.describeTable(name),
    logGroups: kept.flat(),
  };
}

/** Each function has the same table: a name when it stands outside the stack, a reference when it does not. */
const usedTableOf = (template: string | null): string | null =>
  /"PAY_TABLE"\s*:\s*"([^"]+)"/.exec(template ?? "")?.[1] ?? null;

export function openAccount(region: string): Account {
  const dynamodb = new DynamoDBClient({ region });
  const cloudformation = new CloudFormationClient({ region });
  const logs = new CloudWatchLogsClient({ region });
  return {
    listStack: async (stack) => {
      const resources: StackResourceSummary[] = [];
      let token: string | undefined;
      do {
        const command = new ListStackResourcesCommand({ StackName: stack, NextToken: token });
        const page = await cloudformation.send(command).catch(noStack);
        resources.push(...(page?.StackResourceSummaries ?? []));
        token = page?.NextToken;
      } while (token !== undefined);
      return resources.flatMap(({ PhysicalResourceId, ResourceStatus = "" }) =>
        PhysicalResourceId === undefined || ResourceStatus.startsWith("DELETE_") ? [] : [PhysicalResourceId],
      );
    },
    readTemplate: async (stack) => {
      const command = new GetTemplateCommand({ StackName: stack });
      return (await cloudformation.send(command).catch(noStack))?.TemplateBody ?? null;
    },
    describeTable: async (name) => {
      try {
        const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
        return Table ?? null;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }
    },
    listLogGroups: async (prefix) => {
      const names: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken }));
        names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return names;
    },
    close: () => {
      for (const client of [dynamodb, cloudformation, logs]) client.destroy();
    },
  };
}

/** Null for a stack that does not exist, or was removed, which AWS tells in words only. */
function noStack(error: unknown): null {
  if (error instanceof Error && /does not exist/.test(error.message)) return null;
  throw error;
}
