// Writes docs/openapi.json, the description of every door, from the schemas that check the requests, the views' answers and
// the table of problem codes: `npx node infra/build/openapi/document.ts`. A test fails when it is not what this writes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainedCodes } from "../problems-page.ts";
import { components } from "./components.ts";
import { type Door, tags } from "./door.ts";
import { isDirect, isMerchants, merchantDoors, openDoors } from "./doors.ts";
import type { JsonSchema } from "./json-schema.ts";
import { fieldsOfDoor } from "./request-fields.ts";
import { readsBody, responsesOf, sharedResponses } from "./responses.ts";

const projectDir = join(import.meta.dirname, "../../..");
const { version } = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")) as {
  readonly version: string;
};

export interface RequestParts {
  readonly parameters: readonly JsonSchema[];
  /** Null where nothing stands in it. */
  readonly body: JsonSchema | null;
}

/** A request's fields by where they stand. */
export function partsOf(door: Door): RequestParts {
  const { properties, required, rest } = fieldsOfDoor(door);
  const inPath = [...door.route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const headers = Object.entries(door.headers ?? {});
  const query = door.query ?? [];
  const parameter = (name: string, where: string, field = name): JsonSchema => {
    const { description, ...schema } = properties[field] ?? {};
    const [, example] =
      Object.entries(door.example[where as "path"] ?? {}).find(([known]) => known === name) ?? [];
    const isRequired = where === "path" || (where === "header" ? true : required.includes(field));
    return {
      name: where === "header" ? headerName(name) : name,
      in: where,
      required: isRequired,
      ...(description !== undefined && { description }),
      schema,
      ...(example !== undefined && { example }),
    };
  };
  const parameters = [
    ...inPath.map((name) => parameter(name, "path")),
    ...query.map((name) => parameter(name, "query")),
    ...headers.map(([name, field]) => parameter(name, "header", field)),
  ];
  const elsewhere = [...inPath, ...query, ...headers.map(([, field]) => field), ...(door.refused ?? [])];
  const own = Object.entries(properties).filter(([name]) => !elsewhere.includes(name));
  const needed = required.filter((name) => !elsewhere.includes(name));
  const body = {
    ...rest,
    properties: Object.fromEntries(own),
    ...(needed.length > 0 && { required: needed }),
  };
  return { parameters, body: readsBody(door) && own.length > 0 ? body : null };
}

/** As it is usually written; HTTP does not mind. */
const headerName = (name: string): string => name.replaceAll(/(^|-)[a-z]/g, (part) => part.toUpperCase());

const operationId = (door: Door): string =>
  (isDirect(door) ? door.action : door.route.replace(/^\w+ \//, "").replaceAll(/[{}]/g, ""))
    .split(/[./_-]/)
    .map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join("");

const isForm = ({ tag }: Door): boolean => tag === "portone";

function operationOf(door: Door): JsonSchema {
  const { parameters, body } = partsOf(door);
  const { about, tag, example } = door;
  const needsBody = ((body?.["required"] ?? []) as readonly string[]).length > 0;
  const scope = isMerchants(door) ? `\n\n권한 · scope: \`${door.scope}\`` : "";
  const content = { schema: body, example: example.body };
  return {
    operationId: operationId(door),
    tags: [tags[tag].ko],
    summary: door.ko,
    description: `${door.en}.${about ? `\n\n${about.ko}\n\n${about.en}` : ""}${scope}`,
    ...(isDirect(door) && { "x-direct-function": door.functionName, "x-direct-action": door.action }),
    ...(!isMerchants(door) && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: needsBody && door.isBodyOptional !== true,
        content: {
          "application/json": content,
          ...(isForm(door) && { "application/x-www-form-urlencoded": { schema: body } }),
        },
      },
    }),
    responses: responsesOf(door),
  };
}

const headers = {
  RequestId: {
    description: "이 요청의 번호. 문의할 때 알려 주세요 · this request's number, for whoever reports it",
    schema: { type: "string" },
  },
  Location: { description: "결과를 볼 수 있는 곳 · where it is found", schema: { type: "string" } },
  RetryAfter: {
    description: "다시 요청할 수 있을 때까지의 초 · seconds until a repeat may help",
    schema: { type: "integer", minimum: 1 },
  },
  Challenge: { description: "Bearer", schema: { type: "string", enum: ["Bearer"] } },
};

const introduction = `포트원 V1로 KSNET 결제를 받는 서버의 API입니다. 금액은 정수(원)이고, 시각은 ISO 8601 UTC로 답합니다. 알 수 없는 항목이 있는 요청은 거절합니다. 답에는 항목이 늘어날 수 있습니다.

**돈이 움직이는 요청의 답을 받지 못했으면**(연결 끊김, \`code\`가 없는 5xx) 결과를 모르는 것입니다. 같은 주문번호나 같은 Idempotency-Key로 다시 요청하세요. 돈은 두 번 움직이지 않습니다. 새 번호나 새 키를 쓰면 새 요청입니다.

The API of a server that takes KSNET payments through PortOne V1. Amounts are whole won; times are answered as ISO 8601 in UTC. A request with an unknown field is refused; answers may grow.

**A lost answer to a request that moves money** (a broken connection, a 5xx without a \`code\`) leaves its outcome unknown: repeat it under the same order number or Idempotency-Key, and money moves once. A new number or key is a new request.`;

/** A code is a tag without doors: a page made of the document explains it, under an address that `type` can lead to. */
function tagsOfDoorsAndCodes(): JsonSchema {
  const doors = Object.values(tags).map(({ ko, en }) => ({ name: ko, description: en }));
  const codes = [...explainedCodes()].map(([name, description]) => ({ name, description }));
  const group = (name: string, its: readonly { readonly name: string }[]) => ({
    name,
    tags: its.map((tag) => tag.name),
  });
  return {
    tags: [...doors, ...codes],
    "x-tagGroups": [group("주소 · Doors", doors), group("오류 코드 · Problem codes", codes)],
  };
}

export function openApiDocument(): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const door of [...merchantDoors, ...openDoors]) {
    const [method = "", path = ""] = door.route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(door) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "KSNET 결제 API · KSNET payments through PortOne V1",
      version,
      description: introduction,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "http://127.0.0.1:3000", description: "npm start" }],
    ...tagsOfDoorsAndCodes(),
    security: [{ merchantKey: [] }],
    paths,
    components: {
      securitySchemes: {
        merchantKey: {
          type: "http",
          scheme: "bearer",
          description: "가맹점 키. 브라우저에 두지 마세요 · a merchant key; never in a browser",
        },
      },
      headers,
      responses: sharedResponses([...merchantDoors, ...openDoors]),
      schemas: components(),
    },
  };
}

export const writeDocument = (): string => `${JSON.stringify(openApiDocument(), null, 1)}\n`;

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(projectDir, "docs/openapi.json"), writeDocument());
