// npm `iamport` 0.3.4, unmodified, against the simulator. Its host is a public setting of its own.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSimulator } from "../simulator/start-simulator.ts";

interface PaymentsClient {
  getByImpUid(param: object): Promise<Record<string, unknown>>;
  getByMerchant(param: object): Promise<Record<string, unknown>>;
  getByStatus(param: object): Promise<{ total: number; list: readonly Record<string, unknown>[] }>;
  cancel(param: object): Promise<Record<string, unknown>>;
  prepare(param: object): Promise<Record<string, unknown>>;
  getPrepare(param: object): Promise<Record<string, unknown>>;
}
interface IamportClient {
  new (options: { impKey: string; impSecret: string }): { readonly payment: PaymentsClient };
  DEFAULT_HOST: string;
}

const Iamport = createRequire(import.meta.url)("iamport") as IamportClient;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let payment: PaymentsClient;
let impUid: string;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 7 });
  Iamport.DEFAULT_HOST = simulator.url;
  payment = new Iamport({ impKey: simulator.impKey, impSecret: simulator.impSecret }).payment;
  const paid = await fetch(`${simulator.url}/_control/pay`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      request_pay: {
        channelKey: "channel-key-00000000-0000-0000-0000-000000000000",
        pay_method: "card",
        merchant_uid: "ord-iamport",
        name: "나이키 와플 트레이너 2 SD",
        amount: 109_000,
        tax_free: 3_000,
        buyer_name: "홍길동",
      },
    }),
  });
  impUid = ((await paid.json()) as { imp_uid: string }).imp_uid;
});
afterAll(() => simulator?.close());

describe("iamport 0.3.4", () => {
  it("gets a token and reads a payment by imp_uid", async () => {
    expect(await payment.getByImpUid({ imp_uid: impUid })).toMatchObject({
      imp_uid: impUid,
      status: "paid",
      buyer_name: "홍길동",
    });
  });

  it("reads by merchant_uid and by status", async () => {
    expect(await payment.getByMerchant({ merchant_uid: "ord-iamport" })).toMatchObject({ imp_uid: impUid });
    expect((await payment.getByStatus({ payment_status: "paid" })).list).toMatchObject([{ imp_uid: impUid }]);
  });

  it("prepares an amount, reads it back, and is told of a second one", async () => {
    const prepared = { merchant_uid: "ord-prepared", amount: 5_000 };
    expect(await payment.prepare(prepared)).toMatchObject(prepared);
    expect(await payment.getPrepare({ merchant_uid: "ord-prepared" })).toMatchObject(prepared);
    await expect(payment.prepare(prepared)).rejects.toMatchObject({ code: "IAMPORT_1" });
  });

  it("cancels in part and then the rest, and is refused a third time", async () => {
    const first = await payment.cancel({
      imp_uid: impUid,
      amount: 20_000,
      checksum: 109_000,
      reason: "단순 변심",
    });
    expect(first).toMatchObject({ cancel_amount: 20_000, amount: 109_000 });
    expect(await payment.cancel({ imp_uid: impUid })).toMatchObject({ cancel_amount: 109_000 });
    await expect(payment.cancel({ imp_uid: impUid })).rejects.toMatchObject({
      code: "IAMPORT_1",
      message: "이미 전액취소된 주문입니다.",
    });
  });

  it("is refused with a wrong secret and for an unknown payment", async () => {
    const stranger = new Iamport({ impKey: simulator.impKey, impSecret: "wrong" }).payment;
    await expect(stranger.getByImpUid({ imp_uid: impUid })).rejects.toMatchObject({ code: "HTTP_401" });
    await expect(payment.getByImpUid({ imp_uid: "imp_0" })).rejects.toMatchObject({ code: "HTTP_404" });
  });
});
