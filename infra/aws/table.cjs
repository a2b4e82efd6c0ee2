// The one table: every order and everything that hangs on it. It holds facts about money, so no deployment can delete
// it, and it can be brought back to any second of the last 35 days. With PAY_TABLE_NAME the table stands outside the
// stack (kept when a stack was removed, or restored) and the template has none.
const { arn, read, tagList } = require("./deployment.cjs");

const index = (name, hash, range, insights) => ({
  IndexName: name,
  KeySchema: [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ],
  Projection: { ProjectionType: "KEYS_ONLY" },
  ...insights,
});

function tableResource(deployment) {
  // Which keys are asked most, by the minute: of use while something is wrong, and paid for by every call.
  const insights = { ContributorInsightsSpecification: { Enabled: deployment.hasContributorInsights } };
  return {
    Type: "AWS::DynamoDB::Table",
    DeletionPolicy: "Retain",
    UpdateReplacePolicy: "Retain",
    Properties: {
      TableName: deployment.name,
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      // With AWS's key for DynamoDB in this account: each use of it stands in CloudTrail, and nobody can lose it.
      SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      ...insights,
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "due_shard", AttributeType: "S" },
        { AttributeName: "due_at", AttributeType: "N" },
        { AttributeName: "day_shard", AttributeType: "S" },
        { AttributeName: "created_at", AttributeType: "N" },
        { AttributeName: "review_shard", AttributeType: "S" },
        { AttributeName: "review_at", AttributeType: "N" },
        { AttributeName: "doubt_shard", AttributeType: "S" },
        { AttributeName: "doubt_at", AttributeType: "N" },
      ],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        index("day", "day_shard", "created_at", insights),
        // An item is in these only while it is due, marked for a person, or in doubt of a call, so they stay small.
        index("due", "due_shard", "due_at", insights),
        index("review", "review_shard", "review_at", insights),
        index("doubt", "doubt_shard", "doubt_at", insights),
      ],
      Tags: tagList(deployment),
    },
  };
}

/** The table's ARN, or an index's: of the stack's own, or of the one outside. */
function tableArn({ tableName }, indexName) {
  const suffix = indexName === undefined ? "" : `/index/${indexName}`;
  if (tableName) return arn("dynamodb", `table/${tableName}${suffix}`);
  return suffix ? { "Fn::Sub": `\${Table.Arn}${suffix}` } : { "Fn::GetAtt": ["Table", "Arn"] };
}

/** The stream's ARN; of a table outside the stack, the one that was told. */
const streamArn = ({ tableName, tableStream }) =>
  tableName
    ? arn("dynamodb", tableStream.split(":").slice(5).join(":"))
    : { "Fn::GetAtt": ["Table", "StreamArn"] };

function outputs(deployment) {
  const { tableName, tableStream } = deployment;
  const stream = tableName ? tableStream : streamArn(deployment);
  return {
    TableName: { Value: tableName || { Ref: "Table" } },
    TableArn: { Value: tableArn(deployment) },
    ...(stream ? { TableStreamArn: { Value: stream } } : {}),
    ApiUrl: { Value: { "Fn::GetAtt": ["HttpApi", "ApiEndpoint"] } },
  };
}

module.exports = {
  tableArn,
  streamArn,
  resources: (osls) => {
    const deployment = read(osls);
    return {
      Resources: deployment.tableName ? {} : { Table: tableResource(deployment) },
      Outputs: outputs(deployment),
    };
  },
};
