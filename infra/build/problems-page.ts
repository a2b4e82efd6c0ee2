// Writes docs/problems.md from the codes the doors answer: `npx node infra/build/problems-page.ts`. What the code cannot tell,
// what to do about each, stands in problem-texts.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "../../lib/http/answer.ts";
import { explained } from "../../lib/http/answer.ts";
import { type ProblemMembers, problemAnswer, ruleAnswer } from "../../lib/http/problem.ts";
import type { PlainCode } from "../../lib/http/problem-code.ts";
import { problemKinds } from "../../lib/http/problem-kinds.ts";
import { type AskedRule, askedRules, pointers } from "./ksnet-rules-page.ts";
import { merchantDoors, openDoors } from "./openapi/doors.ts";
import { codesOfDoor, isPlain } from "./openapi/responses.ts";
import { pageHead } from "./page-head.ts";
import { type ProblemText, problemTexts } from "./problem-texts.ts";

const ruleOf = new Map<string, AskedRule>(askedRules.map((rule) => [rule.code, rule]));
/** Every code that an answer can carry, KSNET's rules after the others. */
export const codes: readonly string[] = [...Object.keys(problemKinds), ...ruleOf.keys()];

/** What some codes tell beside themselves. */
const members: Readonly<Partial<Record<PlainCode, ProblemMembers>>> = {
  malformed_json: {
    errors: [{ pointer: "/amount", code: "malformed_json", detail: "같은 이름이 두 번 들어 있습니다." }],
  },
  invalid_field: {
    errors: [
      {
        pointer: "/buyer_phone",
        code: "invalid_field",
        detail: "알 수 없는 항목입니다. 이름을 확인하거나 빼고 보내 주세요.",
      },
    ],
  },
  card_declined: { provider_message: "한도초과" },
  order_exists: {
    errors: [{ pointer: "/amount", code: "order_exists", detail: "같은 주문번호의 주문과 다릅니다." }],
  },
  order_not_acceptable: { reason: "amount_mismatch" },
  operation_in_flight: { operation: "rf_wcL_BO6e1nDpAYAVyyp0rw" },
  refund_exceeds_remaining: { remaining: 89_000, remaining_tax_free: 2_450 },
  refund_tax_free_exceeds_remaining: { remaining: 89_000, remaining_tax_free: 2_450 },
  remaining_changed: { remaining: 69_000, remaining_tax_free: 1_900, provider_message: null },
  provider_refused: { provider_message: "취소 가능 금액 초과" },
};

const requestId = "8f1c2d3e-0b7a-4c55-9d1e-2f3a4b5c6d7e";

const doorsWith = (code: string): readonly string[] =>
  [...merchantDoors, ...openDoors]
    .filter((door) => codesOfDoor(door).some((known) => known === code))
    .map(({ route }) => `\`${route}\``);

function exampleOf(code: string): string {
  const rule = ruleOf.get(code);
  return JSON.stringify(explained(rule ? brokenBy(rule) : plainAnswer(code), "/errors/").body, null, 1);
}

const plainAnswer = (code: string): Answer => {
  if (!isPlain(code)) throw new Error(`${code} is no code`);
  return problemAnswer(code, requestId, members[code]);
};

/** A window's rules are named inside another code. */
function brokenBy({ askedFor: _, ...rule }: AskedRule): Answer {
  const [pointer = ""] = (pointers[rule.code] ?? "").split(",");
  const errors = [{ ...rule, pointer }];
  return doorsWith(rule.code).length === 0
    ? problemAnswer("request_pay_refused", requestId, { errors })
    : ruleAnswer(errors, requestId);
}

const mostNamed = 12;

function answeredBy(code: string): string {
  const doors = doorsWith(code);
  if (doors.length > mostNamed) return "거의 모든 요청 · almost every door";
  return doors.length > 0
    ? doors.join(", ")
    : "`POST /orders` (`request_pay_refused`의 `errors` 안에서 · inside its `errors`)";
}

const kindOf = (code: string) => {
  const rule = ruleOf.get(code);
  if (rule) return { ...rule, status: 422 };
  if (!isPlain(code)) throw new Error(`${code} is no code`);
  return { ...problemKinds[code], rule: null };
};

/** `leadTo` makes a link of a rule's number, where the page of rules can be reached. */
function explain({ code, cause, remedy }: ProblemText, leadTo: (rule: string) => string): string {
  const { status, title, detail, rule } = kindOf(code);
  return [
    `**${status}** \`${title}\`${rule ? ` · ${leadTo(rule)}` : ""}`,
    "",
    `- 원인: ${cause?.ko ?? detail}`,
    `- 할 일: ${remedy.ko}`,
    `- Cause: ${cause?.en ?? `${title}.`}`,
    `- What to do: ${remedy.en}`,
    `- 답하는 곳 · answered by: ${answeredBy(code)}`,
    "",
    "```json",
    exampleOf(code),
    "```",
  ].join("\n");
}

const section = (text: ProblemText): string =>
  `## ${text.code}\n\n${explain(text, (rule) => `[${rule}](ksnet-rules.md)`)}\n`;

function index(): string {
  const statuses = [...new Set(codes.map((code) => kindOf(code).status))].sort((a, b) => a - b);
  const named = (status: number): string =>
    codes
      .filter((code) => kindOf(code).status === status)
      .map((code) => `[\`${code}\`](#${code})`)
      .join(" ");
  return ["| | |", "|---|---|", ...statuses.map((status) => `| ${status} | ${named(status)} |`)].join("\n");
}

const introduction = `${pageHead({ ko: "오류 코드", en: "Problem codes" }, "infra/build/problems-page.ts", [
  "lib/http/problem-kinds.ts",
  "lib/domain/ksnet",
])}
오류는 \`application/problem+json\`입니다. 프로그램은 \`code\`로 판단하고, \`detail\`은 사람에게 보이고, \`request_id\`는 문의할 때
쓰세요. \`type\`은 \`PAY_DOCS_URL\` 뒤에 코드를 붙인 주소입니다(기본값 \`/errors/\`).
400은 형식, 409는 지금 상태, 422는 규칙이나 결제사, 503은 아무것도 시작되지 않았다는 뜻입니다. **\`code\`가 없는 5xx나 끊긴 연결은
결과를 모르는 것**이니 같은 주문번호나 같은 \`Idempotency-Key\`로 다시 요청하세요.
\`{"message":"Not Found"}\`는 API Gateway의 답으로, 그런 주소가 없다는 뜻입니다. 메서드와 경로, 끝의 \`/\`를 확인하세요.

Decide by \`code\`, show \`detail\` to people, and report \`request_id\`. \`type\` is \`PAY_DOCS_URL\` with the code behind it, \`/errors/\`
by default. 400 is the request's form, 409 the present state, 422 a rule or the provider, 503 that nothing was started. **A 5xx
without a \`code\`, or a broken connection, leaves the outcome unknown**: repeat it under the same order number or
\`Idempotency-Key\`. \`{"message":"Not Found"}\` is API Gateway's word for an address that is none: check the method, the path and a
\`/\` at its end.
`;

/** In the order of the codes. Throws where the texts do not fit them. */
function textsInOrder(texts: readonly ProblemText[]): readonly ProblemText[] {
  const told = texts.map(({ code }) => code);
  const wrong = codes.filter((code) => told.filter((one) => one === code).length !== 1);
  const unknown = told.filter((code) => !codes.includes(code));
  if (wrong.length + unknown.length > 0)
    throw new Error(`not told once: ${[...wrong, ...unknown].join(", ")}`);
  return codes.flatMap((code) => texts.filter((text) => text.code === code));
}

/** What stands under each code on its own, away from the other pages. */
export const explainedCodes = (): ReadonlyMap<string, string> =>
  new Map(textsInOrder(problemTexts).map((text) => [text.code, explain(text, (rule) => rule)]));

export const problemsPage = (texts: readonly ProblemText[] = problemTexts): string =>
  [introduction, index(), "", ...textsInOrder(texts).map(section)].join("\n");

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/problems.md"), problemsPage());
