// The sample shop's server half against the built functions: what it asks for, how often, and what it tells nobody.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningShop, startShop } from "../../infra/console/shop/start-shop.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { card, errorsOn, hiddenFields, Visitor } from "../support/visitor.ts";

let stack: LocalStack;
let backend: Shop;
let shop: RunningShop;
beforeAll(async () => {
  stack = await startStack();
  backend = new Shop(stack);
  shop = await startShop({ port: 0, pay: { url: stack.gatewayUrl, key: stack.merchantKey } });
});
afterAll(async () => {
  await shop?.close();
  await stack?.close();
});

const visitor = () => new Visitor(shop.url);
const exists = async (number: string) => (await backend.merchant("GET", `/orders/${number}`)).status === 200;
const attemptsAt = async (number: string): Promise<readonly Json[]> => {
  const { payments } = await backend.control<{ payments: readonly Json[] }>("GET", "/state");
  return payments.filter(({ merchant_uid }) => merchant_uid === number);
};
/** What the page hands to the window. */
function checkoutOn(html: string): Json {
  const [, data = "{}"] = /data-checkout="([^"]*)"/.exec(html) ?? [];
  return JSON.parse(data.replaceAll("&quot;", '"').replaceAll("&amp;", "&")) as Json;
}

describe("an order", () => {
  it("costs what the catalogue says, whatever the browser says", async () => {
    const { status, location, number } = await visitor().order("sneakers", {
      quantity: "2",
      price: "1",
      amount: "1",
      tax_free: "218000",
    });
    expect([status, location]).toEqual([303, `/orders/${number}/pay`]);
    expect(await backend.order(number)).toMatchObject({
      name: "캔버스 스니커즈 2개",
      amount: 218_000,
      tax_free: 0,
      buyer_name: "홍길동",
    });
  });

  it("of a tax-free item is free of tax in whole", async () => {
    const { number } = await visitor().order("apples", { quantity: "3", method: "trans" });
    expect(await backend.order(number)).toMatchObject({
      amount: 126_000,
      tax_free: 126_000,
      pay_method: "trans",
    });
  });

  it("is made once, however often the button is pressed", async () => {
    const buyer = visitor();
    const form = await buyer.fill("sneakers");
    const pages = await Promise.all([1, 2, 3].map(() => buyer.post("/orders", form)));
    expect(pages.map(({ location }) => location)).toEqual(Array(3).fill(`/orders/${form["order"]}/pay`));
    const { history, version } = await backend.order(form["order"] ?? "");
    expect([history.length, version]).toEqual([1, 1]);
  });

  it("that was changed after going back takes the place of the one before", async () => {
    const buyer = visitor();
    const form = await buyer.fill("sneakers");
    await buyer.post("/orders", form);
    const changed = await buyer.post("/orders", { ...form, quantity: "2" });
    expect(changed.status).toBe(409);
    expect(errorsOn(changed.html)).toEqual([
      "주문 내용이 바뀌어 주문서를 새로 준비했습니다. 확인하고 다시 눌러 주세요.",
    ]);
    expect((await backend.order(form["order"] ?? "")).state).toBe("voided");
    const again = await buyer.post("/orders", { ...form, quantity: "2", ...hiddenFields(changed.html) });
    expect(again.status).toBe(303);
    const { order: number = "" } = hiddenFields(changed.html);
    expect(await backend.order(number)).toMatchObject({ state: "created", amount: 218_000 });
  });

  it("that is paid already is not taken back by a changed form", async () => {
    const buyer = visitor();
    const form = await buyer.fill("sneakers");
    await buyer.post("/orders", form);
    const page = await buyer.get(`/orders/${form["order"]}/pay`);
    await backend.pay(checkoutOn(page.html)["requestPay"] as Json);
    await backend.sync(form["order"] ?? "");
    const changed = await buyer.post("/orders", { ...form, quantity: "2" });
    expect([changed.status, changed.location]).toEqual([303, `/result?merchant_uid=${form["order"]}`]);
    expect((await backend.order(form["order"] ?? "")).state).toBe("paid");
  });

  it.each([
    ["a number that somebody thought of", () => ({ order: "ord-20260805-000142" })],
    [
      "the number of another browser",
      async () => hiddenFields((await visitor().get("/items/sneakers")).html),
    ],
    ["no seal", () => ({ seal: "" })],
    ["a seal of its own make", () => ({ seal: "A".repeat(43) })],
  ])("is not made under %s", async (_, given) => {
    const typed = await given();
    const { status, html, number } = await visitor().order("sneakers", typed);
    expect([status, errorsOn(html)]).toEqual([409, [expect.stringContaining("주문서가 오래되어")]]);
    expect(await exists(number)).toBe(false);
    expect(hiddenFields(html)["order"]).not.toBe(number);
  });

  it("is not made of an item that there is not", async () => {
    const { status, number } = await visitor().order("sneakers", { item: "gold" });
    expect([status, await exists(number)]).toEqual([404, false]);
  });
});

describe("a refusal", () => {
  it("of escrow without a contract is told in words, and the same number works without it", async () => {
    const buyer = visitor();
    const form = await buyer.fill("sneakers", { method: "vbank" });
    const { status, html } = await buyer.post("/orders", { ...form, isEscrow: "on" });
    expect([status, errorsOn(html)]).toEqual([
      422,
      ["에스크로(구매안전서비스)는 아직 사용할 수 없습니다. 선택을 풀고 다시 시도해 주세요."],
    ]);
    // Whoever builds the shop reads why.
    expect(html).toMatch(/개발자에게[\s\S]*request_pay_refused[\s\S]*\/escrow contract_missing/);
    expect(hiddenFields(html)["order"]).toBe(form["order"]);
    expect((await buyer.post("/orders", form)).status).toBe(303);
  });

  it("of instalments below the minimum is told at its field", async () => {
    const { html } = await visitor().order("apples", { months: "3" });
    expect(errorsOn(html)).toEqual(["할부는 50,000원부터 가능합니다. 일시불을 골라 주세요."]);
    expect(html).toMatch(/id="months"[^>]*aria-describedby="months-error"[^>]*aria-invalid="true"/);
  });

  it("of what was typed repeats it as text, and nothing else", async () => {
    const name = '"><script>alert(1)</script>';
    const { status, html } = await visitor().order("sneakers", { name, phone: "<b>", email: "'" });
    expect(status).toBe(422);
    expect(html).not.toMatch(/<script>alert|<b>/);
    expect(html).toContain("&quot;>&lt;script>alert(1)&lt;/script>");
    expect(errorsOn(html)).toHaveLength(3);
  });
});

describe("a subscription", () => {
  it("registers the card and charges it once, however often the button is pressed", async () => {
    const buyer = visitor();
    const form = await buyer.fill("coffee", card);
    const number = form["order"] ?? "";
    const first = await buyer.post("/orders", form);
    const second = await buyer.post("/orders", form);
    for (const page of [first, second])
      expect([page.status, page.location]).toEqual([303, `/result?merchant_uid=${number}`]);
    expect(await backend.order(number)).toMatchObject({ state: "paid", amount: 18_000 });
    expect(await attemptsAt(number)).toHaveLength(1);
    expect((await buyer.get(first.location ?? "")).html).toContain("원두 정기배송");
  });

  it("of a declined card asks for another one under a new number", async () => {
    const buyer = visitor();
    const form = await buyer.fill("coffee", { ...card, number: "4518-4200-0005-0002" });
    const declined = await buyer.post("/orders", form);
    expect([declined.status, errorsOn(declined.html)]).toEqual([
      422,
      [
        expect.stringMatching(
          /^카드사에서 승인하지 않았습니다. 다른 카드로 결제해 주세요. \(.*한도초과.*\)$/,
        ),
      ],
    ]);
    const again = hiddenFields(declined.html);
    expect(again["order"]).not.toBe(form["order"]);
    expect((await buyer.post("/orders", { ...form, ...card, ...again })).status).toBe(303);
    expect((await backend.order(again["order"] ?? "")).state).toBe("paid");
  });

  it("shows nothing of a card again", async () => {
    const { html } = await visitor().order("coffee", { ...card, number: "4518-4200-0000-0016", name: "" });
    expect(html).not.toContain("4518-4200-0000-0016");
    expect(html).toContain("받는 분의 이름을 입력해 주세요.");
    const wrong = await visitor().order("coffee", {
      ...card,
      number: "4518-4200-0000-0016",
      birth: "991399",
    });
    expect(errorsOn(wrong.html)).toEqual([
      "카드번호가 올바르지 않습니다. 다시 확인해 주세요.",
      "생년월일 6자리 또는 사업자등록번호 10자리를 다시 확인해 주세요.",
    ]);
    expect(wrong.html).not.toMatch(/4518-4200-0000-0016|991399/);
  });
});

describe("a page", () => {
  it("never holds the key, nor does a file that it loads", async () => {
    const buyer = visitor();
    const { number } = await buyer.order("sneakers");
    const paths = [
      "/",
      "/items/sneakers",
      `/orders/${number}/pay`,
      `/result?merchant_uid=${number}`,
      "/none",
    ];
    const pages = await Promise.all(paths.map((path) => buyer.get(path)));
    const loaded = pages.flatMap(({ html }) => [...html.matchAll(/(?:src|href)="(\/[\w.-]+\.\w+)"/g)]);
    const files = await Promise.all(
      [...new Set(loaded.map(([, path = ""]) => path))].map((path) => buyer.get(path)),
    );
    expect(files.map(({ status }) => status)).toEqual(Array(8).fill(200));
    for (const { html, headers } of [...pages, ...files])
      for (const [secret, name] of stack.secrets)
        expect(`${html} ${[...headers].join()}`.includes(secret), name).toBe(false);
  });

  it("gives the window the backend's own words and the order's token", async () => {
    const buyer = visitor();
    const { location, number } = await buyer.order("sneakers", { months: "6" });
    const { html, headers } = await buyer.get(location ?? "");
    expect(checkoutOn(html)).toEqual({
      requestPay: expect.objectContaining({
        merchant_uid: number,
        amount: 109_000,
        display: { card_quota: [0, 6] },
      }),
      init: "imp00000000",
      token: expect.any(String),
      completeUrl: `${stack.gatewayUrl}/payments/complete`,
    });
    const policy = headers.get("content-security-policy");
    expect(policy).toContain(`script-src 'self' ${stack.simulatorUrl}`);
    expect(policy).toContain(`frame-src ${stack.simulatorUrl}`);
    expect(policy).toContain(`connect-src 'self' ${stack.simulatorUrl} ${stack.gatewayUrl}`);
  });

  it("with an order's window is for the browser that made it", async () => {
    const { location, number } = await visitor().order("sneakers");
    const stranger = await visitor().get(location ?? "");
    expect([stranger.status, stranger.location]).toEqual([303, `/result?merchant_uid=${number}`]);
  });

  it("runs nothing but the shop's own, and lies in nobody's frame", async () => {
    const { headers, html } = await visitor().get("/");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(html).toMatch(/^<!doctype html><html lang="ko">/);
  });

  it("keeps its session from scripts and from other sites' requests", async () => {
    const { headers } = await visitor().get("/items/sneakers");
    expect(headers.get("set-cookie")).toMatch(
      /^shop_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
  });

  it("is read under the shop's own address only", async () => {
    const { port } = new URL(shop.url);
    const response = await fetch(`http://localhost:${port}/items/sneakers`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([303, `${shop.url}/items/sneakers`]);
    expect(response.headers.get("set-cookie")).toBeNull();
  });
});
