// What no answer and no log line may be, whatever was asked. Each check is shown the state it must refuse.
import type { Exchange } from "./request.ts";

export type FindingKind =
  | "undesigned_5xx"
  | "failed_invocation"
  | "changed_by_refusal"
  | "leak"
  | "headers"
  | "shape"
  | "log_line";

export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
}

type Body = Readonly<Record<string, unknown>>;

/** Texts that are nobody's to read, and what each is. */
export interface Secrets {
  /** Neither in an answer nor in a log line. */
  readonly everywhere: ReadonlyMap<string, string>;
  /** In no log line, though an answer may give them back to who sent them. */
  readonly inLines: ReadonlyMap<string, string>;
  /** Each order's own token: only who may create the order is told it. */
  readonly tokens: ReadonlyMap<string, string>;
}

const hangul = /\p{Script=Hangul}/u;
const requestIdForm = /^[\w-]{8,64}$/;

export function checkExchange(exchange: Exchange, secrets: Secrets): readonly Finding[] {
  const body = parse(exchange.text);
  return [
    ...checkFailure(exchange, body),
    ...(exchange.request.kind === "http" ? checkHeaders(exchange) : []),
    ...checkShape(exchange, body),
    ...checkLeaks(exchange, body, secrets),
    ...checkLines(exchange),
  ];
}

/** API Gateway's own words: no function was asked. */
export const isOfGateway = ({ request, text }: Pick<Exchange, "request" | "text">): boolean =>
  request.kind === "http" && /^\{"message":"[A-Z][A-Za-z ]+"\}$/.test(text);

function checkFailure(exchange: Exchange, body: Body | null): readonly Finding[] {
  const { status, isFailed, text } = exchange;
  if (isFailed) return [{ kind: "failed_invocation", what: text.slice(0, 300) }];
  if (status < 500 || isDesigned503(exchange, body)) return [];
  return [{ kind: "undesigned_5xx", what: `${status} ${text.slice(0, 200)}` }];
}

/** Who shows nothing of an order is not let through to PortOne more than a few times a minute. */
const isDesigned503 = ({ request, status, headers }: Exchange, body: Body | null): boolean =>
  status === 503 &&
  request.door === "POST /payments/complete" &&
  body?.["code"] === "provider_unavailable" &&
  headers["retry-after"] === "60";

function checkHeaders(exchange: Exchange): readonly Finding[] {
  const { headers, request } = exchange;
  const wrong: string[] = [];
  if (!requestIdForm.test(headers["x-request-id"] ?? "")) wrong.push("no x-request-id");
  if (!isOfGateway(exchange)) {
    if (headers["cache-control"] !== "no-store") wrong.push("cache-control");
    if (headers["x-content-type-options"] !== "nosniff") wrong.push("x-content-type-options");
    const isBrowsers = /^\/payments\/(complete|redirect)(\?|$)/.test(
      request.kind === "http" ? request.target : "",
    );
    if (isBrowsers && headers["vary"] !== "origin") wrong.push("vary");
  }
  return wrong.map((what) => ({ kind: "headers", what }));
}

function checkShape(exchange: Exchange, body: Body | null): readonly Finding[] {
  const { request, status, text, headers } = exchange;
  const wrong = (what: string): readonly Finding[] => [
    { kind: "shape", what: `${what}: ${text.slice(0, 200)}` },
  ];
  if (isOfGateway(exchange)) return [];
  if (request.kind === "direct") {
    if (body === null) return wrong("no object");
    if (status < 400) return [];
    return checkProblem(status, body["body"], null).flatMap(wrong);
  }
  const type = headers["content-type"];
  if (text === "") return status === 204 || status === 303 ? [] : wrong("empty");
  if (body === null) return wrong("no JSON object");
  if (request.target.startsWith("/portone/")) {
    if (type !== "application/json; charset=utf-8") return wrong(`content-type ${type}`);
    const isConfirm = request.target.startsWith("/portone/confirm");
    if (!isConfirm || status === 200) return text === "{}" ? [] : wrong("not {}");
    return Object.keys(body).join() === "reason" && hangul.test(String(body["reason"]))
      ? []
      : wrong("no reason");
  }
  if (status < 400) return type === "application/json; charset=utf-8" ? [] : wrong(`content-type ${type}`);
  if (type !== "application/problem+json") return wrong(`content-type ${type}`);
  const code = body["code"];
  const isToBeRepeated = status === 503 || code === "operation_in_flight";
  return [
    ...checkProblem(status, body, headers["x-request-id"] ?? ""),
    ...(headers["www-authenticate"] === (status === 401 ? "Bearer" : undefined) ? [] : ["www-authenticate"]),
    ...(/^[1-9]\d*$/.test(headers["retry-after"] ?? "") === isToBeRepeated ? [] : ["retry-after"]),
  ].flatMap(wrong);
}

/** What a refusal's body lacks of RFC 9457 as this server writes it. */
function checkProblem(status: number, body: unknown, requestId: string | null): readonly string[] {
  if (typeof body !== "object" || body === null) return ["no problem"];
  const problem = body as Body;
  const { type, title, detail, code, request_id: id, errors = [] } = problem;
  const isFine: readonly (readonly [boolean, string])[] = [
    [problem["status"] === status, "status"],
    [typeof code === "string" && /^[a-z0-9_]+$/.test(code), "code"],
    [type === `/errors/${String(code)}`, "type"],
    [/^[\x20-\x7e]+$/.test(String(title)), "title"],
    [hangul.test(String(detail)), "detail"],
    [requestId === null ? requestIdForm.test(String(id)) : id === requestId, "request_id"],
    [Array.isArray(errors) && errors.every(isFieldError), "errors"],
  ];
  return isFine.flatMap(([fine, name]) => (fine ? [] : [`problem's ${name}`]));
}

function isFieldError(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { pointer, code, detail } = error as Body;
  return /^\//.test(String(pointer)) && typeof code === "string" && hangul.test(String(detail));
}

/** A metric's time is thirteen digits of our own clock, and any five of them may be a postcode's. */
const withoutClock = (line: string): string => line.replace(/"Timestamp":\d{13}(?=[,}])/, "");

function checkLeaks({ text, lines }: Exchange, body: Body | null, secrets: Secrets): readonly Finding[] {
  const order = (body?.["body"] as Body | undefined)?.["order"] ?? body?.["order"];
  const own = typeof order === "object" && order !== null ? (order as Body)["merchant_uid"] : null;
  const found: string[] = [];
  for (const [secret, name] of secrets.everywhere)
    if (text.includes(secret)) found.push(`answer tells ${name}`);
  for (const [merchantUid, token] of secrets.tokens)
    if (text.includes(token) && own !== merchantUid) found.push(`answer tells ${merchantUid}'s token`);
  for (const line of lines.map(withoutClock)) {
    for (const [secret, name] of [...secrets.everywhere, ...secrets.inLines])
      if (line.includes(secret)) found.push(`line tells ${name}: ${line.slice(0, 300)}`);
    for (const [merchantUid, token] of secrets.tokens)
      if (line.includes(token)) found.push(`line tells ${merchantUid}'s token`);
  }
  return found.map((what) => ({ kind: "leak", what }));
}

function checkLines({ lines }: Exchange): readonly Finding[] {
  return lines.flatMap((line): readonly Finding[] => {
    const said = parse(line);
    const hasAll = ["level", "at", "function", "request_id", "event"].every(
      (name) => typeof said?.[name] === "string",
    );
    if (!hasAll) return [{ kind: "log_line", what: line.slice(0, 300) }];
    return said?.["event"] === "unexpected_error" ? [{ kind: "log_line", what: line.slice(0, 600) }] : [];
  });
}

/** Table and PortOne, each as one text a thing. */
export interface Snapshot {
  readonly items: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, string>;
}

/** Codes whose refusal is itself something that happened, and is kept: a decline, and the provider's own no. */
const kept = ["card_declined", "provider_refused", "remaining_changed"];

/** What a refusal changed that it may not change; the few that are events of their own may be written down. */
export function checkUnchanged(exchange: Exchange, before: Snapshot, after: Snapshot): readonly Finding[] {
  const { status, text } = exchange;
  if (status < 400 || status >= 500) return [];
  const body = parse(text);
  const code = ((body?.["body"] as Body | undefined) ?? body)?.["code"];
  const isKept = kept.includes(String(code));
  const items = isKept
    ? []
    : differences(before.items, after.items).filter((pk) => !pk.startsWith("budget#"));
  const records = code === "card_declined" ? [] : differences(before.records, after.records);
  const changed = [...items, ...records];
  if (changed.length === 0) return [];
  return [{ kind: "changed_by_refusal", what: `${status} ${String(code)}: ${changed.join(", ")}` }];
}

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

function parse(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : null;
  } catch {
    return null;
  }
}
