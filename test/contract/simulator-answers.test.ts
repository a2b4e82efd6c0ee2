// The simulator's real answers to every operation it has, held against the API description from outside.
import { expect, it } from "vitest";
import { simulatorForTest } from "../simulator/testing/simulator-client.ts";
import { checkAnswer } from "./openapi-validator.ts";

it("answers every operation as described, success and refusal alike", async () => {
  const simulator = await simulatorForTest();
  const card = await simulator.pay();
  const vbank = await simulator.pay({ merchant_uid: "ord-2", pay_method: "vbank", vbank_due: "2026-08-08" });
  await simulator.pay({ merchant_uid: "ord-3", currency: "USD", amount: 10.99, tax_free: 0 });
  const transfer = await simulator.pay({ merchant_uid: "ord-4", pay_method: "trans" });
  const receipt = { identifier: "01012345678", type: "person", product_type: "real", buyer_name: "홍길동" };
  const external = { ...receipt, channel_key: "channel-key-1", name: "무통장 입금 주문", amount: 55000 };
  const uid = "ord-20260805-000142";
  const prepare = { merchant_uid: "ord-9", amount: 5000, currency: null };
  const calls: [string, string, string, Record<string, unknown>?][] = [
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
  for (const [method, template, path, body] of calls) {
    const { status, ...answer } = await simulator.api(method, path, body);
    expect(checkAnswer(method, template, status, answer), `${method} ${path}`).toEqual([]);
  }
  expect((await simulator.control("GET", "/violations"))["violations"]).toEqual([]);
});
