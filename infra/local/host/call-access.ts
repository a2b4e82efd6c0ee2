// What a call to AWS needs a role's leave for: the action, what it is done to, and which items' keys it names. The
// same words as in a policy, so that what functions do can be held against what their roles grant.
import { isObject, type JsonObject } from "./intrinsics.ts";

export interface CallAccess {
  readonly functionName: string;
  /** As in a policy, `dynamodb:GetItem`. */
  readonly action: string;
  /** `table`, `index/day`, or `parameter/path/NAME`: what stands behind the account in the ARN, whatever the table's name. */
  readonly resources: readonly string[];
  /** The partition keys it names; none for a query, whose index has keys of its own. */
  readonly leadingKeys: readonly string[];
}

/** By the first half of the header x-amz-target. */
const services: Readonly<Record<string, string>> = { DynamoDB_20120810: "dynamodb", AmazonSSM: "ssm" };

/** Throws for a service that no policy word is known for: such a call would go unseen. */
export function readAccess(functionName: string, target: string, body: Buffer): CallAccess {
  const [prefix = "", name = ""] = target.split(".");
  const service = services[prefix];
  if (service === undefined)
    throw new Error(`${functionName} calls ${target}, which is in no list of services`);
  const fields: unknown = JSON.parse(body.toString("utf8"));
  const asked = isObject(fields) ? fields : {};
  const about = service === "ssm" ? parameters(asked) : items(asked);
  return { functionName, action: `${service}:${name}`, ...about };
}

type About = Pick<CallAccess, "resources" | "leadingKeys">;

const parameters = ({ Names, Name }: JsonObject): About => ({
  resources: [Names ?? Name ?? []].flat().map((name) => `parameter${String(name)}`),
  leadingKeys: [],
});

function items({ IndexName, Key, Item, RequestItems }: JsonObject): About {
  const batches = isObject(RequestItems) ? Object.values(RequestItems) : [];
  const keys = [
    Key ?? Item ?? [],
    ...batches.flatMap((batch) => (isObject(batch) ? (batch["Keys"] ?? []) : [])),
  ].flat();
  return {
    resources: [IndexName === undefined ? "table" : `index/${String(IndexName)}`],
    leadingKeys: keys.map((key) => {
      const pk = isObject(key) ? key["pk"] : undefined;
      return String(isObject(pk) ? pk["S"] : undefined);
    }),
  };
}
