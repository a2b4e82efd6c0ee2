// The sweep and the audit are asked by the clock, which waits for no answer: what could not be run, or failed to its end,
// waits in a queue for a person, with the reason.
const { functionLogicalId, read, tagList } = require("./deployment.cjs");

/** The next minute's sweep does what this one left; an audit goes on from where it stopped. */
const attempts = {
  reconcile: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
  audit: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 6 * 3_600 },
};

const queueLogicalId = "OnFailureQueue";
const queueArn = { "Fn::GetAtt": [queueLogicalId, "Arn"] };
const longestKeptS = 14 * 24 * 3_600;

module.exports = {
  failingFunctions: Object.keys(attempts),
  queueArn,
  queueName: { "Fn::GetAtt": [queueLogicalId, "QueueName"] },
  resources: (osls) => {
    const deployment = read(osls);
    const configs = Object.entries(attempts).map(([name, limits]) => [
      `${functionLogicalId(name)}OnFailure`,
      {
        Type: "AWS::Lambda::EventInvokeConfig",
        Properties: {
          FunctionName: { Ref: functionLogicalId(name) },
          Qualifier: "$LATEST",
          DestinationConfig: { OnFailure: { Destination: queueArn } },
          ...limits,
        },
      },
    ]);
    return {
      [queueLogicalId]: {
        Type: "AWS::SQS::Queue",
        Properties: {
          QueueName: `${deployment.name}-on-failure`,
          MessageRetentionPeriod: longestKeptS,
          SqsManagedSseEnabled: true,
          Tags: tagList(deployment),
        },
      },
      ...Object.fromEntries(configs),
    };
  },
};
