// The simulator's real answers to every operation it has, held against the API description from outside.
import { expect, it } from "vitest";
import { simulatorForTest } from "../simulator/testing/simulator-client.ts";
import { operationNames } from "./openapi-document.ts";
import { checkAnswer } from "./openapi-validator.ts";

type Call = readonly [method: string, template: string, path: string, body?: Record<string, unknown>];

it("answers every operation as described, success and refusal alike", async () => {
  const simulator = await simulatorForTest();
  const card = await simulator.pay();
  const vbank = await simulator.pay({ merchant_uid: "ord-2", pay_method: "vbank", vbank_due: "2026-08-08" });
  await simulator.pay({ merchant_uid: "ord-3", currency: "USD", amount: 10.99, tax_free: 0 });
  const transfer = await simulator.pay({ merchant_uid: "ord-4", pay_method: "trans" });
  const escrow = await simulator.pay({ merchant_uid: "ord-7", pay_method: "trans", escrow: true });
  const receipt = { identifier: "01012345678", type: "person", product_type: "real", buyer_name: "홍길동" };
  const external = { ...receipt, channel_key: "channel-key-1", name: "무통장 입금 주문", amount: 55000 };
  const charge = {
    merchant_uid: "ord-6",
    amount: 8900,
    tax_free: 0,
    name: "정기 구독",
    buyer_name: "홍길동",
    product_type: "digital",
  };
  const account = { channel_key: "channel-key-1", vbank_code: "088", vbank_due: 1_786_159_200 };
  const cardFields = { card_number: "4518-4200-0000-0015", expiry: "2029-12" };
  const declinedCard = { ...cardFields, card_number: "4518-4200-0005-0002" };
  const brokenCard = { ...cardFields, card_number: "4518-4200-0002-0005" };
  const key = { ...cardFields, channel_key: "channel-key-1", birth: "820213", pwd_2digit: "00" };
  const again = { customer_uid: "user42-card1" };
  const uid = "ord-20260805-000142";
  const prepare = { merchant_uid: "ord-9", amount: 5000, currency: null };
  const calls: Call[] = [
    ["POST", "/payments/prepare", "/payments/prepare", prepare],
    ["POST", "/payments/prepare", "/payments/prepare", prepare],
    ["PUT", "/payments/prepare", "/payments/prepare", prepare],
    ["GET", "/payments/prepare/{merchant_uid}", "/payments/prepare/ord-9"],
    ["GET", "/payments/prepare/{merchant_uid}", "/payments/prepare/ord-8"],
    ["GET", "/payments/{imp_uid}", `/payments/${card}`],
    ["GET", "/payments/{imp_uid}", `/payments/${vbank}?include_sandbox=true`],
    ["GET", "/payments/{imp_uid}", "/payments/imp_0"],
    ["GET", "/payments", `/payments?imp_uid[]=${card}&imp_uid[]=imp_0`],
    ["GET", "/payments/find/{merchant_uid}", `/payments/find/${uid}`],
    ["GET", "/payments/find/{merchant_uid}/{payment_status}", `/payments/find/${uid}/paid?sorting=-paid`],
    ["GET", "/payments/findAll/{merchant_uid}", `/payments/findAll/${uid}?page=1&limit=100`],
    ["GET", "/payments/findAll/{merchant_uid}/{payment_status}", `/payments/findAll/${uid}/failed`],
    ["GET", "/payments/status/{payment_status}", "/payments/status/all?limit=1"],
    ["GET", "/payments/status/{payment_status}", "/payments/status/paid?page=9"],
    [
      "POST",
      "/payments/cancel",
      "/payments/cancel",
      { imp_uid: card, amount: 1000, checksum: 109000, reason: "변심" },
    ],
    ["POST", "/payments/cancel", "/payments/cancel", { imp_uid: card, amount: 1000, checksum: 109000 }],
    ["POST", "/payments/cancel", "/payments/cancel", { imp_uid: card }],
    ["POST", "/receipts/{imp_uid}", `/receipts/${transfer}`, receipt],
    ["POST", "/receipts/{imp_uid}", `/receipts/${transfer}`, receipt],
    ["GET", "/receipts/{imp_uid}", `/receipts/${transfer}`],
    ["GET", "/receipts/{imp_uid}", `/receipts/${card}`],
    ["DELETE", "/receipts/{imp_uid}", `/receipts/${transfer}`],
    ["DELETE", "/receipts/{imp_uid}", `/receipts/${card}`],
    ["POST", "/receipts/external/{merchant_uid}", "/receipts/external/ord-5", external],
    ["POST", "/receipts/external/{merchant_uid}", "/receipts/external/ord-5", external],
    ["GET", "/receipts/external/{merchant_uid}", "/receipts/external/ord-5"],
    ["GET", "/receipts/external/{merchant_uid}", "/receipts/external/ord-6"],
    ["DELETE", "/receipts/external/{merchant_uid}", "/receipts/external/ord-5"],
    ["DELETE", "/receipts/external/{merchant_uid}", "/receipts/external/ord-6"],
  ];
  calls.push(
    ["GET", "/payments/{imp_uid}/balance", `/payments/${card}/balance`],
    ["GET", "/payments/{imp_uid}/balance", "/payments/imp_0/balance"],
    ["GET", "/users/pg", "/users/pg"],
    ["GET", "/cards", "/cards"],
    ["GET", "/cards/{card_standard_code}", "/cards/366"],
    ["GET", "/cards/{card_standard_code}", "/cards/999"],
    ["GET", "/banks", "/banks"],
    ["GET", "/banks/{bank_standard_code}", "/banks/088"],
    ["GET", "/banks/{bank_standard_code}", "/banks/999"],
    ["POST", "/vbanks", "/vbanks", { ...charge, ...account }],
    ["POST", "/vbanks", "/vbanks", { ...charge, ...account, vbank_code: "999" }],
    ["PUT", "/vbanks/{imp_uid}", `/vbanks/${vbank}`, {}],
    ["DELETE", "/vbanks/{imp_uid}", `/vbanks/${vbank}`],
    ["DELETE", "/vbanks/{imp_uid}", `/vbanks/${vbank}`],
    ["DELETE", "/vbanks/{imp_uid}", "/vbanks/imp_0"],
    ["POST", "/subscribe/payments/onetime", "/subscribe/payments/onetime", { ...charge, ...cardFields }],
    ["POST", "/subscribe/payments/onetime", "/subscribe/payments/onetime", { ...charge, ...declinedCard }],
    ["POST", "/subscribe/payments/onetime", "/subscribe/payments/onetime", { ...charge, ...brokenCard }],
    ["POST", "/subscribe/customers/{customer_uid}", "/subscribe/customers/user42-card1", key],
    [
      "POST",
      "/subscribe/customers/{customer_uid}",
      "/subscribe/customers/user43-card1",
      { ...key, birth: "" },
    ],
    ["GET", "/subscribe/customers/{customer_uid}", "/subscribe/customers/user42-card1"],
    ["GET", "/subscribe/customers/{customer_uid}", "/subscribe/customers/user43-card1"],
    [
      "GET",
      "/subscribe/customers",
      "/subscribe/customers?customer_uid[]=user42-card1&customer_uid[]=user43-card1",
    ],
    ["GET", "/subscribe/customers", "/subscribe/customers?customer_uid[]=user43-card1"],
    ["POST", "/subscribe/payments/again", "/subscribe/payments/again", { ...charge, ...again }],
    ["GET", "/subscribe/customers/{customer_uid}/payments", "/subscribe/customers/user42-card1/payments"],
    ["GET", "/subscribe/customers/{customer_uid}/payments", "/subscribe/customers/user43-card1/payments"],
    ["DELETE", "/subscribe/customers/{customer_uid}", "/subscribe/customers/user42-card1?reason=x"],
    ["DELETE", "/subscribe/customers/{customer_uid}", "/subscribe/customers/user42-card1"],
  );
  const soon = Math.floor(Date.parse("2026-08-05T13:00:00+09:00") / 1000);
  const schedulePath = "/subscribe/payments/schedule";
  const schedule = `${schedulePath}/{merchant_uid}`;
  const ofDay = `from=${soon - 86_400}&to=${soon + 86_400}`;
  const reserve = (merchant_uid: string, schedule_at: number) => ({
    customer_uid: "broke-card1",
    schedules: [{ ...charge, merchant_uid, currency: "KRW", schedule_at }],
  });
  const parcel = {
    sender: { name: "샘플상점", tel: "02-000-0000", addr: "서울", postcode: "04783" },
    receiver: { name: "홍길동", tel: "010-0000-0000", addr: "부산", postcode: "48058" },
    logis: { company: "CJGLS", invoice: "600000000000", sent_at: soon },
  };
  calls.push(
    [
      "POST",
      "/subscribe/customers/{customer_uid}",
      "/subscribe/customers/broke-card1",
      { ...key, ...declinedCard },
    ],
    ["POST", schedulePath, schedulePath, reserve("sub-1", soon)],
    ["POST", schedulePath, schedulePath, reserve("sub-1", soon)],
    ["POST", schedulePath, schedulePath, reserve("sub-2", soon + 3_600)],
    ["GET", schedulePath, `${schedulePath}?schedule_from=${soon - 1}&schedule_to=${soon + 7_200}`],
    // Longer than the three months a list may span.
    ["GET", schedulePath, `${schedulePath}?schedule_from=1&schedule_to=${soon}`],
    [
      "GET",
      `${schedulePath}/customers/{customer_uid}`,
      `${schedulePath}/customers/broke-card1?${ofDay}&schedule-status=scheduled`,
    ],
    [
      "GET",
      "/subscribe/customers/{customer_uid}/schedules",
      `/subscribe/customers/broke-card1/schedules?${ofDay}`,
    ],
    ["GET", schedule, `${schedulePath}/sub-1`],
    ["GET", schedule, `${schedulePath}/sub-9`],
    ["PUT", schedule, `${schedulePath}/sub-2`, { schedule_at: soon + 7_200 }],
    ["PUT", schedule, `${schedulePath}/sub-2`, { schedule_at: 1 }],
    [
      "POST",
      "/subscribe/payments/unschedule",
      "/subscribe/payments/unschedule",
      { customer_uid: "broke-card1", merchant_uid: ["sub-2"] },
    ],
    [
      "POST",
      "/subscribe/payments/unschedule",
      "/subscribe/payments/unschedule",
      { customer_uid: "broke-card1", merchant_uid: ["sub-2"] },
    ],
    ["POST", "/escrows/logis/{imp_uid}", `/escrows/logis/${card}`, parcel],
    ["POST", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`, parcel],
    ["POST", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`, parcel],
    ["PUT", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`, parcel],
    ["GET", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`],
    ["GET", "/escrows/logis/{imp_uid}", "/escrows/logis/imp_0"],
    ["POST", "/users/getToken", "/users/getToken", { imp_key: "wrong", imp_secret: "wrong" }],
  );
  const laterCalls: Call[] = [
    ["GET", schedule, `${schedulePath}/sub-1`],
    ["POST", `${schedule}/retry`, `${schedulePath}/sub-1/retry`, {}],
    ["POST", `${schedule}/retry`, `${schedulePath}/sub-2/retry`, {}],
    ["POST", `${schedule}/reschedule`, `${schedulePath}/sub-1/reschedule`, { schedule_at: soon + 86_400 }],
    ["POST", `${schedule}/reschedule`, `${schedulePath}/sub-9/reschedule`, { schedule_at: soon + 86_400 }],
    ["PUT", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`, parcel],
    ["GET", "/escrows/logis/{imp_uid}", `/escrows/logis/${escrow}`],
  ];
  const hold = async ([method, template, path, body]: Call) => {
    const { status, ...answer } = await simulator.api(method, path, body);
    expect(checkAnswer(method, template, status, answer), `${method} ${path}`).toEqual([]);
  };
  for (const call of calls) await hold(call);
  // The reserved charge is tried, and the parcel can be seen.
  await simulator.control("POST", "/clock", { advance_ms: 2 * 3_600_000 });
  await simulator.login();
  expect((await simulator.api("GET", `${schedulePath}/sub-1`)).response["payment_status"]).toBe("failed");
  for (const call of laterCalls) await hold(call);
  const held = new Set([...calls, ...laterCalls].map(([method, template]) => `${method} ${template}`));
  expect([...held].toSorted()).toEqual(operationNames.toSorted());
  expect((await simulator.control("GET", "/violations"))["violations"]).toEqual([]);
});
