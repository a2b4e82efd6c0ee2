// What the person needs after a deployment: where the doors are and what PortOne must be told.
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import type { Names } from "./deployment.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export async function describeDeployed(
  region: string,
  { stack, secretsPath }: Names,
  environment: Environment,
): Promise<readonly string[]> {
  const client = new CloudFormationClient({ region });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  client.destroy();
  const outputs = Stacks[0]?.Outputs ?? [];
  const apiUrl = outputs.find(({ OutputKey }) => OutputKey === "HttpApiUrl")?.OutputValue ?? null;
  return doorLines(apiUrl, environment["PAY_PUBLIC_URL"]?.trim() || null, secretsPath);
}

/** `publicUrl` is the shop's own domain in front of the API, when it has one. */
export function doorLines(
  apiUrl: string | null,
  publicUrl: string | null,
  secretsPath: string,
): readonly string[] {
  const doors = (publicUrl ?? apiUrl ?? "").replace(/\/+$/, "");
  return [
    `API                    ${apiUrl ?? "none"}`,
    ...(publicUrl === null ? [] : [`own domain             ${doors}, which must lead to the API`]),
    `PortOne's notice URL   ${doors}/portone/notice`,
    `secrets                ${secretsPath} in SSM`,
  ];
}
