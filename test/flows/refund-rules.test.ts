// S22, S23: what KSNET would refuse, said by name before anything is sent, and the split by tax that nobody has to name.
// Over sockets on the built functions; the day begins at noon on 5 August 2026 in Korea.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, type Reply, Shop } from "../support/shop.ts";
import { countCalls, deposit, issueAccount, noon } from "../support/steps.ts";

let refusing: LocalStack;
let withoutContract: LocalStack;
let shop: Shop;
let poorShop: Shop;

beforeAll(async () => {
  const nights = { PAY_PREPARE: "off", PAY_NIGHT_REFUNDS: "refuse" };
  refusing = await startStack({
    environment: { ...nights, PAY_CONTRACTS: "vbank,vbank_refund,phone,escrow" },
  });
  withoutContract = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: "vbank" } });
  shop = new Shop(refusing);
  poorShop = new Shop(withoutContract);
  await setClock(shop, noon);
  await setClock(poorShop, noon);
});
afterEach(() => setClock(shop, noon));
afterAll(async () => {
  await refusing?.close();
  await withoutContract?.close();
});

const setClock = (of: Shop, iso: string) => of.local("POST", "/clock", { set: iso });
const account = { refund_holder: "홍길동", refund_bank: "004", refund_account: "562-1110-594-8400" };

async function payBy(method: string, merchantUid: string, more: Json = {}): Promise<void> {
  await shop.pay(await shop.createOrder(merchantUid, { pay_method: method, ...more }));
  await shop.notices(merchantUid, 1);
}

async function payIntoAccount(of: Shop, merchantUid: string): Promise<void> {
  const { imp_uid } = await issueAccount(of, merchantUid);
  await deposit(of, imp_uid);
  await of.notices(merchantUid, 2);
}

/** The refusal, whole; nothing was asked of PortOne for it, and nothing is changed. */
async function refusedWithoutCall(of: Shop, merchantUid: string, body: Json): Promise<Reply> {
  const before = await of.order(merchantUid);
  let reply: Reply | null = null;
  const calls = await countCalls(of, async () => {
    reply = await of.refund(merchantUid, "key-refused", body);
  });
  expect(calls.portone.by_function["refund"] ?? {}).toEqual({});
  expect(await of.order(merchantUid)).toEqual(before);
  if (reply === null) throw new Error("no reply");
  return reply;
}

async function expectRule(of: Shop, merchantUid: string, body: Json, rule: string, pointers: string[]) {
  const { status, json, text } = await refusedWithoutCall(of, merchantUid, body);
  const [id, code] = rule.split(" ");
  expect([status, json["rule"], json["code"]], text).toEqual([422, id, code]);
  expect(json["detail"]).toMatch(/\p{Script=Hangul}/u);
  expect((json["errors"] as Json[]).map(({ pointer }) => pointer)).toEqual(pointers);
}

describe("S23 what KSNET refuses is said by name, and no call is made", () => {
  it("R-KS-4 the tenth part, also the one that clears the rest", async () => {
    await payByTransfer(shop, "ord-s23-parts");
    for (let part = 1; part <= 9; part += 1)
      expect((await shop.refund("ord-s23-parts", `key-${part}`, { amount: 1_000 })).status).toBe(200);
    const limit = "R-KS-4 partial_refund_limit_reached";
    await expectRule(shop, "ord-s23-parts", { amount: 1_000 }, limit, ["/amount"]);
    await expectRule(shop, "ord-s23-parts", {}, limit, ["/amount"]);
    const { json } = await shop.refund("ord-s23-parts", "key-rest", {});
    expect(json).toMatchObject({ remaining: 100_000, remaining_tax_free: 2_757 });
  });

  it("R-KS-5 after six months; on their last day it goes", async () => {
    await payByTransfer(shop, "ord-s23-late");
    await setClock(shop, "2027-02-06T00:00:01+09:00");
    await expectRule(shop, "ord-s23-late", { amount: 1_000 }, "R-KS-5 refund_window_closed", ["/amount"]);
    await setClock(shop, "2027-02-05T23:59:00+09:00");
    expect((await shop.refund("ord-s23-late", "key", { amount: 1_000 })).status).toBe(200);
  });

  it("R-KS-6 a virtual account at night, where nights are refused", async () => {
    await payIntoAccount(shop, "ord-s23-night");
    const night = "R-KS-6 vbank_refund_closed_at_night";
    for (const time of ["05T22:58:00", "05T23:00:00", "06T05:59:59"]) {
      await setClock(shop, `2026-08-${time}+09:00`);
      await expectRule(shop, "ord-s23-night", { amount: 1_000, ...account }, night, ["/refund_account"]);
    }
    await setClock(shop, "2026-08-06T06:00:00+09:00");
    expect((await shop.refund("ord-s23-night", "key", { amount: 1_000, ...account })).status).toBe(200);
  });

  it("R-KS-7 a virtual account without the contract", async () => {
    await payIntoAccount(poorShop, "ord-s23-contract");
    const missing = "R-KS-7 vbank_refund_not_contracted";
    await expectRule(poorShop, "ord-s23-contract", { amount: 1_000, ...account }, missing, [
      "/refund_account",
    ]);
  });

  it("R-KS-8 a virtual account without its account: each part that is missing", async () => {
    await payIntoAccount(shop, "ord-s23-account");
    const rule = "R-KS-8 refund_account_required";
    const all = ["/refund_holder", "/refund_bank", "/refund_account"];
    await expectRule(shop, "ord-s23-account", { amount: 1_000 }, rule, all);
    const { refund_bank: _, ...part } = account;
    await expectRule(shop, "ord-s23-account", { amount: 1_000, ...part }, rule, ["/refund_bank"]);
    expect((await shop.refund("ord-s23-account", "key", { amount: 1_000, ...account })).status).toBe(200);
  });

  it("R-KS-9 R-KS-10 a phone payment's part, and the month after", async () => {
    await payBy("phone", "ord-s23-phone");
    const part = "R-KS-9 phone_partial_refund_unsupported";
    await expectRule(shop, "ord-s23-phone", { amount: 108_999 }, part, ["/amount"]);
    await setClock(shop, "2026-09-01T00:00:00+09:00");
    await expectRule(shop, "ord-s23-phone", {}, "R-KS-10 phone_refund_month_over", ["/amount"]);
    await setClock(shop, "2026-08-31T23:59:00+09:00");
    expect((await shop.refund("ord-s23-phone", "key", {})).status).toBe(200);
  });

  it("R-KS-33 part of an escrow payment before it is confirmed", async () => {
    await payBy("trans", "ord-s23-escrow", { escrow: true });
    await expectRule(shop, "ord-s23-escrow", { amount: 1_000 }, "R-KS-33 escrow_not_confirmed", ["/amount"]);
    expect((await shop.refund("ord-s23-escrow", "key", {})).status).toBe(200);
  });

  it("and a refusal is not remembered: the same key may be used once it fits", async () => {
    await payIntoAccount(shop, "ord-s23-again");
    await expectRule(shop, "ord-s23-again", { amount: 1_000 }, "R-KS-8 refund_account_required", [
      "/refund_holder",
      "/refund_bank",
      "/refund_account",
    ]);
    expect((await shop.refund("ord-s23-again", "key-refused", { amount: 1_000, ...account })).status).toBe(
      200,
    );
  });
});

describe("S22 the split by tax that nobody named", () => {
  /** What PortOne was told of each cancel, and in all. */
  const toldOf = async (merchantUid: string) => {
    const cancels = await shop.cancels(merchantUid);
    return cancels.map(({ amount, tax_free }) => [amount, tax_free]);
  };

  it("is the share of what is left, rounded down, and all of it with the last won", async () => {
    await payByTransfer(shop, "ord-s22");
    for (const [index, amount] of [20_000, 33_333, 1].entries())
      expect((await shop.refund("ord-s22", `key-${index}`, { amount })).status).toBe(200);
    expect((await shop.refund("ord-s22", "key-rest", {})).json).toMatchObject({ remaining_tax_free: 0 });
    expect(await toldOf("ord-s22")).toEqual([
      [20_000, 550],
      [33_333, 917],
      [1, 0],
      [55_666, 1_533],
    ]);
  });

  it("is told to nobody for a virtual account, which has none at KSNET", async () => {
    await payIntoAccount(shop, "ord-s22-vbank");
    await shop.refund("ord-s22-vbank", "key", { amount: 20_000, ...account });
    expect(await toldOf("ord-s22-vbank")).toEqual([[20_000, 0]]);
    expect(await shop.order("ord-s22-vbank")).toMatchObject({ remaining_tax_free: 2_450 });
  });
});
