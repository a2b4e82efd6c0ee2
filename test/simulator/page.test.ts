// What a browser gets: the payment page and the SDK.
import { describe, expect, it } from "vitest";
import { requestPay, simulatorForTest } from "./testing/simulator-client.ts";

const open = async (simulator: Awaited<ReturnType<typeof simulatorForTest>>, change = {}, device = "pc") => {
  const { page } = await simulator.control("POST", "/window", { request_pay: requestPay(change), device });
  return String(page);
};

describe("the payment page", () => {
  it("shows the order in Korean with three buttons", async () => {
    const simulator = await simulatorForTest();
    const answer = await fetch(await open(simulator));
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await answer.text();
    for (const text of ["나이키 와플 트레이너 2 SD", "109,000원", "홍길동", "결제하기", "거절", "닫기"])
      expect(html).toContain(text);
  });

  it("escapes what a shop put into the order", async () => {
    const simulator = await simulatorForTest();
    const html = await (await fetch(await open(simulator, { name: '<img src=x onerror="1">' }))).text();
    expect(html).toContain("&lt;img src=x onerror=&quot;1&quot;&gt;");
    expect(html).not.toContain("<img");
  });

  it("decides by the same code as the script does, once", async () => {
    const simulator = await simulatorForTest();
    const page = await open(simulator, { m_redirect_url: "https://shop.example/r" }, "mobile");
    const paid = await fetch(`${page}/approve`, { method: "POST" });
    expect(await paid.json()).toMatchObject({
      payment: { status: "paid" },
      redirect: expect.stringMatching(/^https:\/\/shop\.example\/r\?imp_uid=imp_\d{12}&merchant_uid=/),
    });
    expect((await fetch(`${page}/approve`, { method: "POST" })).status).toBe(409);
    expect(await (await fetch(page)).text()).toContain("이미 종료된 결제창입니다.");
  });

  it.each<[string, object, string[], string[]]>([
    [
      "card companies, months and no easy pay for a card",
      { bypass: { ksnet: { sndQpayType: "0" } }, display: { card_quota: [0, 3] } },
      ["신한카드", "일시불", "3개월"],
      ["2개월", "카카오페이", "현금영수증"],
    ],
    ["easy pay too when the shop shows it", { bypass: { ksnet: { sndQpayType: "1" } } }, ["카카오페이"], []],
    ["no months below ten thousand won", { amount: 9999, tax_free: 0 }, ["일시불"], ["2개월"]],
    [
      "only the card companies that are not hidden",
      {
        card: {
          detail: [
            { card_code: "*", enabled: false },
            { card_code: "366", enabled: true },
          ],
        },
      },
      ["신한카드"],
      ["KB카드", "현대카드"],
    ],
    [
      "only the card company called directly",
      { card: { direct: { code: "361" } } },
      ["BC카드"],
      ["신한카드"],
    ],
    [
      "cards issued abroad for dollars",
      { currency: "USD", amount: 10.99, tax_free: 0 },
      ["Visa"],
      ["신한카드"],
    ],
    ["the number of a cash receipt for a transfer", { pay_method: "trans" }, ["현금영수증"], ["카드사"]],
    ["nothing to choose for a phone payment", { pay_method: "phone" }, [], ["카드사", "현금영수증"]],
  ])("offers %s", async (_title, change, shown, hidden) => {
    const simulator = await simulatorForTest();
    const html = await (await fetch(await open(simulator, change))).text();
    for (const text of shown) expect(html).toContain(text);
    for (const text of hidden) expect(html).not.toContain(text);
  });

  it("pays with what the buyer picked", async () => {
    const simulator = await simulatorForTest();
    const page = await open(simulator);
    const approve = (choice: object) =>
      fetch(`${page}/approve`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(choice),
      });
    expect((await approve({ card_code: "999" })).status).toBe(400);
    const paid = await approve({ card_code: "371", card_quota: 3, emb_pg_provider: "naverpay" });
    expect(await paid.json()).toMatchObject({
      payment: { status: "paid", card_code: "371", card_quota: 3, emb_pg_provider: "naverpay" },
    });
  });

  it("does not exist for an unknown window", async () => {
    const simulator = await simulatorForTest();
    expect((await fetch(`${simulator.url}/window/w_99`)).status).toBe(404);
  });
});

describe("the SDK", () => {
  it("is a script with the three functions shops call", async () => {
    const simulator = await simulatorForTest();
    const answer = await fetch(`${simulator.url}/v1/iamport.js`);
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const script = await answer.text();
    for (const name of ["init", "agency", "request_pay"]) expect(script).toContain(`${name}:`);
  });

  it("may open a window from a shop's own origin", async () => {
    const simulator = await simulatorForTest();
    const asked = await fetch(`${simulator.url}/window`, { method: "OPTIONS" });
    expect(asked.headers.get("access-control-allow-origin")).toBe("*");
    const opened = await fetch(`${simulator.url}/window`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://shop.example" },
      body: JSON.stringify({ request_pay: requestPay(), device: "mobile" }),
    });
    expect(opened.headers.get("access-control-allow-origin")).toBe("*");
    expect(await opened.json()).toMatchObject({ window: "w_1", refused: null });
  });
});
