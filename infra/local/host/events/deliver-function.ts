// The function that tells the shop, as it is deployed where PAY_EVENTS_URL says so. The template that a laptop runs is
// packaged without anybody's settings, so it has none.
import type { LambdaFunction, Template } from "../template.ts";

export const deliverName = "deliver";

/** The template's functions, and this one where somebody is to be told. */
export function functionsWith(
  { functions }: Template,
  environment: Readonly<Record<string, string>>,
): readonly LambdaFunction[] {
  const [other] = functions;
  const isThere = functions.some(({ name }) => name === deliverName);
  if (isThere || !other || !environment["PAY_EVENTS_URL"]?.trim()) return functions;
  const renamed = (name: string): string => name.replace(new RegExp(`${other.name}$`), deliverName);
  const deliver = {
    ...other,
    name: deliverName,
    deployedName: renamed(other.deployedName),
    arn: renamed(other.arn),
    handler: `dist/${deliverName}/index.handler`,
    timeoutMs: 20_000,
    memoryMb: 256,
  };
  return [...functions, deliver];
}
