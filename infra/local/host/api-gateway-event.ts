// An HTTP request as the event API Gateway's HTTP API (payload 2.0) hands to a function.
// Source: AWS, "Create AWS Lambda proxy integrations for HTTP APIs".
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { RouteMatch } from "./route-table.ts";
import { localAccountId } from "./template.ts";

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they stood in the request line. */
  readonly target: string;
  /** Name, value, name, value, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface EventContext {
  readonly requestId: string;
  readonly nowMs: number;
}

/** The path as API Gateway decodes it before it looks for a route; null when it cannot be decoded. */
export function decodePath(target: string): string | null {
  try {
    return decodeURIComponent(splitTarget(target).path);
  } catch {
    // A broken percent sequence is a path no route has.
    return null;
  }
}

export function toHttpEvent(
  request: ReceivedRequest,
  { route, pathParameters }: RouteMatch,
  { requestId, nowMs }: EventContext,
): APIGatewayProxyEventV2 {
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const { query } = splitTarget(request.target);
  const rawPath = decodePath(request.target) ?? "/";
  const isBase64Encoded = !isText(headers["content-type"]);
  const queryStringParameters = readQuery(query);
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(Object.keys(queryStringParameters).length > 0 && { queryStringParameters }),
    requestContext: {
      accountId: localAccountId,
      apiId: "local",
      domainName: headers["host"] ?? "localhost",
      domainPrefix: "localhost",
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: route.routeKey,
      stage: "$default",
      time: commonLogTime(nowMs),
      timeEpoch: nowMs,
    },
    ...(request.body.length > 0 && {
      body: request.body.toString(isBase64Encoded ? "base64" : "utf8"),
    }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    isBase64Encoded: request.body.length > 0 && isBase64Encoded,
  };
}

function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Names in lower case, repeats joined by a comma, cookies apart. */
function readHeaders(rawHeaders: readonly string[]) {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (name === "cookie") cookies.push(...value.split(";").map((cookie) => cookie.trim()));
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return { headers, cookies };
}

function readQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return parameters;
}

/** Everything else, forms included, reaches a function as base64. */
const isText = (contentType: string | undefined): boolean =>
  /^(text\/|application\/(json|javascript|xml|[^;]+\+(json|xml))\b)/i.test(contentType ?? "");

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `05/Aug/2026:03:00:00 +0000` */
function commonLogTime(nowMs: number): string {
  const [date = "", time = ""] = new Date(nowMs).toISOString().slice(0, 19).split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}
