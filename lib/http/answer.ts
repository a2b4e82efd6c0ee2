// What a door answers, before it becomes a Lambda result.

export interface Answer {
  readonly status: number;
  /** JSON; absent for an answer without a body. */
  readonly body?: object;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the log line says beside the status. */
  readonly outcome?: string;
  readonly code?: string | null;
  readonly merchantUid?: string | null;
  readonly impUid?: string | null;
}

export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** What is told of orders and money is for whoever asked, and nothing else than its type says. */
const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

export function toLambdaResult(answer: Answer, requestId: string): LambdaResult {
  const headers: Record<string, string> = { ...answer.headers, ...always, "x-request-id": requestId };
  if (answer.body === undefined) return { statusCode: answer.status, headers };
  headers["content-type"] = answer.contentType ?? "application/json; charset=utf-8";
  return { statusCode: answer.status, headers, body: JSON.stringify(answer.body) };
}

export const problemType = "application/problem+json";

/** A problem with its `type`, which leads to where its code is explained; any other answer as it is. */
export const explained = (answer: Answer, docsUrl: string): Answer =>
  answer.contentType === problemType
    ? { ...answer, body: { type: `${docsUrl}${answer.code}`, ...answer.body } }
    : answer;
