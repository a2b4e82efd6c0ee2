// A person pays in a real browser: the shop's page, the SDK, the payment window in Korean, the built functions
// behind it. PC by callback, phone by redirect, closed, declined, refused by the shop.
import { type Browser, type BrowserContextOptions, chromium, devices, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { type Checkout, type ShopSite, startShopSite } from "./shop-site.ts";

const executablePath = findChromium();
if (executablePath === null) console.log("skipped: there is no Chromium on this machine");

describe.skipIf(executablePath === null)("in a browser", () => {
  let browser: Browser;
  let site: ShopSite;
  let stack: LocalStack;
  let shop: Shop;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    site = await startShopSite();
    stack = await startStack({
      environment: { PAY_RESULT_URL: `${site.url}/result` },
    });
    shop = new Shop(stack);
  });
  afterAll(async () => {
    await stack.close();
    await site.close();
    await browser.close();
  });

  interface Visit {
    readonly order?: Json;
    /** What the page does to the order's own values. */
    readonly change?: Json;
    readonly device?: BrowserContextOptions;
    readonly tier?: string;
  }

  /** The shop's page for a new order, in a browser of its own. */
  async function visit(
    merchantUid: string,
    { order = {}, change = {}, device = {}, tier }: Visit = {},
  ): Promise<Page> {
    const requestPay = await shop.createOrder(merchantUid, order);
    const sdk: Checkout["sdk"] = { script: `${stack.simulatorUrl}/v1/iamport.js`, init: "imp00000000" };
    const completeUrl = `${stack.gatewayUrl}/payments/complete`;
    const context = await browser.newContext(device);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(site.sell({ requestPay: { ...requestPay, ...change }, sdk, tier, completeUrl }));
    return page;
  }

  const pressPay = (page: Page) => page.getByRole("button", { name: "결제", exact: true }).click();
  const windowOf = (page: Page) => page.frameLocator("iframe.imp-frame");
  const click = (page: Page, name: string) => windowOf(page).getByRole("button", { name }).click();
  /** What the SDK told the page, once it did. */
  async function callbackOf(page: Page): Promise<Json> {
    const told = page.locator("#callback:not(:empty)");
    return JSON.parse((await told.textContent()) ?? "") as Json;
  }
  const stateOn = (page: Page) => page.locator("#state:not(:empty)").textContent();

  it("a card is paid on a PC: the window lies on the page, and the callback names the payment", async () => {
    const page = await visit("ord-pc-1");
    await pressPay(page);
    const frame = windowOf(page);
    expect(await frame.locator("dl").innerText()).toContain("109,000원");
    await frame.getByLabel("카드사").selectOption({ label: "NH카드" });
    await frame.getByLabel("할부").selectOption({ label: "3개월" });
    await click(page, "결제하기");
    const callback = await callbackOf(page);
    expect(Object.keys(callback).toSorted()).toEqual(["imp_uid", "merchant_uid"]);
    expect(await stateOn(page)).toBe("paid");
    expect(await page.locator("iframe").count()).toBe(0);
    const order = await shop.order("ord-pc-1");
    expect(order).toMatchObject({ state: "paid", imp_uid: callback["imp_uid"] });
    const { payments } = await shop.control<{ payments: Json[] }>("GET", "/state");
    expect(payments.find((payment) => payment["imp_uid"] === order.imp_uid)).toMatchObject({
      card_code: "371",
      card_quota: 3,
      channel: "pc",
    });
  });

  it("a card is paid on a phone: the browser goes to the window and comes back by redirect", async () => {
    const page = await visit("ord-mobile-1", { device: devices["Pixel 7"] ?? {} });
    await pressPay(page);
    await page.getByRole("button", { name: "결제하기" }).click();
    await page.waitForURL(`${site.url}/result**`);
    const came = new URL(page.url()).searchParams;
    expect(Object.fromEntries(came)).toEqual({ merchant_uid: "ord-mobile-1", state: "paid" });
    expect(await shop.order("ord-mobile-1")).toMatchObject({ state: "paid" });
  });

  it("an account is issued in the window and waits for its deposit", async () => {
    const page = await visit("ord-vbank-1", { order: { pay_method: "vbank", vbank_due: "2037-12-31" } });
    await pressPay(page);
    await click(page, "계좌 발급받기");
    await click(page, "확인");
    expect(await stateOn(page)).toBe("awaiting_deposit");
  });

  it("an easy pay is picked inside the card window", async () => {
    const order = { bypass: { ksnet: { sndQpayType: "1" } } };
    const page = await visit("ord-easy-1", { order });
    await pressPay(page);
    await windowOf(page).getByLabel("간편결제").selectOption({ label: "네이버페이" });
    await click(page, "결제하기");
    expect(await stateOn(page)).toBe("paid");
  });

  it("a closed window comes back at once with an error, and nothing is paid", async () => {
    const page = await visit("ord-close-1");
    await pressPay(page);
    await click(page, "닫기");
    expect(await callbackOf(page)).toMatchObject({
      merchant_uid: "ord-close-1",
      error_code: expect.any(String),
      error_msg: "사용자가 결제를 취소하셨습니다",
    });
    expect(await stateOn(page)).not.toBe("paid");
    expect((await shop.order("ord-close-1")).state).not.toBe("paid");
  });

  it("a declined card says why on screen before it comes back", async () => {
    const page = await visit("ord-decline-1");
    await pressPay(page);
    await click(page, "거절");
    expect(await windowOf(page).getByRole("status").getByText("한도초과").textContent()).toBe("한도초과");
    await click(page, "확인");
    expect(await callbackOf(page)).toMatchObject({ error_msg: "한도초과" });
    expect((await shop.order("ord-decline-1")).state).not.toBe("paid");
  });

  it("a declined phone comes back by redirect with the error's code and without its text", async () => {
    const page = await visit("ord-decline-2", { device: devices["Pixel 7"] ?? {} });
    await pressPay(page);
    await page.getByRole("button", { name: "거절" }).click();
    await page.getByRole("button", { name: "확인" }).click();
    await page.waitForURL(`${site.url}/result**`);
    const came = new URL(page.url()).searchParams;
    expect(came.get("merchant_uid")).toBe("ord-decline-2");
    expect(came.get("state")).not.toBe("paid");
    expect(came.get("error_code")).not.toBeNull();
    expect(came.has("error_msg")).toBe(false);
  });

  it("an order the shop withdrew while the window was open is refused, with the reason on screen", async () => {
    const page = await visit("ord-refused-1");
    await pressPay(page);
    await windowOf(page).getByRole("button", { name: "결제하기" }).waitFor();
    expect((await shop.merchant("POST", "/orders/ord-refused-1/void", {})).status).toBe(200);
    await click(page, "결제하기");
    const reason = "고객사 요청에 의해 결제를 중단합니다. (상세사유 : 결제할 수 없는 주문입니다)";
    expect(await windowOf(page).getByText(reason).textContent()).toBe(reason);
    await click(page, "확인");
    expect(await callbackOf(page)).toMatchObject({ error_code: "F0004", error_msg: reason });
    expect((await shop.order("ord-refused-1")).state).toBe("voided");
  });

  it("a buyer who leaves without a trace leaves an open attempt and an unpaid order", async () => {
    const page = await visit("ord-abandon-1");
    await pressPay(page);
    await windowOf(page).getByRole("button", { name: "결제하기" }).waitFor();
    await page.close();
    const { payments } = await shop.control<{ payments: Json[] }>("GET", "/state");
    const attempts = payments.filter((payment) => payment["merchant_uid"] === "ord-abandon-1");
    expect(attempts).toEqual([expect.objectContaining({ status: "ready" })]);
    expect((await shop.order("ord-abandon-1")).state).toBe("created");
  });

  it("a shop of an agency pays the same way", async () => {
    const page = await visit("ord-agency-1", { tier: "abc" });
    await pressPay(page);
    await click(page, "결제하기");
    expect(await stateOn(page)).toBe("paid");
  });

  it("a call that KSNET does not take is told by callback, and no window opens", async () => {
    const page = await visit("ord-bad-1", { change: { pay_method: "bitcoin" } });
    await pressPay(page);
    expect(await callbackOf(page)).toMatchObject({ imp_uid: null, error_code: "F0002" });
    expect(await page.locator("iframe").count()).toBe(0);
  });
});
