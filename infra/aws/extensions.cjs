// What osls has no word for, laid over the resources it makes: the gateway's limits and access log, and tags.
const { watchedRoutes } = require("./alarm-list.cjs");
const { logicalName, read, tagList } = require("./deployment.cjs");
const { accessLogArn } = require("./log-groups.cjs");
const sweepSchedules = require("./sweep-schedules.cjs");
const { throttles, unnamed } = require("./throttles.cjs");

/**
 * One JSON line a request, also one that reached no function. Never the path or the query: a path carries an order's
 * token. Everything is text, because the gateway writes "-" for what it has not.
 */
const accessFormat = JSON.stringify({
  at: "$context.requestTime",
  function: "gateway",
  event: "access",
  request_id: "$context.requestId",
  route: "$context.routeKey",
  source_ip: "$context.identity.sourceIp",
  status: "$context.status",
  ms: "$context.responseLatency",
  integration_ms: "$context.integrationLatency",
  integration_status: "$context.integrationStatus",
  integration_error: "$context.integrationErrorMessage",
  error: "$context.error.message",
});

const settings = ({ ratePerS, burst }) => ({ ThrottlingRateLimit: ratePerS, ThrottlingBurstLimit: burst });

/** A route's own metrics are paid for, so only those that an alarm looks at have any. */
const routeSettings = (route, limit) => ({
  ...settings(limit),
  ...(watchedRoutes.includes(route) && { DetailedMetricsEnabled: true }),
});

/** As osls names a route's resource. */
const routeLogicalId = (routeKey) => `HttpApiRoute${routeKey.split("/").map(namePart).join("")}`;

function namePart(part) {
  const name = part
    .toLowerCase()
    .replaceAll("-", "Dash")
    .replace(/\{(.*)\}/, "$1Var")
    .replace(/[^0-9A-Za-z]/g, "");
  return logicalName(name);
}

/** osls gives its rules no tags. */
const ruleLogicalIds = () => [
  ...sweepSchedules().map((_, at) => `ReconcileEventsRuleSchedule${at + 1}`),
  "AuditEventsRuleSchedule1",
];

module.exports = (osls) => {
  const deployment = read(osls);
  const limits = throttles(deployment.confirmConcurrency);
  const tags = { Properties: { Tags: tagList(deployment) } };
  return {
    ...Object.fromEntries(ruleLogicalIds().map((logicalId) => [logicalId, tags])),
    HttpApiStage: {
      // The gateway refuses settings for a route that does not exist yet.
      DependsOn: Object.keys(limits).map(routeLogicalId),
      Properties: {
        AccessLogSettings: { DestinationArn: accessLogArn(deployment), Format: accessFormat },
        DefaultRouteSettings: settings(unnamed),
        RouteSettings: Object.fromEntries(
          Object.entries(limits).map(([route, limit]) => [route, routeSettings(route, limit)]),
        ),
      },
    },
  };
};
