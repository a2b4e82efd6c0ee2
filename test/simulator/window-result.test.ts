// The way back from the payment window: by callback, by redirect, once, or not at all.
import { describe, expect, it } from "vitest";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

describe("the way back", () => {
  const open = async (
    simulator: Awaited<ReturnType<typeof simulatorForTest>>,
    change: Json,
    device: string,
  ) =>
    String(
      (await simulator.control("POST", "/window", { request_pay: requestPay(change), device }))["window"],
    );

  it("is a callback with imp_uid and merchant_uid only on a PC", async () => {
    const simulator = await simulatorForTest();
    const result = await simulator.control("POST", "/pay", { request_pay: requestPay() });
    expect(result).toMatchObject({ redirect: null, confirm: null });
    expect(result["callback"]).toEqual({ imp_uid: result["imp_uid"], merchant_uid: "ord-20260805-000142" });
  });

  it("is a redirect that keeps the address's own query on a phone", async () => {
    const simulator = await simulatorForTest();
    const change = { m_redirect_url: "https://shop.example/pay/result?lang=ko#top" };
    const result = await simulator.control("POST", "/pay", {
      request_pay: requestPay(change),
      device: "mobile",
    });
    expect(result["callback"]).toBeNull();
    expect(result["redirect"]).toBe(
      `https://shop.example/pay/result?lang=ko&imp_uid=${result["imp_uid"]}&merchant_uid=ord-20260805-000142#top`,
    );
    expect(result["payment"]).toMatchObject({ channel: "mobile" });
  });

  it.each([
    ["decline", "한도초과"],
    ["close", "사용자가 결제를 취소하셨습니다"],
  ])("carries the reason after %s, and the record is failed", async (end, reason) => {
    const simulator = await simulatorForTest();
    const window = await open(simulator, { m_redirect_url: "https://shop.example/r" }, "mobile");
    const result = await simulator.control("POST", `/window/${window}/${end}`);
    expect(result["payment"]).toMatchObject({ status: "failed", fail_reason: reason, paid_at: 0 });
    const query = new URL(String(result["redirect"])).searchParams;
    expect(query.get("error_msg")).toBe(reason);
    expect(query.get("error_code")).toMatch(/^F\d+$/);
  });

  it("does not exist after abandon; the record stays ready and the window is gone", async () => {
    const simulator = await simulatorForTest();
    const window = await open(simulator, {}, "pc");
    const result = await simulator.control("POST", `/window/${window}/abandon`);
    expect(result).toMatchObject({
      callback: null,
      redirect: null,
      confirm: null,
      payment: { status: "ready" },
    });
    expect((await simulator.tryControl("POST", `/window/${window}/approve`)).status).toBe(409);
  });

  it("comes once: a second click is refused, and so is an unknown window", async () => {
    const simulator = await simulatorForTest();
    const window = await open(simulator, {}, "pc");
    const clicks = await Promise.all([
      simulator.tryControl("POST", `/window/${window}/approve`),
      simulator.tryControl("POST", `/window/${window}/approve`),
    ]);
    expect(clicks.map((click) => click.status).sort()).toEqual([200, 409]);
    expect((await simulator.tryControl("POST", "/window/w_99/approve")).status).toBe(404);
  });

  it("of a pay refused before opening is the callback, without imp_uid", async () => {
    const simulator = await simulatorForTest();
    await simulator.pay();
    const result = await simulator.control("POST", "/pay", { request_pay: requestPay(), device: "mobile" });
    expect(result).toMatchObject({
      window: null,
      payment: null,
      redirect: null,
      refused: { error_code: "F1002" },
    });
    expect(result["callback"]).toMatchObject({ imp_uid: null, error_code: "F1002" });
  });
});
