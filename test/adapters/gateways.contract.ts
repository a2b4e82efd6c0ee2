// What the ports to PortOne promise, whoever stands behind them: three ends of a changing call, and that a question
// tells absence apart from silence.
import { describe, expect, it } from "vitest";
import type { CallResult, Login, PaymentGateway, Unavailable } from "../../lib/ports/portone.ts";

export type Ending = "done" | "refused" | "silence";
export const refusal = "이미 취소된 결제입니다.";

/** `call` is made where PortOne behaves as told. */
export function changingCallContract(
  name: string,
  call: (ending: Ending) => Promise<CallResult<unknown> | { readonly outcome: "conflict" }>,
): void {
  describe(`${name} as a call that changes something`, () => {
    it("is done, with what PortOne says of it", async () => {
      expect(await call("done")).toMatchObject({ outcome: "done", value: expect.anything() });
    });
    it("is refused in the provider's own words", async () => {
      expect(await call("refused")).toEqual({ outcome: "refused", message: refusal });
    });
    it("is unknown when no answer comes, and never throws", async () => {
      expect(await call("silence")).toMatchObject({ outcome: "unknown", why: expect.any(String) });
    });
  });
}

export function loginContract(name: string, login: (isReachable: boolean) => Promise<Login>): void {
  it(`${name} logs in before anything is claimed, or says why not`, async () => {
    expect(await login(true)).toEqual({ outcome: "ready" });
    expect(await login(false)).toMatchObject({ outcome: "unavailable", why: expect.any(String) });
  });
}

export type Knowing = "known" | "nothing" | "silence";

/** A question about one thing that may not be there. */
export function questionContract(
  name: string,
  ask: (knowing: Knowing) => Promise<{ readonly outcome: "found"; readonly record: unknown } | Unavailable>,
): void {
  describe(`${name} as a question`, () => {
    it("finds what is there, and says null for what is not", async () => {
      expect(await ask("known")).toMatchObject({ outcome: "found", record: expect.anything() });
      expect(await ask("nothing")).toEqual({ outcome: "found", record: null });
    });
    it("does not take silence for absence", async () => {
      expect(await ask("silence")).toMatchObject({ outcome: "unavailable", why: expect.any(String) });
    });
  });
}

/** `make` gives a PortOne that knows one payment of ord-20260805-000142, or says nothing at all. */
export function paymentGatewayContract(
  name: string,
  make: (isSilent: boolean) => Promise<PaymentGateway>,
): void {
  describe(`${name} as a payment gateway`, () => {
    const impUid = "imp_730112845061";
    const merchantUid = "ord-20260805-000142";

    it("fetches one attempt, and says absent of one PortOne does not know", async () => {
      const payments = await make(false);
      expect(await payments.fetchPayment(impUid)).toMatchObject({
        outcome: "found",
        record: { impUid, merchantUid, amount: 109_000, status: "paid" },
      });
      expect(await payments.fetchPayment("imp_000000000001")).toEqual({ outcome: "absent" });
    });
    it("finds every attempt of a number, and an empty list where there is none", async () => {
      const payments = await make(false);
      expect(await payments.findPayments(merchantUid)).toMatchObject({
        outcome: "found",
        records: [{ impUid }],
      });
      expect(await payments.findPayments("ord-nobody")).toMatchObject({ outcome: "found", records: [] });
    });
    it("takes silence neither for absence nor for an empty list", async () => {
      const payments = await make(true);
      expect(await payments.fetchPayment(impUid)).toMatchObject({ outcome: "unavailable" });
      expect(await payments.findPayments(merchantUid)).toMatchObject({ outcome: "unavailable" });
    });
  });
}
