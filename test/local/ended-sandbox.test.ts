// What a sandbox sent last may arrive after its end: it is still its function's call.
import { expect, it } from "vitest";
import type { CallAccess } from "../../infra/local/host/call-access.ts";
import { CallRecord } from "../../infra/local/host/call-record.ts";
import { LocalFaults } from "../../infra/local/host/local-faults.ts";
import { startOutgoingProxy } from "../../infra/local/host/outgoing-proxy.ts";

it("is told by the function's name", async () => {
  const told: CallAccess[] = [];
  const proxy = await startOutgoingProxy({
    dynamodbUrl: "http://127.0.0.1:9",
    portoneUrl: "http://127.0.0.1:9",
    record: new CallRecord(),
    faults: new LocalFaults(),
    findSandbox: () => undefined,
    log: () => {},
    onAccess: (access) => told.push(access),
  });
  await fetch(proxy.awsUrl, {
    method: "POST",
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=reconcile-9/20260805/ap-northeast-2/dynamodb/aws4_request",
      "x-amz-target": "DynamoDB_20120810.Query",
    },
    body: JSON.stringify({ IndexName: "due" }),
  }).catch(() => null);
  await proxy.close();
  expect(told).toMatchObject([{ functionName: "reconcile", action: "dynamodb:Query" }]);
});
