// A function's result as the HTTP answer API Gateway's HTTP API (payload 2.0) makes of it.
// Source: AWS, "Create AWS Lambda proxy integrations for HTTP APIs".

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** What API Gateway itself says. */
export const gatewayAnswer = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ message })),
});

export const internalServerError = gatewayAnswer(500, "Internal Server Error");

const largestResponseBytes = 6 * 1024 * 1024;

/** `payload` is the result as JSON; a malformed or too large one is an Internal Server Error. */
export function toHttpAnswer(payload: string): HttpAnswer {
  if (Buffer.byteLength(payload) > largestResponseBytes) return internalServerError;
  const result: unknown = payload === "" ? null : JSON.parse(payload);
  // A result without a statusCode is the body itself.
  if (typeof result !== "object" || result === null || !("statusCode" in result))
    return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(payload) };
  const {
    statusCode,
    headers = {},
    body = "",
    isBase64Encoded = false,
    cookies = [],
  } = result as Record<string, unknown>;
  const status = Number(statusCode);
  const isWellFormed =
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    isHeaders(headers) &&
    typeof body === "string" &&
    isTexts(cookies);
  if (!isWellFormed) return internalServerError;
  const answered = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return {
    status,
    headers: {
      ...(body === "" ? {} : { "content-type": "text/plain;charset=UTF-8" }),
      ...Object.fromEntries(answered),
      ...(cookies.length > 0 && { "set-cookie": cookies }),
    },
    body: Buffer.from(body, isBase64Encoded === true ? "base64" : "utf8"),
  };
}

const isHeaders = (headers: unknown): headers is Record<string, string | number | boolean> =>
  typeof headers === "object" &&
  headers !== null &&
  Object.values(headers).every((value) => ["string", "number", "boolean"].includes(typeof value));

const isTexts = (cookies: unknown): cookies is string[] =>
  Array.isArray(cookies) && cookies.every((cookie) => typeof cookie === "string");
