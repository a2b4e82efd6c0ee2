// How the shop is told: the table's stream, a pipe that lets through what carries an event and makes it one by
// configuration alone, and a bus for whoever wants to hear. With PAY_EVENTS_URL a rule of the bus calls the function
// that tells the shop's own server. What cannot be passed on waits in a queue for a person.
const { delivers, hasStream, logicalName, read, tagsOf, tagList } = require("./deployment.cjs");
const { streamArn } = require("./table.cjs");

const source = "portone-ksnet";
const image = "$.dynamodb.NewImage";
const told = `${image}.event.M`;
const text = (path) => `"<${path}.S>"`;

/** Every write that is no event removes the map, so that its presence is enough. Only a leaf can be asked for. */
const pattern = { dynamodb: { NewImage: { event: { M: { type: { S: [{ exists: true }] } } } } } };

/** By the names lib/dynamodb/event-item.ts stores. What is not known is empty text. */
const detail = {
  schema: "1",
  event_id: `"<${told}.id.S>#<${image}.version.N>"`,
  merchant_uid: text(`${told}.id`),
  imp_uid: text(`${told}.imp`),
  state: text(`${image}.state`),
  previous: text(`${told}.was`),
  amount: `<${told}.sum.N>`,
  cancel_amount: `<${told}.back.N>`,
  remaining: `<${told}.left.N>`,
  currency: text(`${image}.currency`),
  occurred_at: text(`${told}.at`),
  late: `<${told}.late.BOOL>`,
  review_reason: text(`${told}.why`),
};
const inputTemplate = `{${Object.entries(detail)
  .map(([name, value]) => `"${name}":${value}`)
  .join(",")}}`;

/** The longest that SQS keeps anything. */
const keptS = 14 * 86_400;
/** PutEvents takes no more at once. */
const batch = 10;

const attribute = (logicalId, name) => ({ "Fn::GetAtt": [logicalId, name] });

const queue = (deployment, name) => ({
  Type: "AWS::SQS::Queue",
  Properties: {
    QueueName: `${deployment.name}-${name}`,
    MessageRetentionPeriod: keptS,
    SqsManagedSseEnabled: true,
    Tags: tagList(deployment),
  },
});

const allow = (Action, Resource) => ({ Effect: "Allow", Action, Resource });

const pipeRole = (deployment) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          ...allow("sts:AssumeRole", undefined),
          Principal: { Service: "pipes.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        },
      ],
    },
    Policies: [
      {
        PolicyName: "event-pipe",
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            allow(
              [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
              ],
              streamArn(deployment),
            ),
            allow(["events:PutEvents"], attribute("EventBus", "Arn")),
            allow(["sqs:SendMessage"], attribute("EventPipeDeadLetterQueue", "Arn")),
          ],
        },
      },
    ],
    Tags: tagList(deployment),
  },
});

const pipe = (deployment) => ({
  Type: "AWS::Pipes::Pipe",
  Properties: {
    Name: `${deployment.name}-events`,
    RoleArn: attribute("EventPipeRole", "Arn"),
    Source: streamArn(deployment),
    SourceParameters: {
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
      DynamoDBStreamParameters: {
        // What was written while there was no pipe yet is told as well: a consumer drops what it knows.
        StartingPosition: "TRIM_HORIZON",
        BatchSize: batch,
        OnPartialBatchItemFailure: "AUTOMATIC_BISECT",
        MaximumRetryAttempts: 100,
        DeadLetterConfig: { Arn: attribute("EventPipeDeadLetterQueue", "Arn") },
      },
    },
    Target: attribute("EventBus", "Arn"),
    TargetParameters: {
      EventBridgeEventBusParameters: { DetailType: `${told}.type.S`, Source: source },
      InputTemplate: inputTemplate,
    },
    Tags: tagsOf(deployment),
  },
});

const telling = (deployment) => ({
  EventBus: {
    Type: "AWS::Events::EventBus",
    Properties: { Name: deployment.name, Tags: tagList(deployment) },
  },
  ...(hasStream(deployment)
    ? {
        EventPipeDeadLetterQueue: queue(deployment, "event-pipe-dlq"),
        EventPipeRole: pipeRole(deployment),
        EventPipe: pipe(deployment),
      }
    : {}),
});

const lambda = attribute(`${logicalName("deliver")}LambdaFunction`, "Arn");

const delivering = (deployment) => ({
  DeliverDeadLetterQueue: queue(deployment, "deliver-dlq"),
  // What the bus itself could not hand over waits in the same place.
  DeliverDeadLetterQueuePolicy: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: "DeliverDeadLetterQueue" }],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            ...allow("sqs:SendMessage", attribute("DeliverDeadLetterQueue", "Arn")),
            Principal: { Service: "events.amazonaws.com" },
            Condition: { ArnEquals: { "aws:SourceArn": attribute("DeliverRule", "Arn") } },
          },
        ],
      },
    },
  },
  DeliverRule: {
    Type: "AWS::Events::Rule",
    Properties: {
      Name: `${deployment.name}-deliver`,
      EventBusName: { Ref: "EventBus" },
      EventPattern: { source: [source] },
      State: "ENABLED",
      Targets: [
        {
          Id: "deliver",
          Arn: lambda,
          DeadLetterConfig: { Arn: attribute("DeliverDeadLetterQueue", "Arn") },
        },
      ],
      Tags: tagList(deployment),
    },
  },
  DeliverPermission: {
    Type: "AWS::Lambda::Permission",
    Properties: {
      Action: "lambda:InvokeFunction",
      FunctionName: lambda,
      Principal: "events.amazonaws.com",
      SourceArn: attribute("DeliverRule", "Arn"),
    },
  },
});

module.exports = {
  resources: (osls) => {
    const deployment = read(osls);
    return { ...telling(deployment), ...(delivers(deployment) ? delivering(deployment) : {}) };
  },
  /** Null, so that there is no such function, where nobody is to be told. */
  deliver: (osls) =>
    delivers(read(osls))
      ? {
          handler: "dist/deliver/index.handler",
          role: "DeliverRole",
          disableLogs: true,
          memorySize: 256,
          // The shop has ten seconds.
          timeout: 20,
          // Lambda tries twice more, within minutes; then a person can see what the shop was not told.
          maximumRetryAttempts: 2,
          destinations: { onFailure: { type: "sqs", arn: attribute("DeliverDeadLetterQueue", "Arn") } },
          package: {
            patterns: ["dist/deliver/index.mjs", "dist/deliver/app.cjs", "dist/deliver/licences.txt"],
          },
        }
      : null,
};
