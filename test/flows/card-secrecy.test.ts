// Nothing a card holder typed in is anywhere after a run with every kind of ending: not in a log line, not
// in the table, not in an answer or an error. Searched in clear, without hyphens, base64 and URL-encoded.
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;
const answers: string[] = [];

interface Card {
  readonly card_number: string;
  readonly expiry: string;
  readonly birth: string;
  readonly pwd_2digit: string;
}
/** All Luhn-valid and each used once, so that a finding names its story. */
const cards = {
  paid: { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "73" },
  declined: { card_number: "4518-4200-0005-0002", expiry: "2031-11", birth: "910527", pwd_2digit: "74" },
  refused: { card_number: "4518-4200-0002-0005", expiry: "2031-10", birth: "1178178260", pwd_2digit: "75" },
  lost: { card_number: "4111-1111-1111-1111", expiry: "2031-09", birth: "790831", pwd_2digit: "76" },
  killed: { card_number: "5105-1051-0510-5100", expiry: "2031-08", birth: "880704", pwd_2digit: "77" },
  malformed: { card_number: "4242-4242-4242-4242", expiry: "2031/07", birth: "991399", pwd_2digit: "7a" },
} satisfies Record<string, Card>;

const debt = (merchant_uid: string): Json => ({
  merchant_uid,
  name: "정기구독 8월분",
  amount: 8_900,
  buyer_name: "홍길동",
  product_type: "digital",
});

/** The ways a secret may be written. */
const formsOf = (secret: string): readonly string[] => {
  const bare = secret.replaceAll("-", "");
  return [secret, bare].flatMap((text) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString("base64").replace(/=+$/, ""),
  ]);
};

/** Two digits stand in every text; they are a leak where they are named. */
const passwordForms = (digits: string): readonly string[] =>
  [`"pwd_2digit":"${digits}"`, `pwd_2digit=${digits}`, `pwd2Digit":"${digits}`].flatMap((text) => [
    text,
    text.replaceAll('"', '\\"'),
  ]);

const secretsOf = (card: Card): readonly string[] => [
  ...formsOf(card.card_number),
  ...formsOf(card.birth),
  ...passwordForms(card.pwd_2digit),
];

/** Which cards' data stands in the text. */
const leaksIn = (text: string): readonly string[] =>
  Object.entries(cards).flatMap(([name, card]) =>
    secretsOf(card)
      .filter((form) => text.includes(form))
      .map((form) => `${name}: ${form}`),
  );

async function keep(call: Promise<Reply>): Promise<Reply> {
  const reply = await call;
  answers.push(reply.text, JSON.stringify([...reply.headers]));
  return reply;
}
const onetime = (merchantUid: string, card: Card, more: Json = {}) =>
  keep(shop.merchant("POST", "/payments/onetime", { ...debt(merchantUid), ...card, ...more }));

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_LOG_LEVEL: "debug" } });
  shop = new Shop(stack);
  await onetime("leak-paid", cards.paid);
  await onetime("leak-paid", cards.paid);
  await onetime("leak-declined", cards.declined);
  await onetime("leak-refused", cards.refused);
  await onetime("leak-malformed", cards.malformed);
  await onetime("leak-unknown-field", cards.malformed, { card_no: cards.malformed.card_number });
  await shop.fault("answer_lost_after_effect", "POST /subscribe/payments/onetime", {
    merchant_uid: "leak-lost",
  });
  await onetime("leak-lost", cards.lost);
  await shop.fault("reset_mid_body", "POST /subscribe/payments/onetime", { merchant_uid: "leak-reset" });
  await onetime("leak-reset", cards.lost);
  await shop.local("POST", "/faults", {
    name: "crash_after",
    function: "billing",
    call: "POST /subscribe/payments/onetime",
  });
  await onetime("leak-killed", cards.killed);
  await shop.local("DELETE", "/faults");
  await shop.local("POST", "/faults", { name: "dynamodb_down", function: "billing", count: 3 });
  await onetime("leak-down", cards.lost);
  await shop.local("DELETE", "/faults");
  await keep(shop.merchant("POST", "/customers/leak/billing-key", { ...cards.paid }));
  await keep(shop.merchant("POST", "/customers/leak/billing-key", { ...cards.malformed }));
  await onetime("leak-two-steps", cards.paid, { customer_uid: "leak-2", issue_key: true });
  await keep(
    shop.anybody("POST", "/2015-03-31/functions/billing/invocations", {
      action: "billing.onetime",
      ...debt("leak-direct"),
      ...cards.paid,
    }),
  );
  await shop.advance(11 * 60_000);
  await shop.sweep();
});
afterAll(() => stack?.close());

async function tableText(): Promise<string> {
  const client = new DynamoDBClient({
    endpoint: stack.dynamodbUrl,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: stack.table }));
  client.destroy();
  expect(Items.length).toBeGreaterThan(5);
  return JSON.stringify(Items);
}

describe("S43 of the cards that were used", () => {
  it("nothing is in any answer or header", () => {
    expect(answers.length).toBeGreaterThan(20);
    expect(leaksIn(answers.join("\n"))).toEqual([]);
  });

  it("nothing is in any log line", () => {
    expect(stack.logLines().length).toBeGreaterThan(10);
    expect(leaksIn(stack.logLines().join("\n"))).toEqual([]);
  });

  it("nothing is in the table", async () => {
    expect(leaksIn(await tableText())).toEqual([]);
  });

  it("nothing is in what the local host tells of calls and faults", async () => {
    const told = [await shop.local("GET", "/calls"), await shop.local("GET", "/faults")];
    expect(leaksIn(JSON.stringify(told))).toEqual([]);
  });

  it.each([
    ["in clear", '{"card_number":"4518-4200-0000-0015"}', "paid"],
    ["without hyphens", "card 5105105105105100 refused", "killed"],
    ["in base64", Buffer.from("4111-1111-1111-1111").toString("base64"), "lost"],
    ["a birth date", "birth=910527", "declined"],
    ["a password's digits", '{"pwd_2digit":"75"}', "refused"],
  ])("a planted leak would be found %s", (_, planted, name) => {
    expect(leaksIn(planted).join(" ")).toContain(name);
  });
});
