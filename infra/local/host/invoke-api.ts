// Lambda's Invoke, as `aws lambda invoke --endpoint-url` calls it.
// Source: AWS Lambda API reference, Invoke.
import type { IncomingHttpHeaders } from "node:http";
import type { HttpAnswer } from "./api-gateway-result.ts";
import type { SandboxPool } from "./sandbox-pool.ts";
import { localAccountId, localRegion } from "./template.ts";

export const invokePath = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?.*)?$/;

export async function answerInvoke(
  headers: IncomingHttpHeaders,
  body: Buffer,
  name: string,
  pool: SandboxPool | undefined,
): Promise<HttpAnswer> {
  if (!pool)
    return refusal(
      404,
      "ResourceNotFoundException",
      `Function not found: arn:aws:lambda:${localRegion}:${localAccountId}:function:${name}`,
    );
  const event = body.length === 0 ? "{}" : body.toString("utf8");
  if (!isJson(event))
    return refusal(400, "InvalidRequestContentException", "Could not parse request body into json");
  switch (headers["x-amz-invocation-type"] ?? "RequestResponse") {
    case "DryRun":
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    case "Event":
      // Nobody waits for the result; its failure is in the function's log.
      void pool.invoke(event);
      return { status: 202, headers: {}, body: Buffer.alloc(0) };
    case "RequestResponse": {
      const invocation = await pool.invoke(event);
      const isFailed = invocation.outcome === "failed";
      return {
        status: 200,
        headers: {
          "content-type": "application/json",
          "x-amz-executed-version": "$LATEST",
          ...(isFailed && { "x-amz-function-error": "Unhandled" }),
        },
        body: Buffer.from(isFailed ? JSON.stringify(invocation.error) : invocation.payload),
      };
    }
    default:
      return refusal(400, "InvalidParameterValueException", "unknown X-Amz-Invocation-Type");
  }
}

const refusal = (status: number, type: string, message: string): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": type },
  body: Buffer.from(JSON.stringify({ Type: "User", Message: message })),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Lambda refuses it too; the caller is told.
    return false;
  }
}
