// The pages a buyer sees on a phone, on the narrowest ones people carry: the payment window and the page after it.
import { type Browser, chromium, devices, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Json, Shop } from "../support/shop.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { type ShopStack, startShopStack } from "./shop-stack.ts";

const executablePath = findChromium();
const widths = [320, 360, 390] as const;
/** As long as KSNET takes them, without a blank to break at. */
const long = {
  name: "나이키와플트레이너".repeat(5).slice(0, 40),
  buyer_name: "홍길동".repeat(6).slice(0, 16),
};

describe.skipIf(executablePath === null)("on a phone", () => {
  let browser: Browser;
  let running: ShopStack;
  let shop: Shop;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    running = await startShopStack();
    shop = new Shop(running.stack);
  });
  afterAll(async () => {
    await running.close();
    await browser.close();
  });

  async function openWindow(width: number, merchantUid: string, order: Json): Promise<Page> {
    const requestPay = await shop.createOrder(merchantUid, order);
    const opened = await shop.control<{ page: string }>("POST", "/window", {
      request_pay: requestPay,
      device: "mobile",
    });
    const context = await browser.newContext({ ...devices["Pixel 7"], viewport: { width, height: 640 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(opened.page);
    return page;
  }

  /** How far something reaches beyond the screen's edge. */
  const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

  it.each(widths)(
    "%i px wide, a card is paid and the result is shown, nothing beyond the edge",
    async (width) => {
      const easyPay = { bypass: { ksnet: { sndQpayType: "1" } } };
      const page = await openWindow(width, `ord-card-${width}`, { ...long, ...easyPay });
      expect(await overflow(page)).toBe(0);
      await page.getByRole("button", { name: "결제하기" }).click();
      await page.getByRole("heading", { name: "결제가 완료되었습니다" }).waitFor();
      expect(await overflow(page)).toBe(0);
    },
  );

  it.each(widths)("%i px wide, an account is shown before the window goes", async (width) => {
    const order = { ...long, pay_method: "vbank", vbank_due: "20371231235959" };
    const page = await openWindow(width, `ord-account-${width}`, order);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("button", { name: "계좌 발급받기" }).click();
    const told = await page.getByRole("status").filter({ hasText: "계좌번호" }).innerText();
    expect(told).toMatch(
      /^가상계좌가 발급되었습니다\.\n은행 \S+\n계좌번호 \d+\n예금주 .+\n입금 기한 2037\. 12\. 31\./,
    );
    expect(await overflow(page)).toBe(0);
    await page.getByRole("button", { name: "확인" }).click();
    await page.getByRole("heading", { name: "입금을 기다리고 있습니다" }).waitFor();
    expect(await overflow(page)).toBe(0);
  });
});
