// What a route must have: a function, limits of its own, and an access log that tells no token.
import { isObject, type JsonObject } from "../../../infra/local/host/intrinsics.ts";
import type { Finding } from "./finding.ts";
import {
  arnText,
  type NamedResource,
  resourcesOf,
  shortNameOf,
  type Template,
  targetOf,
} from "./template.ts";

const routesOf = (template: Template): readonly NamedResource[] =>
  resourcesOf(template, "AWS::ApiGatewayV2::Route");
const routeKeyOf = ({ Properties }: NamedResource): string => String(Properties["RouteKey"]);

const routeKeyForm = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \/[^\s?#]*$/;

export const findMalformedRoutes = (template: Template): readonly Finding[] =>
  routesOf(template)
    .map(routeKeyOf)
    .filter((routeKey) => !routeKeyForm.test(routeKey))
    .map((where) => ({ check: "route_key_malformed", where, what: "no method and path" }));

/** The function a route leads to, which the gateway must also be let call. */
function functionOf(template: Template, route: NamedResource): NamedResource | undefined {
  const text = arnText(route.Properties["Target"]);
  const integration = resourcesOf(template, "AWS::ApiGatewayV2::Integration").find(({ logicalId }) =>
    text.includes(`"${logicalId}"`),
  );
  const target = integration && targetOf(integration.Properties["IntegrationUri"]);
  return resourcesOf(template, "AWS::Lambda::Function").find(({ logicalId }) => logicalId === target);
}

export function findLostRoutes(template: Template): readonly Finding[] {
  const callable = resourcesOf(template, "AWS::Lambda::Permission")
    .filter(({ Properties }) => Properties["Principal"] === "apigateway.amazonaws.com")
    .map(({ Properties }) => targetOf(Properties["FunctionName"]));
  return routesOf(template).flatMap((route) => {
    const lambda = functionOf(template, route);
    if (lambda && callable.includes(lambda.logicalId)) return [];
    const what = lambda ? "the gateway may not call it" : "no function";
    return [{ check: "route_without_function", where: routeKeyOf(route), what }];
  });
}

interface Stage {
  readonly properties: JsonObject;
  readonly limits: JsonObject;
  readonly awaited: readonly string[];
}

function stageOf(template: Template): Stage {
  const [stage] = resourcesOf(template, "AWS::ApiGatewayV2::Stage");
  const properties = stage?.Properties ?? {};
  const limits = properties["RouteSettings"];
  return {
    properties,
    limits: isObject(limits) ? limits : {},
    awaited: [stage?.DependsOn ?? []].flat(),
  };
}

const isLimit = (value: unknown): boolean =>
  isObject(value) && Number(value["ThrottlingRateLimit"]) > 0 && Number(value["ThrottlingBurstLimit"]) > 0;

export function findUnlimitedRoutes(template: Template): readonly Finding[] {
  const { properties, limits, awaited } = stageOf(template);
  const routeKeys = routesOf(template).map(routeKeyOf);
  const unlimited = routeKeys.filter((routeKey) => !isLimit(limits[routeKey]));
  const stray = Object.keys(limits).filter((routeKey) => !routeKeys.includes(routeKey));
  const early = routesOf(template).filter(
    (route) => routeKeyOf(route) in limits && !awaited.includes(route.logicalId),
  );
  return [
    ...(isLimit(properties["DefaultRouteSettings"]) ? [] : ["$default"]).map((where) => ({
      check: "route_without_throttle",
      where,
      what: "the stage has no default",
    })),
    ...unlimited.map((where) => ({ check: "route_without_throttle", where, what: "no numbers of its own" })),
    ...stray.map((where) => ({ check: "throttle_without_route", where, what: "the gateway refuses it" })),
    ...early.map(({ logicalId }) => ({
      check: "throttle_before_route",
      where: logicalId,
      what: "the stage does not wait for it",
    })),
  ];
}

/** What one execution answers in a second, and more than which the gateway must let through. */
const confirmsPerS = 20;
const accountQuotaPerS = 10_000;

/** A throttle under what the reserved executions can answer refuses buyers while some of them stand idle. */
export function findTightConfirm(template: Template): readonly Finding[] {
  const { limits } = stageOf(template);
  return routesOf(template).flatMap((route) => {
    const lambda = functionOf(template, route);
    if (!lambda || shortNameOf(lambda) !== "confirm") return [];
    const reserved = Number(lambda.Properties["ReservedConcurrentExecutions"] ?? 0);
    const limit = limits[routeKeyOf(route)];
    if (!isObject(limit)) return [];
    const rate = Number(limit["ThrottlingRateLimit"]);
    const isAbove =
      rate >= accountQuotaPerS ||
      (rate > reserved * confirmsPerS && Number(limit["ThrottlingBurstLimit"]) > reserved);
    return isAbove
      ? []
      : [
          {
            check: "throttle_below_reserved",
            where: routeKeyOf(route),
            what: `${rate}, ${reserved} reserved`,
          },
        ];
  });
}

const mustTell = [
  "routeKey",
  "identity.sourceIp",
  "status",
  "responseLatency",
  "integrationErrorMessage",
  "requestId",
];
/** They carry an order's token, or what a buyer typed. */
const mustNotTell = /\$context\.(path|http\.path|customDomain|requestOverride)|querystring|header/i;

export function findLooseAccessLog(template: Template): readonly Finding[] {
  const { properties } = stageOf(template);
  const settings = properties["AccessLogSettings"];
  const format = isObject(settings) ? String(settings["Format"]) : "";
  const told: readonly string[] = format.match(/\$context\.[A-Za-z.]+/g) ?? [];
  const untold = mustTell.filter((name) => !told.includes(`$context.${name}`));
  const tooMuch = mustNotTell.test(format) ? ["it tells a path or a query"] : [];
  return [...untold.map((name) => `${name} is not told`), ...tooMuch].map((what) => ({
    check: "access_log",
    where: "HttpApiStage",
    what,
  }));
}
