// Handlers of functions merchants call: over HTTP with a key, or by direct invocation with IAM as the
// proof. Both become the same flat fields, so that one schema and one use case answer both.
import type { MerchantKey, Scope } from "../domain/merchant-key.ts";
import type { Call } from "../ports/environment.ts";
import type { Answer, LambdaResult } from "./answer.ts";
import { type Fields, readBody } from "./body.ts";
import {
  asksNothing,
  type Door,
  type EndpointParts,
  endpoint,
  ignoring,
  noteNames,
  type SecretsAtHand,
  shapeForHttp,
} from "./endpoint.ts";
import { invalidField } from "./fields.ts";
import type { HttpEvent } from "./http-endpoint.ts";
import { authorize, checkScope } from "./merchant-auth.ts";
import { failWithProblem } from "./problem.ts";
import { ProblemError } from "./problem-error.ts";
import { readTexts } from "./texts.ts";

/** One thing a merchant can ask for. */
export interface MerchantRoute {
  /** API Gateway's route key. */
  readonly route: string;
  /** Its name in a direct invocation; absent where it is for HTTP alone. */
  readonly action?: string;
  readonly scope: Scope;
  /** Query parameters that are read; others are ignored. */
  readonly query?: readonly string[];
  /** Header names and the fields they become; such a field may not stand in the body. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields whose name a direct invocation needs for itself, and what they are called there. */
  readonly directNames?: Readonly<Record<string, string>>;
  /** Checks the fields (throws ProblemError) and answers. */
  readonly answer: (fields: Fields, call: Call) => Promise<Answer>;
}

export interface MerchantParts extends EndpointParts {
  readonly secrets: SecretsAtHand & { current(): { readonly merchantKeys: readonly MerchantKey[] } };
}

type DirectEvent = Readonly<Record<string, unknown>>;
type MerchantEvent = HttpEvent | DirectEvent;

/** A direct invocation's answer: the HTTP body with its status. */
export interface DirectResult {
  readonly status: number;
  readonly body: object;
}

/** The first route's action is what a direct invocation without `action` means. */
export const merchantEndpoint = (parts: MerchantParts, routes: readonly MerchantRoute[]) =>
  endpoint<MerchantEvent, LambdaResult | DirectResult | object>(
    parts,
    (event) => {
      if (asksNothing(event)) return ignoring;
      return isDirect(event) ? directDoor(event, routes) : httpDoor(event, routes, parts);
    },
    (answer, event, requestId) => {
      if (asksNothing(event)) return answer.body ?? {};
      return isDirect(event)
        ? { status: answer.status, body: answer.body ?? {} }
        : shapeForHttp(answer, event, requestId);
    },
  );

const httpMarks = ["version", "routeKey", "rawPath", "requestContext", "headers", "body"];

/** Whatever carries any mark of HTTP has to prove itself by a key. */
const isDirect = (event: MerchantEvent): event is DirectEvent =>
  typeof event !== "object" || event === null || !httpMarks.some((mark) => mark in event);

function httpDoor(
  event: HttpEvent,
  routes: readonly MerchantRoute[],
  parts: MerchantParts,
): Door<MerchantEvent> {
  const route = routes.find((known) => known.route === event.routeKey);
  if (!route) return unknownDoor;
  const isRead = route.route.startsWith("GET ");
  return {
    name: route.route,
    handle: (_event, call, notes) => {
      noteNames(notes, event.pathParameters ?? {});
      const key = authorize(parts.secrets.current().merchantKeys, event.headers?.["authorization"]);
      notes.key = key.name;
      checkScope(key, route.scope, isRead);
      const query = pick(event.queryStringParameters ?? {}, route.query ?? []);
      const body = isRead ? {} : readBody(event, ["json"]);
      refuseInBody(body, route.query ?? [], "본문이 아니라 주소의 쿼리로 보내야 합니다.");
      const named = withHeaders({ ...body, ...query }, event.headers, route.headers ?? {});
      noteNames(notes, { ...named, ...event.pathParameters });
      const fields = readTexts(withPathParameters(named, event.pathParameters ?? {}));
      return route.answer(fields, { ...call, key: key.name });
    },
    fail: failWithProblem,
  };
}

/** Something that looks like HTTP and is none of our routes has proven nothing. */
const unknownDoor: Door<MerchantEvent> = {
  name: "unknown_route",
  handle: () => Promise.reject(new ProblemError("unauthorized")),
  fail: failWithProblem,
};

function directDoor(event: DirectEvent, routes: readonly MerchantRoute[]): Door<MerchantEvent> {
  const { action = routes[0]?.action, ...fields } = event ?? {};
  const direct = routes.filter((known) => known.action !== undefined);
  const route = direct.find((known) => known.action === action);
  return {
    name: route?.action ?? "unknown_action",
    handle: async (_event, call, notes) => {
      noteNames(notes, fields);
      if (!route)
        throw new ProblemError("invalid_field", [
          invalidField("/action", `${direct.map((known) => known.action).join(", ")} 중 하나여야 합니다.`),
        ]);
      return route.answer(readTexts(renamed(fields, route.directNames ?? {})), call);
    },
    fail: failWithProblem,
  };
}

const renamed = (fields: Fields, names: Readonly<Record<string, string>>): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));

const pick = (query: Readonly<Record<string, string | undefined>>, names: readonly string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));

/** A body may repeat what the path says, not contradict it. */
function withPathParameters(fields: Fields, path: Readonly<Record<string, string | undefined>>): Fields {
  const contradicted = Object.keys(path).filter((name) => name in fields && fields[name] !== path[name]);
  if (contradicted.length > 0)
    throw new ProblemError(
      "invalid_field",
      contradicted.map((name) =>
        invalidField(`/${name}`, "주소에 있는 값과 다릅니다. 본문에서 빼거나 같은 값을 보내 주세요."),
      ),
    );
  return { ...fields, ...path };
}

/** What has another place cannot stand in the body. */
function refuseInBody(body: Fields, names: readonly string[], detail: string): void {
  const found = names.filter((name) => name in body);
  if (found.length > 0)
    throw new ProblemError(
      "invalid_field",
      found.map((name) => invalidField(`/${name}`, detail)),
    );
}

/** What a header says cannot be said by the body as well. */
function withHeaders(
  fields: Fields,
  headers: Readonly<Record<string, string | undefined>>,
  wanted: Readonly<Record<string, string>>,
): Fields {
  for (const [header, name] of Object.entries(wanted))
    refuseInBody(fields, [name], `본문이 아니라 ${header} 헤더로 보내야 합니다.`);
  const given = Object.entries(wanted).flatMap(([header, name]) =>
    headers[header] === undefined ? [] : [[name, headers[header]]],
  );
  return { ...fields, ...Object.fromEntries(given) };
}
