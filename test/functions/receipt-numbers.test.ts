// The number a receipt is issued to, at both doors of the built function: what is taken, what is refused and in
// which words, and that nothing refused reaches PortOne or a log line.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await payByTransfer(doors.shop, "ord-kept");
});
afterAll(() => stack?.close());
afterAll(() => {
  const numbers = /01012345678|010-1234-5678|117-?81-?7826|800101-?1234567|800230|1{13}|1{12}/;
  for (const line of stack.logLines()) expect(line).not.toMatch(numbers);
});

const sale = { name: "무통장 입금 주문", amount: 55_000, buyer_name: "홍길동" };
const issueOf = (path: string, body: Json) =>
  doors.merchant("POST", path, { body: { product_type: "real", ...body } });
const ofOrder = (body: Json) => issueOf("/orders/ord-kept/receipt", body);
const ofSale = (uid: string, body: Json) => issueOf(`/receipts/external/${uid}`, { ...sale, ...body });

let sales = 0;
function nextUid(): string {
  sales += 1;
  return `sale-${sales}`;
}

async function sentToPortOne(work: () => Promise<Reply>) {
  await doors.shop.local("DELETE", "/calls");
  const reply = await work();
  const { portone } = await doors.shop.local<{ portone: { by_function: Json } }>("GET", "/calls");
  return { reply, calls: portone.by_function };
}

describe("is taken, and told by its mask alone", () => {
  it.each([
    ["phone", "01012345678", "010****5678", "person"],
    ["phone", "010-1234-5678", "010****5678", "person"],
    ["phone", " 010 1234 5678 ", "010****5678", "person"],
    ["phone", "0111234567", "011***4567", "person"],
    ["phone", "010-000-1234", "010***1234", "person"],
    ["business", "1178178260", "117***8260", "company"],
    ["business", "117-81-78260", "117***8260", "company"],
    ["person", "8001011234567", "800******4567", "person"],
    ["person", "800101-1234567", "800******4567", "person"],
    ["taxcard", "1".repeat(13), "111******1111", "person"],
    ["taxcard", "1".repeat(19), `111${"*".repeat(12)}1111`, "person"],
    [undefined, "010-1234-5678", "010****5678", "person"],
    [undefined, "117-81-78260", "117***8260", "company"],
  ])("%s %j: %s, a %s's where nothing is said", async (identifier_type, identifier, masked, type) => {
    const uid = nextUid();
    const reply = await ofSale(uid, { identifier_type, identifier });
    expect(reply.status, reply.text).toBe(201);
    expect(reply.json).toMatchObject({ identifier_masked: masked, type });
    expect(reply.text).not.toContain(identifier.replaceAll(/\D/g, ""));
    const state = await doors.shop.control<{ external_receipts: readonly Json[] }>("GET", "/state");
    expect(state.external_receipts.find((receipt) => receipt["merchant_uid"] === uid)).toMatchObject({
      identifier: identifier.replaceAll(/\D/g, ""),
      type,
    });
  });

  it.each([
    ["phone", "010-1234-5678"],
    ["taxcard", "1".repeat(16)],
  ])("%s %j, to prove an expenditure where that is said", async (identifier_type, identifier) => {
    const reply = await ofSale(nextUid(), { identifier_type, identifier, type: "company" });
    expect([reply.status, reply.json["type"]]).toEqual([201, "company"]);
  });

  it("whether its usual type is said or not: the same request", async () => {
    const business = { identifier_type: "business", identifier: "117-81-78260" };
    const uid = nextUid();
    await doors.shop.fault("answer_lost_after_effect", "POST /receipts/external/{merchant_uid}");
    expect((await ofSale(uid, business)).status).toBe(202);
    const repeated = await ofSale(uid, { ...business, identifier: "1178178260", type: "company" });
    expect([repeated.status, repeated.json["state"]], repeated.text).toEqual([201, "issued"]);
  });
});

const forms =
  "현금영수증 발급 번호가 올바르지 않습니다. 숫자만 보내세요(하이픈과 공백은 빼고 읽습니다): 휴대폰 010은 11자리, 011·016~019는 10~11자리, 자진발급 010-000-1234, 사업자등록번호 10자리, 주민등록번호 13자리, 현금영수증카드 13~19자리.";

describe("is refused, and nothing is sent", () => {
  it.each<[string, string, Json, string]>([
    ["an empty one", "/identifier", { identifier: "" }, forms],
    ["one of hyphens and spaces", "/identifier", { identifier: "- -" }, forms],
    ["one with a letter", "/identifier", { identifier: "0101234567a" }, forms],
    ["one with dots", "/identifier", { identifier: "010.1234.5678" }, forms],
    ["one with slashes", "/identifier", { identifier: "010/1234/5678" }, forms],
    ["one with a tab", "/identifier", { identifier: "010\t12345678" }, forms],
    ["one with a line's end", "/identifier", { identifier: "010\n12345678" }, forms],
    ["one abroad", "/identifier", { identifier: "+821012345678" }, forms],
    ["full-width digits", "/identifier", { identifier: "０１０１２３４５６７８" }, forms],
    ["a digit too few", "/identifier", { identifier_type: "phone", identifier: "0101234567" }, forms],
    ["a landline", "/identifier", { identifier_type: "phone", identifier: "02-1670-5176" }, forms],
    ["another kind than said", "/identifier", { identifier_type: "phone", identifier: "1178178260" }, forms],
    ["a card of 12 digits", "/identifier", { identifier_type: "taxcard", identifier: "1".repeat(12) }, forms],
    ["a card of 20 digits", "/identifier", { identifier_type: "taxcard", identifier: "1".repeat(20) }, forms],
    [
      "a wrong check digit",
      "/identifier",
      { identifier_type: "business", identifier: "117-81-78261" },
      "사업자등록번호의 마지막 검증 숫자가 맞지 않습니다. 번호를 다시 확인해 주세요.",
    ],
    [
      "a resident number of 30 February",
      "/identifier",
      { identifier_type: "person", identifier: "800230-1234567" },
      "주민등록번호의 생년월일이나 일곱째 숫자가 올바르지 않습니다. 번호를 다시 확인하거나 휴대폰 번호로 발급해 주세요.",
    ],
    [
      "the self-issue number as a business's",
      "/type",
      { identifier: "010-000-1234", type: "company" },
      "자진발급 번호(010-000-1234)로는 소득공제용만 발급할 수 있습니다. type을 빼거나 person으로 보내 주세요. 지출증빙용은 구매자의 사업자등록번호로 발급합니다.",
    ],
    [
      "a business number as a person's",
      "/type",
      { identifier_type: "business", identifier: "1178178260", type: "person" },
      "사업자등록번호로는 지출증빙용만 발급할 수 있습니다. type을 빼거나 company로 보내 주세요. 소득공제용은 휴대폰 번호, 주민등록번호, 현금영수증카드 번호로 발급합니다.",
    ],
  ])("%s", async (_, pointer, body, detail) => {
    for (const issue of [ofOrder, (asked: Json) => ofSale("sale-none", asked)]) {
      const { reply, calls } = await sentToPortOne(() => issue(body));
      expect([...named(reply), ...pointers(reply)], reply.text).toEqual([422, "identifier_invalid", pointer]);
      expect(reply.json["detail"]).toBe(detail);
      expect(calls).toEqual({});
    }
    expect(await doors.shop.order("ord-kept")).toMatchObject({ receipt: null, operation: null });
  });

  it("beside everything else that is wrong, at once", async () => {
    const reply = await doors.merchant("POST", "/receipts/external/sale-none", {
      body: { name: "주문", amount: 1, identifier: "0101234567a" },
    });
    const errors = reply.json["errors"] as readonly Json[];
    expect(errors.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["product_type_required", "/product_type"],
      ["buyer_name_required", "/buyer_name"],
      ["identifier_invalid", "/identifier"],
    ]);
  });
});
