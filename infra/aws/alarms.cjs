// The alarms as CloudFormation has them, the one topic they all speak on, and a page that shows what they look at.
// Whoever is to be woken subscribes to the topic.
const { alarmList } = require("./alarm-list.cjs");
const { logicalName, read, tagList } = require("./deployment.cjs");

const topic = { Ref: "AlarmTopic" };

/** In both languages: whoever is woken reads one of them. */
const runbookOf = ({ id, runbook = id }) => `docs/runbook.ko.md#${runbook} docs/runbook.md#${runbook}`;

const statistic = (stat) => (/^p\d/.test(stat) ? { ExtendedStatistic: stat } : { Statistic: stat });

const compared = ({ over, under }) =>
  under === undefined
    ? { ComparisonOperator: "GreaterThanThreshold", Threshold: over }
    : { ComparisonOperator: "LessThanThreshold", Threshold: under };

const looksAt = ({ metric, math, of, stat, periodS }) =>
  metric
    ? { ...metric, ...statistic(stat), Period: periodS }
    : {
        Metrics: [
          { Id: "result", Expression: math, ReturnData: true },
          ...Object.entries(of).map(([Id, Metric]) => ({
            Id,
            MetricStat: { Metric, Period: periodS, Stat: stat },
            ReturnData: false,
          })),
        ],
      };

const logicalIdOf = ({ id }) => `${id.split("-").map(logicalName).join("")}Alarm`;

const alarm = (deployment, listed) => ({
  Type: "AWS::CloudWatch::Alarm",
  Properties: {
    AlarmName: `${deployment.name}-${listed.id}`,
    AlarmDescription: `${listed.what} ${runbookOf(listed)}`,
    ...looksAt(listed),
    ...compared(listed),
    EvaluationPeriods: listed.periods ?? 1,
    TreatMissingData: listed.missing,
    AlarmActions: [topic],
    OKActions: [topic],
    Tags: tagList(deployment),
  },
});

/** Only this account's alarms speak on it. */
const topicPolicy = {
  Type: "AWS::SNS::TopicPolicy",
  Properties: {
    Topics: [topic],
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic,
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        },
      ],
    },
  },
};

const widget = (at, type, properties) => ({
  type,
  x: (at % 2) * 12,
  y: Math.floor(at / 2) * 6,
  width: 12,
  height: 6,
  properties,
});

/** The alarms' states first, then each alarm with its line drawn in. */
function dashboard(deployment, listed) {
  const arnOf = ({ id }) =>
    `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${deployment.name}-${id}`;
  const widgets = [
    widget(0, "alarm", { title: deployment.name, alarms: listed.map(arnOf) }),
    ...listed.map((each, at) =>
      widget(at + 2, "metric", { title: each.id, annotations: { alarms: [arnOf(each)] } }),
    ),
  ];
  return {
    Type: "AWS::CloudWatch::Dashboard",
    Properties: {
      DashboardName: deployment.name,
      DashboardBody: { "Fn::Sub": JSON.stringify({ widgets }) },
    },
  };
}

module.exports = {
  resources: (osls) => {
    const deployment = read(osls);
    const listed = alarmList(deployment);
    return {
      Resources: {
        AlarmTopic: {
          Type: "AWS::SNS::Topic",
          Properties: { TopicName: `${deployment.name}-alarms`, Tags: tagList(deployment) },
        },
        AlarmTopicPolicy: topicPolicy,
        AlarmDashboard: dashboard(deployment, listed),
        ...Object.fromEntries(listed.map((each) => [logicalIdOf(each), alarm(deployment, each)])),
      },
      Outputs: { AlarmTopicArn: { Value: topic } },
    };
  },
};
