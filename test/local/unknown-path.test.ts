// A path of PortOne's that nobody listed is refused by name, because no fault could be aimed at it.
import { expect, it } from "vitest";
import { CallRecord } from "../../infra/local/host/call-record.ts";
import { LocalFaults } from "../../infra/local/host/local-faults.ts";
import { startOutgoingProxy } from "../../infra/local/host/outgoing-proxy.ts";

it("is answered 501 and told in a line, and nothing is passed on", async () => {
  const lines: string[] = [];
  const proxy = await startOutgoingProxy({
    dynamodbUrl: "http://127.0.0.1:9",
    portoneUrl: "http://127.0.0.1:9",
    record: new CallRecord(),
    faults: new LocalFaults(),
    findSandbox: () => undefined,
    log: (line) => lines.push(line),
  });
  const reply = await fetch(`${proxy.portoneUrlFor("confirm-1")}/payments/imp_1/새로운-경로?a=1`, {
    method: "POST",
  });
  const { message } = (await reply.json()) as { message: string };
  await proxy.close();
  expect([reply.status, message]).toEqual([
    501,
    "PortOne's path POST /payments/imp_1/%EC%83%88%EB%A1%9C%EC%9A%B4-%EA%B2%BD%EB%A1%9C is not in the list of infra/local/host/outgoing-call.ts",
  ]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: "error", function: "host", event: "unknown_path", message },
  ]);
});
