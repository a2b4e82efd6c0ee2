// The answers of a door as OpenAPI writes them: what was asked for, then every refusal by status with its codes.
import type { PlainCode, ProblemCode } from "../../../lib/http/problem-code.ts";
import { problemKinds } from "../../../lib/http/problem-kinds.ts";
import { bodyCodes, merchantCodes } from "./codes.ts";
import { jsonOf } from "./components.ts";
import type { DescribedAnswer, Door, Text } from "./door.ts";
import { completeDoor, redirectDoor } from "./doors/open.ts";
import { isMerchants } from "./doors.ts";
import { type JsonSchema, refTo } from "./json-schema.ts";

/** Of the doors that a browser calls. */
const browserCodes: ReadonlyMap<Door, readonly ProblemCode[]> = new Map<Door, readonly ProblemCode[]>([
  [
    completeDoor,
    [...bodyCodes, "order_not_found", "internal", "storage_unavailable", "provider_unavailable"],
  ],
  [redirectDoor, ["internal", "storage_unavailable"]],
]);

export const readsBody = ({ route }: Door): boolean => !route.startsWith("GET ");

/** What it is sent besides is not read. */
const asksNothing = ({ request }: Door): boolean => Object.keys(request.shape).length === 0;

/** Every code a door can answer, each once. */
export function codesOfDoor(door: Door): readonly ProblemCode[] {
  const own = isMerchants(door)
    ? [
        ...merchantCodes.filter((code) => code !== "invalid_field" || !asksNothing(door)),
        ...(readsBody(door) ? bodyCodes : []),
        ...door.codes,
      ]
    : (browserCodes.get(door) ?? []);
  return [...new Set(own)];
}

export const isPlain = (code: string): code is PlainCode => code in problemKinds;

/** A broken rule of KSNET's is 422. */
export const statusOfCode = (code: ProblemCode): number => (isPlain(code) ? problemKinds[code].status : 422);

const statusTexts: Readonly<Record<number, Text>> = {
  400: { ko: "요청 형식이 올바르지 않습니다", en: "The request is malformed" },
  401: { ko: "키가 없거나 틀립니다", en: "No key, or an unknown one" },
  402: { ko: "카드 승인이 거절되었습니다", en: "The card was declined" },
  403: { ko: "키에 권한이 없습니다", en: "The key's scopes do not open this door" },
  404: { ko: "찾을 수 없습니다", en: "Not found" },
  409: { ko: "지금 상태와 맞지 않습니다", en: "It conflicts with the present state" },
  413: { ko: "본문이 너무 큽니다", en: "The body is too large" },
  415: { ko: "읽을 수 없는 형식의 본문입니다", en: "A body of a type that is not read here" },
  422: {
    ko: "KSNET의 규칙이나 결제사가 허락하지 않습니다",
    en: "A rule of KSNET's, or the provider, forbids it",
  },
  500: {
    ko: "서버 오류. `code`가 없는 5xx는 API Gateway의 답이고, 처리되었는지 알 수 없습니다. 같은 번호나 키로 다시 요청하세요",
    en: "An error of ours. A 5xx without a `code` is API Gateway's own and leaves the outcome unknown: repeat it under the same number or key",
  },
  503: {
    ko: "아무것도 시작되지 않았습니다. Retry-After 뒤에 다시 요청하세요. `code`가 없으면 API Gateway의 답이고, 처리되었는지 알 수 없습니다",
    en: "Nothing was started: repeat it after Retry-After. Without a `code` it is API Gateway's own and leaves the outcome unknown",
  },
};

export const written = ({ ko, en }: Text): string => `${ko} · ${en}`;

const header = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` });

function refusal(status: number, codes: readonly ProblemCode[]): JsonSchema {
  const text = statusTexts[status];
  if (!text) throw new Error(`nothing is said of status ${status}`);
  const isRepeated = status === 503 || codes.includes("operation_in_flight");
  return {
    description: written(text),
    headers: {
      "x-request-id": header("RequestId"),
      ...(status === 401 && { "www-authenticate": header("Challenge") }),
      ...(isRepeated && { "retry-after": header("RetryAfter") }),
    },
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            refTo("Problem"),
            { type: "object", properties: { code: { type: "string", enum: codes } }, required: ["code"] },
          ],
        },
      },
      ...(status >= 500 && { "application/json": { schema: refTo("GatewayMessage") } }),
    },
  };
}

const answer = ({ ko, en, schema, hasLocation }: DescribedAnswer): JsonSchema => ({
  description: written({ ko, en }),
  headers: {
    "x-request-id": header("RequestId"),
    ...(hasLocation && { location: header("Location") }),
  },
  ...(schema && { content: { "application/json": { schema: jsonOf(schema) } } }),
});

/** A door's refusals by status. */
function refusalsOf(door: Door): readonly (readonly [number, readonly ProblemCode[]])[] {
  const codes = codesOfDoor(door);
  const statuses = [...new Set(codes.map(statusOfCode))].sort((a, b) => a - b);
  return statuses.map((status) => [status, codes.filter((code) => statusOfCode(code) === status)]);
}

const mostInName = 3;
/** Refusals that many doors share have a name: what they say. */
const sharedName = (codes: readonly ProblemCode[]): string | null =>
  codes.length > mostInName ? null : [...codes].sort().join("_or_");

export const sharedResponses = (doors: readonly Door[]): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    doors.flatMap(refusalsOf).flatMap(([status, codes]) => {
      const name = sharedName(codes);
      return name === null ? [] : [[name, refusal(status, codes)]];
    }),
  );

export function responsesOf(door: Door): Readonly<Record<string, JsonSchema>> {
  const refusals = refusalsOf(door).map(([status, codes]) => {
    const name = sharedName(codes);
    return [status, name === null ? refusal(status, codes) : { $ref: `#/components/responses/${name}` }];
  });
  return {
    ...Object.fromEntries(door.answers.map(({ status, ...told }) => [status, answer(told)])),
    ...Object.fromEntries(refusals),
  };
}
