// Writes docs/direct-invocation.md and docs/direct-invocation.schema.json, every action with its payload and its answers, from
// the description of the doors: `npx node infra/build/openapi/direct-invocation.ts`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProblemCode } from "../../../lib/http/problem-code.ts";
import { pageHead } from "../page-head.ts";
import { jsonOf } from "./components.ts";
import type { DirectDoor, ObjectSchema } from "./door.ts";
import { directDoors, isDirect, merchantDoors } from "./doors.ts";
import type { JsonSchema } from "./json-schema.ts";
import { fieldsOf } from "./request-fields.ts";
import { codesOfDoor, statusOfCode, written } from "./responses.ts";

/** Over HTTP only: IAM is the proof here, and there is no body. */
const ofHttp: readonly ProblemCode[] = [
  "unauthorized",
  "scope_missing",
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
];

const directCodes = (door: DirectDoor): readonly ProblemCode[] =>
  codesOfDoor(door).filter((code) => !ofHttp.includes(code));

/** What a field is called in a direct invocation. */
const directName = ({ directNames = {} }: DirectDoor, field: string): string =>
  Object.entries(directNames).find(([, own]) => own === field)?.[0] ?? field;

/** The example of a door as a direct invocation sends it. */
export function payloadOf(door: DirectDoor): Readonly<Record<string, unknown>> {
  const { path, query, headers = {}, body = {} } = door.example;
  const inHeaders = Object.entries(headers).map(([header, value]) => [
    door.headers?.[header] ?? header,
    value,
  ]);
  const inBody = Object.entries(body).map(([name, value]) => [directName(door, name), value]);
  return { action: door.action, ...path, ...query, ...Object.fromEntries([...inHeaders, ...inBody]) };
}

function payloadSchema(door: DirectDoor): JsonSchema {
  const payload = payloadOfWay(door, door.request);
  return door.otherRequest ? { oneOf: [payload, payloadOfWay(door, door.otherRequest)] } : payload;
}

function payloadOfWay(door: DirectDoor, request: ObjectSchema): JsonSchema {
  const { properties, required, rest } = fieldsOf(request);
  const taken = Object.entries(properties).filter(([name]) => !door.refused?.includes(name));
  const fields = taken.map(([name, schema]) => [directName(door, name), schema]);
  const always = Object.values(door.headers ?? {});
  const needed = [...new Set([...required, ...always])].map((name) => directName(door, name));
  const action = { const: door.action, description: written(door) };
  return {
    ...rest,
    properties: { action, ...Object.fromEntries(fields) },
    required: [
      "action",
      ...(door.isBodyOptional ? needed.filter((name) => name === "merchant_uid") : needed),
    ],
  };
}

function answerSchema(door: DirectDoor): JsonSchema {
  const told = door.answers.map(({ status, schema }) => ({
    properties: { status: { const: status }, ...(schema && { body: jsonOf(schema) }) },
  }));
  const codes = directCodes(door);
  const refused = [...new Set(codes.map(statusOfCode))].map((status) => ({
    properties: {
      status: { const: status },
      body: {
        allOf: [
          { $ref: "#/components/schemas/Problem" },
          { properties: { code: { enum: codes.filter((code) => statusOfCode(code) === status) } } },
        ],
      },
    },
  }));
  return { type: "object", required: ["status", "body"], oneOf: [...told, ...refused] };
}

/** The components stand once, in the description of the doors beside it. */
const inDescription = (schemas: JsonSchema): JsonSchema =>
  JSON.parse(
    JSON.stringify(schemas).replaceAll('"#/components/', '"openapi.json#/components/'),
  ) as JsonSchema;

export const directSchemas = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Direct invocation of the functions",
  actions: Object.fromEntries(
    directDoors.map((door) => [
      door.action,
      inDescription({ payload: payloadSchema(door), answer: answerSchema(door) }),
    ]),
  ),
});

const javaScript = [
  "<!-- not run here: needs @aws-sdk/client-lambda · @aws-sdk/client-lambda가 필요합니다 -->",
  "```js",
  'import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";',
  "",
  'const lambda = new LambdaClient({ region: "ap-northeast-2" });',
  'const event = { action: "order.get", merchant_uid: "ord-20260805-000142" };',
  "const { FunctionError, Payload } = await lambda.send(",
  '  new InvokeCommand({ FunctionName: "portone-ksnet-prod-orders", Payload: JSON.stringify(event) }),',
  ");",
  "const { status, body } = JSON.parse(Buffer.from(Payload).toString());",
  "// FunctionError가 있으면 결과를 모릅니다. 없으면 status와 body가 결과입니다.",
  "// FunctionError: the outcome is unknown. status and body: what became of it.",
  "```",
  "",
].join("\n");

const overHttpOnly = merchantDoors
  .filter((door) => !isDirect(door))
  .map(({ route }) => `\`${route}\``)
  .join(", ");

const introduction = `${pageHead(
  { ko: "함수 직접 호출", en: "Direct invocation" },
  "infra/build/openapi/direct-invocation.ts",
)}
HTTP 대신 Lambda 함수를 직접 부를 수 있습니다. 키 대신 IAM(\`lambda:InvokeFunction\`)으로 증명하고, 경로·쿼리·헤더의 값도 모두 한 객체에
넣습니다. 답은 \`{"status":…,"body":{…}}\`이며 \`body\`는 HTTP 응답의 본문과 같습니다. 거절도 값으로 답하므로 호출 자체가 실패하는 것은
배포가 잘못되었을 때뿐입니다. 답을 받지 못했으면 결과를 모르는 것이니 같은 번호나 키로 다시 부르세요. \`action\`을 빼면 표의 첫
줄을 뜻합니다. 스키마는 [direct-invocation.schema.json](direct-invocation.schema.json)의 \`actions\`에 있습니다.

A Lambda function can be called directly instead of over HTTP. IAM (\`lambda:InvokeFunction\`) proves who asks; what stands in a
path, query or header stands in the one flat object. The answer is \`{"status":…,"body":{…}}\` with the body HTTP would have.
Refusals are values; the invocation itself fails only for a broken deployment. A lost answer leaves the outcome unknown: repeat it
under the same number or key. Without an \`action\` the table's first is meant. The schemas are in
[direct-invocation.schema.json](direct-invocation.schema.json), under \`actions\`.

HTTP로만 열린 문 · open over HTTP only: ${overHttpOnly}.

AWS CLI v2를 씁니다. 노트북에서는 \`--endpoint-url http://127.0.0.1:3000\`을 더하고 함수를 짧은 이름(\`orders\`)으로 부르며, 리전과 키는
아무 값이나 됩니다: \`AWS_REGION=ap-northeast-2 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local\`.

AWS CLI v2; on a laptop add \`--endpoint-url http://127.0.0.1:3000\`, where functions go by their short names (\`orders\`), and any
region and keys will do: \`AWS_REGION=ap-northeast-2 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local\`.

<!-- not run here: needs AWS CLI v2 · AWS CLI v2가 필요합니다 -->
\`\`\`sh
aws lambda invoke --function-name portone-ksnet-prod-orders --cli-binary-format raw-in-base64-out \\
  --payload '{"action":"order.get","merchant_uid":"ord-20260805-000142"}' /dev/stdout
\`\`\`
`;

const actionRow = (door: DirectDoor): string => {
  const { action, ko, en, route, answers } = door;
  const done = answers.map(({ status }) => status).join(", ");
  return `| \`${action}\` | ${ko}<br>${en} | \`${route}\` | ${done} | \`${JSON.stringify(payloadOf(door))}\` |`;
};

export function directPage(): string {
  const functions = [...new Set(directDoors.map(({ functionName }) => functionName))];
  const sections = functions.map((functionName) =>
    [
      `## ${functionName}`,
      "",
      "| `action` | 하는 일 · what it does | HTTP | `status` | 예 · example |",
      "|---|---|---|---|---|",
      ...directDoors.filter((door) => door.functionName === functionName).map(actionRow),
      "",
    ].join("\n"),
  );
  return [introduction, javaScript, ...sections].join("\n");
}

export const writeDirectSchemas = (): string => `${JSON.stringify(directSchemas(), null, 1)}\n`;

if (process.argv[1] === import.meta.filename) {
  const docs = join(import.meta.dirname, "../../../docs");
  writeFileSync(join(docs, "direct-invocation.md"), directPage());
  writeFileSync(join(docs, "direct-invocation.schema.json"), writeDirectSchemas());
}
