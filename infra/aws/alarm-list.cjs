// What wakes a person: each alarm with its numbers, and the section of the runbook that says what to do. One of our own
// metrics stands in the log line that makes it (lib/metrics.ts); the others are AWS's.
const { metricNamespace } = require("../../lib/metrics.ts");
const { functionLogicalId, functionsOf, hasStream } = require("./deployment.cjs");
const { queueName } = require("./on-failure.cjs");

/** Their own metrics are switched on for them. */
const watchedRoutes = ["POST /portone/notice/{token}", "POST /portone/notice"];

const minuteS = 60;
const hourS = 3_600;

/** Most lines come when something happens, and none is a good sign. */
const quiet = { missing: "notBreaching" };
/** What a clock must bring: none means that nobody looks. */
const clocked = { missing: "breaching" };

/** Anything in it is for a person. */
const waitsIn = (Value) => ({
  metric: {
    Namespace: "AWS/SQS",
    MetricName: "ApproximateNumberOfMessagesVisible",
    Dimensions: [{ Name: "QueueName", Value }],
  },
  stat: "Maximum",
  periodS: 5 * minuteS,
  over: 0,
  ...quiet,
});

const lambda = (name, MetricName) => ({
  Namespace: "AWS/Lambda",
  MetricName,
  Dimensions: [{ Name: "FunctionName", Value: { Ref: functionLogicalId(name) } }],
});

const own = ({ name }, MetricName) => ({
  Namespace: metricNamespace,
  MetricName,
  Dimensions: [{ Name: "deployment", Value: name }],
});

function route(routeKey, MetricName) {
  const [method, path] = routeKey.split(" ");
  return {
    Namespace: "AWS/ApiGateway",
    MetricName,
    Dimensions: [
      { Name: "ApiId", Value: { Ref: "HttpApi" } },
      { Name: "Stage", Value: "$default" },
      { Name: "Method", Value: method },
      { Name: "Resource", Value: path },
    ],
  };
}

const table = ({ tableName }, MetricName) => ({
  Namespace: "AWS/DynamoDB",
  MetricName,
  Dimensions: [{ Name: "TableName", Value: tableName || { Ref: "Table" } }],
});

/** Once is enough. */
const once = { stat: "Sum", periodS: 5 * minuteS, over: 0, ...quiet };

const ofMoney = (deployment) => [
  {
    id: "payment-refused",
    what: "A payment broke a rule of verification.",
    metric: own(deployment, "payment_refused"),
    ...once,
  },
  {
    id: "give-back",
    what: "Money an order must not keep goes back by itself.",
    metric: own(deployment, "give_back"),
    ...once,
  },
  {
    id: "give-back-held-up",
    what: "Money that is to go back does not.",
    metric: own(deployment, "give_back_held_up"),
    ...once,
  },
  { id: "brake-on", what: "The brake stopped give-backs.", metric: own(deployment, "brake_on"), ...once },
  {
    id: "review-opened",
    what: "An order waits for a person.",
    metric: own(deployment, "review_opened"),
    ...once,
  },
  {
    id: "double-cancel",
    what: "Money may have gone back twice.",
    metric: own(deployment, "double_cancel"),
    ...once,
  },
  {
    id: "operation-unknown",
    what: "Nobody has known for an hour whether a call happened.",
    metric: own(deployment, "operation_unknown_s"),
    stat: "Maximum",
    periodS: 5 * minuteS,
    over: hourS,
    ...quiet,
  },
];

const ofClock = (deployment) => [
  {
    id: "sweep-lag",
    what: "Something has been due for over five minutes, or no sweep reports.",
    metric: own(deployment, "sweep_lag_s"),
    stat: "Maximum",
    periodS: 5 * minuteS,
    periods: 2,
    over: 5 * minuteS,
    ...clocked,
  },
  {
    id: "sweep-errors",
    // One that fails for good comes five times in its first hour; a hiccup of PortOne's does not wake anybody.
    what: "The sweep failed three times within an hour.",
    metric: own(deployment, "sweep_errors"),
    stat: "Sum",
    periodS: hourS,
    over: 2,
    ...quiet,
  },
  {
    id: "audit-difference",
    what: "The audit found that our copy and PortOne's record differ.",
    metric: own(deployment, "audit_differences"),
    ...once,
  },
  {
    id: "audit-unfinished",
    what: "The audit did not get through, or could not read everything.",
    metric: own(deployment, "audit_unfinished"),
    ...once,
  },
  {
    id: "audit-stopped",
    what: "No audit has reported for 26 hours.",
    metric: own(deployment, "audit_unfinished"),
    stat: "SampleCount",
    periodS: hourS,
    // Two hours for a night that begins later and takes longer than the one before.
    periods: 26,
    under: 1,
    ...clocked,
  },
  {
    id: "missed-notices",
    what: "The sweep, not a notice, found over 20 % of an hour's payments.",
    math: "100 * by_sweep / paid",
    of: {
      paid: own(deployment, "paid"),
      by_sweep: own(deployment, "paid_by_sweep"),
    },
    stat: "Sum",
    periodS: hourS,
    over: 20,
    ...quiet,
  },
  {
    id: "failure-queue",
    what: "A sweep or an audit could not run, or failed to its end.",
    ...waitsIn(queueName),
  },
];

const ofDoors = (deployment, functions) => [
  {
    id: "confirm-slow",
    what: "One confirm in a hundred takes over two seconds.",
    metric: lambda("confirm", "Duration"),
    stat: "p99",
    periodS: 5 * minuteS,
    over: 2_000,
    ...quiet,
  },
  {
    id: "confirm-timeout",
    what: "A confirm ended without an answer of ours.",
    metric: lambda("confirm", "Errors"),
    ...once,
  },
  {
    id: "confirm-undecided",
    runbook: "confirm-timeout",
    what: "A confirm ran into its own deadline, or could not read the order.",
    metric: own(deployment, "confirm_undecided"),
    ...once,
  },
  {
    id: "notice-5xx",
    what: "A notice of PortOne's was answered with 5xx.",
    math: "SUM(METRICS())",
    of: Object.fromEntries(watchedRoutes.map((key, at) => [`route${at + 1}`, route(key, "5xx")])),
    stat: "Sum",
    periodS: 5 * minuteS,
    over: 0,
    ...quiet,
  },
  {
    id: "portone-errors",
    what: "PortOne does not answer well: over 20 % of ten calls or more.",
    math: "IF(calls >= 10, 100 * failures / calls, 0)",
    of: { calls: own(deployment, "portone_calls"), failures: own(deployment, "portone_failures") },
    stat: "Sum",
    periodS: 5 * minuteS,
    over: 20,
    ...quiet,
  },
  ...functions.map((name) => ({
    id: `throttled-${name}`,
    runbook: "throttled",
    what: `Lambda ran no execution of ${name} that was asked for.`,
    metric: lambda(name, "Throttles"),
    ...once,
  })),
  {
    id: "throttled-table",
    runbook: "throttled",
    what: "DynamoDB refused calls because there were too many.",
    math: "SUM(METRICS())",
    of: {
      reads: table(deployment, "ReadThrottleEvents"),
      writes: table(deployment, "WriteThrottleEvents"),
    },
    stat: "Sum",
    periodS: 5 * minuteS,
    over: 0,
    ...quiet,
  },
];

/** Where a shop is told of events: one lost delivery is sent again, a quarter of an hour of them is an outage. */
const ofDeliveries = (functions) =>
  functions.includes("deliver")
    ? [
        {
          id: "deliveries-failing",
          what: "Events have not reached the shop for a quarter of an hour.",
          metric: lambda("deliver", "Errors"),
          stat: "Sum",
          periodS: 5 * minuteS,
          periods: 3,
          over: 0,
          ...quiet,
        },
        {
          id: "deliveries-lost",
          what: "An event did not reach the shop and is not sent again.",
          ...waitsIn({ "Fn::GetAtt": ["DeliverDeadLetterQueue", "QueueName"] }),
        },
      ]
    : [];

/** Where the table has a stream. */
const ofPipe = (deployment) =>
  hasStream(deployment)
    ? [
        {
          id: "events-unsent",
          what: "Changes of orders did not reach the bus.",
          ...waitsIn({ "Fn::GetAtt": ["EventPipeDeadLetterQueue", "QueueName"] }),
        },
      ]
    : [];

module.exports = {
  watchedRoutes,
  alarmList: (deployment, functions = functionsOf(deployment)) => [
    ...ofMoney(deployment),
    ...ofClock(deployment),
    ...ofDoors(deployment, functions),
    ...ofPipe(deployment),
    ...ofDeliveries(functions),
  ],
};
