// Reads the CloudFormation template that is deployed: which functions exist, with which limits and settings,
// and which route leads to which. The laptop therefore runs what AWS would run, and nothing is said twice.
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isObject, type JsonObject, type Names, resolveText } from "./intrinsics.ts";

export interface LambdaFunction {
  /** The short name: the file's in functions/, the folder's in dist/. */
  readonly name: string;
  readonly deployedName: string;
  readonly arn: string;
  /** As deployed, `dist/<name>/index.handler`. */
  readonly handler: string;
  readonly handlerName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly routeKey: string;
  readonly functionName: string;
}

/** What the deployed pipe lets through of the table's stream, and what it makes of it. */
export interface PipeDefinition {
  readonly patterns: readonly unknown[];
  readonly inputTemplate: string;
  /** A path in the record. */
  readonly detailType: string;
  readonly source: string;
}

export interface Template {
  readonly functions: readonly LambdaFunction[];
  readonly routes: readonly Route[];
  /** Absent where the table has no stream. */
  readonly pipe?: PipeDefinition;
}

interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** An account that does not exist, in the form of one. */
/** Where a function believes it runs. */
export const localRegion = "ap-northeast-2";
export const localAccountId = "000000000000";

/** Throws, naming the file, when there is no packaged template or it holds something unknown. */
export function readTemplate(path: string): Template {
  const resources = readResources(path);
  const names = localNames(resources);
  const functions = resources
    .filter(({ type }) => type === "AWS::Lambda::Function")
    .map((resource) => ({ logicalId: resource.logicalId, definition: readFunction(resource, names) }));
  const integrations = new Map(
    resources
      .filter(({ type }) => type === "AWS::ApiGatewayV2::Integration")
      .map(({ logicalId, properties }) => [logicalId, resolveText(properties["IntegrationUri"], names)]),
  );
  const routes = resources
    .filter(({ type }) => type === "AWS::ApiGatewayV2::Route")
    .map(({ properties }): Route => {
      const routeKey = resolveText(properties["RouteKey"], names);
      const target = basename(resolveText(properties["Target"], names));
      const uri = integrations.get(target);
      const owner = functions.find(({ definition }) => definition.arn === uri);
      if (!owner) throw new Error(`${path}: route ${routeKey} leads to no function`);
      const [method = "", route = ""] = routeKey === "$default" ? ["ANY", "/{proxy+}"] : routeKey.split(" ");
      return { method, path: route, routeKey, functionName: owner.definition.name };
    });
  const pipe = resources.find(({ type }) => type === "AWS::Pipes::Pipe");
  return {
    functions: functions.map(({ definition }) => definition),
    routes,
    ...(pipe && { pipe: readPipe(pipe) }),
  };
}

function readPipe({ properties }: Resource): PipeDefinition {
  const from = objectAt(properties, "SourceParameters");
  const to = objectAt(properties, "TargetParameters");
  const filters = objectAt(from, "FilterCriteria")["Filters"];
  const bus = objectAt(to, "EventBridgeEventBusParameters");
  return {
    patterns: (Array.isArray(filters) ? filters : []).map((filter: unknown) =>
      JSON.parse(String(isObject(filter) ? filter["Pattern"] : "")),
    ),
    inputTemplate: String(to["InputTemplate"]),
    detailType: String(bus["DetailType"]),
    source: String(bus["Source"]),
  };
}

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isObject(value) ? value : {};
};

function readResources(path: string): Resource[] {
  const template: unknown = JSON.parse(readFileSync(path, "utf8"));
  const resources = isObject(template) ? template["Resources"] : undefined;
  if (!isObject(resources)) throw new Error(`${path} is no CloudFormation template`);
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    if (!isObject(resource)) return [];
    const { Type: type, Properties: properties } = resource;
    return [{ logicalId, type: String(type), properties: isObject(properties) ? properties : {} }];
  });
}

/** Names that mean something on this machine: a named thing has its name, any other its logical id. */
function localNames(resources: readonly Resource[]): Names {
  const nameOf = (logicalId: string): string => {
    const properties = resources.find((resource) => resource.logicalId === logicalId)?.properties ?? {};
    const name = properties["TableName"] ?? properties["FunctionName"] ?? properties["LogGroupName"];
    return typeof name === "string" ? name : logicalId;
  };
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::Region": localRegion,
    "AWS::AccountId": localAccountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "local",
  };
  return {
    ref: (logicalId) => pseudo[logicalId] ?? nameOf(logicalId),
    attribute: (logicalId, attribute) =>
      attribute === "Arn"
        ? `arn:aws:lambda:${localRegion}:${localAccountId}:function:${nameOf(logicalId)}`
        : `${nameOf(logicalId)}.${attribute}`,
  };
}

function readFunction({ logicalId, properties }: Resource, names: Names): LambdaFunction {
  const handler = resolveText(properties["Handler"], names);
  const variables = isObject(properties["Environment"]) ? properties["Environment"]["Variables"] : {};
  return {
    name: basename(dirname(handler)),
    deployedName: resolveText(properties["FunctionName"] ?? logicalId, names),
    arn: names.attribute(logicalId, "Arn"),
    handler,
    handlerName: handler.slice(handler.lastIndexOf(".") + 1),
    timeoutMs: Number(properties["Timeout"] ?? 3) * 1000,
    memoryMb: Number(properties["MemorySize"] ?? 128),
    environment: Object.fromEntries(
      Object.entries(isObject(variables) ? variables : {}).map(([name, value]) => [
        name,
        resolveText(value, names),
      ]),
    ),
  };
}
