// The packaged CloudFormation template as the checks of this folder read it.
import { isObject, type JsonObject } from "../../../infra/local/host/intrinsics.ts";

export interface Resource extends JsonObject {
  readonly Type: string;
  readonly Properties: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, JsonObject>>;
}

export interface NamedResource extends Resource {
  readonly logicalId: string;
}

export const resourcesOf = ({ Resources }: Template, type: string): readonly NamedResource[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([logicalId, resource]) => ({ logicalId, ...resource }));

/** The logical id that a `Ref` or `Fn::GetAtt` leads to. */
export function targetOf(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { Ref: ref, "Fn::GetAtt": attribute } = value;
  if (typeof ref === "string") return ref;
  return Array.isArray(attribute) ? String(attribute[0]) : null;
}

/** As in functions/: the name ends the deployed one. */
export const shortNameOf = ({ Properties }: Resource): string =>
  String(Properties["FunctionName"]).split("-").at(-1) ?? "";

export interface Statement {
  /** The resource whose policy it stands in. */
  readonly logicalId: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Each as text, whatever names it. */
  readonly resources: readonly string[];
  readonly text: JsonObject;
}

/** Every statement of every policy in the template, whatever resource carries it. */
export const statementsOf = ({ Resources }: Template): readonly Statement[] =>
  Object.entries(Resources).flatMap(([logicalId, { Properties }]) =>
    documentsIn(Properties).flatMap((document) =>
      [document["Statement"]].flat().flatMap((statement) => readStatement(logicalId, statement)),
    ),
  );

function documentsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isObject(value)) return [];
  return "Statement" in value ? [value] : Object.values(value).flatMap(documentsIn);
}

const readStatement = (logicalId: string, text: unknown): readonly Statement[] =>
  isObject(text)
    ? [
        {
          logicalId,
          effect: String(text["Effect"]),
          actions: [text["Action"] ?? []].flat().map(String),
          resources: [text["Resource"] ?? []].flat().map(arnText),
          text,
        },
      ]
    : [];

/** An ARN with what stands for its variable parts left in it. */
export function arnText(value: unknown): string {
  if (typeof value === "string") return value;
  if (!isObject(value)) return JSON.stringify(value);
  const { "Fn::Sub": sub, "Fn::GetAtt": attribute, "Fn::Join": join } = value;
  if (typeof sub === "string") return sub;
  if (Array.isArray(attribute)) return `\${${attribute.join(".")}}`;
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(arnText).join(String(join[0]));
  return JSON.stringify(value);
}
