// PortOne's and the card company's own words, however broken or long they come: never a reason to fail, and never more
// than an item has room for.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeAttempt } from "../../lib/dynamodb/attempt-item.ts";
import { createAmounts } from "../../lib/portone/amounts.ts";
import { createBillingKeys } from "../../lib/portone/billing-keys.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { createDeliveries } from "../../lib/portone/deliveries.ts";
import { createPaymentLists } from "../../lib/portone/payment-lists.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { createSchedules } from "../../lib/portone/schedules.ts";
import { itemBytes } from "../support/item-bytes.ts";
import { createdOrder, synced, untold, won } from "../support/orders.ts";
import {
  callerTo,
  json,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  type Turn,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const caller = () => callerTo(portone.url);
const impUid = "imp_730112845061";
async function recordOf(more: Record<string, unknown>) {
  portone.turns = [success(wirePayment(more))];
  const fetched = await createPayments(caller(), false).fetchPayment(impUid);
  if (fetched.outcome !== "found") throw new Error(JSON.stringify(fetched));
  return fetched.record;
}
const bytes = (text: string | null | undefined) => Buffer.byteLength(text ?? "");

/** What no program should write into a name, and what is left of it. */
const broken: readonly [string, string, string][] = [
  ["half an emoji", "신한 \ud83c", "신한 \ufffd"],
  ["the other half", "\udf81신한", "\ufffd신한"],
  ["NUL", "신한\u0000카드", "신한 카드"],
  ["lines", " 신한\r\n카드\u2028", "신한 카드"],
  ["NUL alone", "\u0000\u0000", ""],
  ["ten thousand characters", "신한".repeat(5_000), "신한".repeat(10)],
  ["ten thousand emoji", "🎁".repeat(10_000), "🎁".repeat(15)],
  ["families to the edge", "👨‍👩‍👧‍👦".repeat(400), "👨‍👩‍👧‍👦".repeat(2)],
];

describe("a record", () => {
  it.each(broken)("with %s in its names", async (_, given, kept) => {
    const account = { vbank_num: "110-123-456789", vbank_name: given, vbank_holder: given };
    const record = await recordOf({ ...account, card_name: given });
    expect([record.account?.bankName, record.account?.holder]).toEqual([kept, kept]);
    expect(record.slip.cardName).toBe(kept || null);
  });

  it.each([
    ["fail_reason", 300, "failReason"],
    ["pay_method", 40, "payMethod"],
  ] as const)("with ten thousand characters of %s keeps %d bytes", async (field, most, name) => {
    const record = await recordOf({ [field]: "한도초과 \ud83c\u0000".repeat(1_000) });
    expect(bytes(record[name])).toBeLessThanOrEqual(most);
    expect(bytes(record[name])).toBeGreaterThan(most - 15);
    expect(record[name]).toMatch(/^한도초과 \ufffd/);
  });

  it("with a sales slip keeps of it what PortOne's page lets there be", async () => {
    const told = {
      card_name: "신한카드",
      card_number: "4518-4212-3456-0015",
      apply_num: "3".repeat(21),
      card_quota: 3,
      receipt_url: "https://pgims.ksnet.co.kr/1",
      emb_pg_provider: "k".repeat(17),
      pg_tid: "1".repeat(65),
    };
    expect((await recordOf(told)).slip).toEqual({
      cardName: "신한카드",
      cardNumber: "451842******0015",
      applyNum: "3".repeat(20),
      cardQuota: 3,
      receiptUrl: "https://pgims.ksnet.co.kr/1",
      embPgProvider: "k".repeat(16),
      pgTid: "1".repeat(64),
    });
    expect((await recordOf({ card_number: "4".repeat(30) })).slip.cardNumber).toBe("4".repeat(20));
    const empty = Object.fromEntries(Object.keys(told).map((name) => [name, ""]));
    expect((await recordOf(empty)).slip).toEqual(untold);
  });

  it("keeps an address whole or not at all", async () => {
    const url = "https://iniweb.inicis.com/receipt/1";
    expect((await recordOf({ receipt_url: url })).slip.receiptUrl).toBe(url);
    const longest = url.padEnd(160, "r");
    expect((await recordOf({ receipt_url: longest })).slip.receiptUrl).toBe(longest);
    expect((await recordOf({ receipt_url: `${longest}r` })).slip.receiptUrl).toBeNull();
    for (const broken of [`${url}?${"r".repeat(10_000)}`, `${url}\u0000`, `${url}\ud83c`, ""])
      expect((await recordOf({ receipt_url: broken })).slip.receiptUrl).toBeNull();
  });

  it("with everything in it too long is no larger in an item than it should be", async () => {
    const long = "한도초과\ud83c\u0000".repeat(2_000);
    const names = ["vbank_code", "vbank_name", "vbank_num", "vbank_holder", "card_name", "card_number"];
    const more = Object.fromEntries([...names, "apply_num", "fail_reason"].map((name) => [name, long]));
    const record = await recordOf({
      ...more,
      pay_method: "vbank",
      status: "ready",
      paid_at: 0,
      vbank_date: 1_786_000_000,
    });
    const order = synced(createdOrder({ payMethod: "vbank" }), [record]);
    const [attempt] = order.attempts;
    expect(attempt).toMatchObject({ state: "ready" });
    if (attempt) expect(itemBytes({ attempt: encodeAttempt(attempt, order) })).toBeLessThanOrEqual(512);
  });

  it("whose broken words are names of the shop's is found as any", async () => {
    const record = await recordOf({ name: "\ud83c", buyer_name: "\u0000", custom_data: "\udf81" });
    expect(record).toMatchObject({ impUid, status: "paid", amount: won(109_000) });
  });

  it("is well-formed in whatever else it says", async () => {
    const cancel = { cancellation_id: "c-\ud83c", amount: 1, cancelled_at: 1, reason: "\udf81" };
    const record = await recordOf({ pg_id: "\ud83c", cancel_history: [cancel] });
    expect(record).toMatchObject({
      pgId: "\ufffd",
      cancels: [{ cancellationId: "1-0", reason: "\ufffd" }],
    });
  });

  it.each([
    ["in a page", { next: 0, total: 1, previous: 0, list: [wirePayment({ card_name: "\ud83c" })] }],
    ["in a list", [wirePayment({ card_name: "\ud83c" })]],
  ])("%s", async (_, response) => {
    portone.turns = [success(response)];
    const lists = createPaymentLists(caller());
    const found = Array.isArray(response)
      ? await lists.fetchPayments([impUid])
      : await lists.listPayments("paid", { fromMs: 0, toMs: 1 }, 1);
    expect(found).toMatchObject({
      outcome: "found",
      unreadable: [],
      records: [{ slip: { cardName: "\ufffd" } }],
    });
  });
});

describe("a refusal's message", () => {
  const refuse = async (message: unknown) => {
    portone.turns = [json(200, { code: 1, message, response: null })];
    const request = { impUid, amount: won(1), taxFree: won(0), checksum: won(1), currency: "KRW" as const };
    return createCancels(caller()).cancel({
      ...request,
      reason: "#k7q2m5xwa",
      requester: null,
      account: null,
    });
  };
  it.each([
    ["half an emoji", "취소 불가 \ud83c", "취소 불가 \ufffd"],
    ["NUL", "취소\u0000불가", "취소 불가"],
    ["ten thousand characters", "취소불가".repeat(2_500), "취소불가".repeat(25)],
    ["nothing", null, null],
    ["no text", 400, null],
  ])("of %s", async (_, message, told) => {
    expect(await refuse(message)).toEqual({ outcome: "refused", message: told });
  });
});

it("other records' words are as bounded", async () => {
  const long = "신한\ud83c\u0000".repeat(2_500);
  const key = { customer_uid: "user42", card_name: long, card_number: long, inserted: 1, updated: 1 };
  portone.turns = [success(key)];
  const fetched = await createBillingKeys(caller(), null).fetchKey("user42");
  expect(fetched.outcome === "found" && bytes(fetched.record?.cardName)).toBeLessThanOrEqual(60);
  const receipt = { apply_num: long, amount: 1, vat: 0, applied_at: 1, receipt_tid: long, receipt_url: long };
  portone.turns = [success(receipt)];
  const issued = await createReceipts(caller(), null).fetchReceipt({ kind: "payment", impUid });
  if (issued.outcome !== "found" || !issued.record) throw new Error(JSON.stringify(issued));
  const { applyNum, receiptTid, receiptUrl } = issued.record;
  expect([bytes(applyNum) <= 40, bytes(receiptTid) <= 40, receiptUrl]).toEqual([true, true, null]);
  const schedule = { merchant_uid: "sub-1", schedule_at: 1, amount: 8_900, schedule_status: "executed" };
  portone.turns = [success({ ...schedule, fail_reason: long })];
  const reserved = await createSchedules(caller()).fetchSchedule("sub-1");
  expect(reserved.outcome === "found" && bytes(reserved.record?.failReason)).toBeLessThanOrEqual(300);
  portone.turns = [success({ company: long, invoice: long, sent_at: 1, applied_at: 1 })];
  const parcel = await createDeliveries(caller()).fetchDelivery(impUid);
  expect(parcel.outcome === "found" && bytes(parcel.record?.invoice)).toBeLessThanOrEqual(300);
});

it("a byte order mark before an answer is skipped", async () => {
  const marked: Turn = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`\ufeff${JSON.stringify({ code: 0, message: null, response: wirePayment() })}`);
  };
  portone.turns = [marked];
  expect(await createPayments(caller(), false).fetchPayment(impUid)).toMatchObject({ outcome: "found" });
});

it.each([30.299999999999997, 30.3, 30.300000000000004])("a record of %d dollars is 30.30", async (amount) => {
  const record = await recordOf({ currency: "USD", amount, cancel_amount: 0.1 + 0.2 });
  expect([record.amount, record.cancelAmount]).toEqual([3_030, 30]);
});

it("an amount registered in doubles is the one registered", async () => {
  const registered = success({ merchant_uid: "usd-1", amount: 30.299999999999997 });
  portone.turns = [json(200, { code: 1, message: "이미 등록됨", response: null }), registered];
  const register = createAmounts(caller()).register({
    merchantUid: "usd-1",
    amount: won(3_030),
    currency: "USD",
  });
  expect(await register).toBe("registered");
});
