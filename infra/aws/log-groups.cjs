// One log group a function, and one for the HTTP API's accesses. They outlive the stack, for what happened to somebody's
// money is asked about after it; a later deployment takes up those that stand (`keptLogGroups`) instead of making them.
const {
  accessLog,
  arn,
  functionNames,
  functionsOf,
  logGroupNames,
  logicalName,
  read,
  tagList,
} = require("./deployment.cjs");

const logicalIds = {
  ...Object.fromEntries(functionNames.map((name) => [name, `${logicalName(name)}LogGroup`])),
  [accessLog]: "AccessLogGroup",
};

const logGroup = (deployment, name) => ({
  Type: "AWS::Logs::LogGroup",
  DeletionPolicy: "Retain",
  UpdateReplacePolicy: "Retain",
  Properties: {
    LogGroupName: logGroupNames(deployment)[name],
    RetentionInDays: 90,
    Tags: tagList(deployment),
  },
});

const arnOf = (deployment, name, suffix) =>
  deployment.keptLogGroups.includes(name)
    ? arn("logs", `log-group:${logGroupNames(deployment)[name]}${suffix}`)
    : { "Fn::GetAtt": [logicalIds[name], "Arn"] };

module.exports = {
  /** With `:*`, as CloudFormation gives it for its own groups: the group's streams and nothing else. */
  logStreamsArn: (deployment, name) => arnOf(deployment, name, ":*"),
  accessLogArn: (deployment) => arnOf(deployment, accessLog, ""),
  resources: (osls) => {
    const deployment = read(osls);
    const wanted = [...functionsOf(deployment), accessLog];
    const made = Object.entries(logicalIds).filter(
      ([name]) => wanted.includes(name) && !deployment.keptLogGroups.includes(name),
    );
    return Object.fromEntries(made.map(([name, logicalId]) => [logicalId, logGroup(deployment, name)]));
  },
};
