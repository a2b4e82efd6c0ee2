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
    [
      "no months below fifty thousand won, except with Hyundai's card",
      { amount: 49_999, tax_free: 0, display: { card_quota: [3] } },
      ["일시불", '<option value="367" data-months="0 3">'],
      ["3개월"],
    ],
    [
      "the months whose interest the shop bears",
      { useFreeInterestFromMall: true, card: { detail: [{ card_code: "366", max_month: 3 }] } },
      [
        "3개월 (무이자)",
        "4개월<",
        '<option value="366" data-months="0 2+ 3+ 4 5',
        'value="371" data-months="0 2 3 4',
      ],
      ["4개월 (무이자)"],
    ],
    [
      "the shop by the name it gave",
      { storeDetails: { businessName: "나이키 성수" } },
      ["나이키 성수"],
      ["(주)샘플상점"],
    ],
    [
      "a bank to pay from, and a cash receipt of either kind or none, for a transfer",
      { pay_method: "trans" },
      ["출금할 은행", "KB국민은행", "현금영수증", "소득공제", "지출증빙", "신청안함"],
      ["카드사", "입금할 은행"],
    ],
    [
      "a bank to pay to, until when, and a cash receipt, for a virtual account",
      { pay_method: "vbank", vbank_due: "2026-08-08" },
      ["입금할 은행", "2026. 8. 8. 오후 11:59:59까지 입금해 주세요.", "현금영수증", "계좌 발급받기"],
      ["카드사", "출금할 은행", "결제하기"],
    ],
    [
      "a card and months for an easy pay that tells of them",
      { pay_method: "lpay" },
      ["카드사", "12개월"],
      ["간편결제"],
    ],
    ["months alone for an easy pay that hides its card", { pay_method: "payco" }, ["12개월"], ["카드사"]],
    ["nothing to choose for a phone payment", { pay_method: "phone" }, [], ["카드사", "현금영수증", "할부"]],
  ])("offers %s", async (_title, change, shown, hidden) => {
    const simulator = await simulatorForTest();
    const html = await (await fetch(await open(simulator, change))).text();
    for (const text of shown) expect(html).toContain(text);
    for (const text of hidden) expect(html).not.toContain(text);
  });

  it("pays with what the buyer picked", async () => {
    const simulator = await simulatorForTest();
    const page = await open(simulator, { bypass: { ksnet: { sndQpayType: "1" } } });
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
    expect((await send(`${simulator.url}/window/w_99`, "approve")).status).toBe(404);
  });

  it("is over once its payment was approved late, beside it", async () => {
    const simulator = await simulatorForTest();
    const opened = await simulator.control("POST", "/window", { request_pay: requestPay() });
    await simulator.control("POST", `/payments/${opened["imp_uid"]}/approve-late`);
    const html = await (await fetch(String(opened["page"]))).text();
    expect(html).toContain("이미 종료된 결제창입니다.");
    expect(html).not.toContain("결제하기");
  });

  it("lets nothing in from outside, and nothing inline", async () => {
    const simulator = await simulatorForTest();
    const answer = await fetch(await open(simulator));
    expect(answer.headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'",
    );
    expect(await answer.text()).not.toMatch(/ style=|<style|<script>|https?:/);
  });
});

/** As a browser without scripts sends a form. */
const send = (page: string, action: string, form: Record<string, string> = {}) =>
  fetch(`${page}/${action}`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });

describe("a form of the page", () => {
  const url = { m_redirect_url: "https://shop.example/r" };

  it.each<[string, Record<string, string>, string, string]>([
    ["approve", { card_quota: "3", card_code: "371" }, "결제가 완료되었습니다.", "paid"],
    ["decline", { reason: "잔액부족" }, "잔액부족", "failed"],
    ["close", {}, "결제를 취소했습니다.", "failed"],
    ["abandon", {}, "구매자가 떠났습니다.", "ready"],
  ])("%s leads to a page that says what became of it, and only once", async (action, form, said, status) => {
    const simulator = await simulatorForTest();
    const { page, imp_uid: impUid } = await simulator.control("POST", "/window", {
      request_pay: requestPay(url),
      device: "mobile",
    });
    const sent = await send(String(page), action, form);
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/window/w_1/result"]);
    expect(await simulator.record(String(impUid))).toMatchObject({ status });
    const html = await (await fetch(`${page}/result`)).text();
    expect(html).toContain(said);
    expect(html).not.toContain("이미 종료된");
    expect(html.includes("https://shop.example/r?imp_uid=imp_")).toBe(action !== "abandon");
    // Read or not, the way back of what needs no reading is taken at once.
    expect(html.includes('http-equiv="refresh"')).toBe(action === "approve" || action === "close");
    const again = await send(String(page), action, form);
    expect([again.status, again.headers.get("location")]).toEqual([303, "/window/w_1"]);
    const ended = await (await fetch(String(page))).text();
    expect(ended).toContain("이미 종료된 결제창입니다.");
    expect(ended).not.toMatch(/http-equiv="refresh"|data-at-once/);
  });

  it("keeps the error's code for the way back, also when it is looked at again", async () => {
    const simulator = await simulatorForTest();
    const page = await open(simulator, {}, "pc");
    await send(page, "decline", { reason: "잔액부족" });
    const html = await (await fetch(`${page}/result`)).text();
    expect(html).toContain(
      "&quot;error_code&quot;:&quot;F0005&quot;,&quot;error_msg&quot;:&quot;잔액부족&quot;",
    );
  });

  it.each<[object, Record<string, string>, string]>([
    [
      { pay_method: "trans" },
      { cash_receipt_type: "person", cash_receipt: "" },
      "현금영수증을 받을 번호를 입력해 주세요.",
    ],
    [{}, { card_code: "366", bank_code: "088" }, "이 결제창에서 고를 수 없는 값입니다."],
  ])("of %j with %j says what is wrong, and the window stays open", async (change, form, said) => {
    const simulator = await simulatorForTest();
    const page = await open(simulator, change);
    const sent = await send(page, "approve", form);
    expect(sent.status).toBe(400);
    const html = await sent.text();
    expect(html).toContain(`role="alert">${said}`);
    expect(html).toContain("결제하기");
  });

  it("may hold a number for a receipt that is not wanted", async () => {
    const simulator = await simulatorForTest();
    const page = await open(simulator, { pay_method: "trans" });
    const form = { bank_code: "020", cash_receipt_type: "none", cash_receipt: "01012345678" };
    expect((await send(page, "approve", form)).status).toBe(303);
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
