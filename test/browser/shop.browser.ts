// The sample shop as a person buys in it: on a phone, on a PC, and with what each page must keep for everybody.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, devices, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { RunningShop } from "../../infra/console/shop/start-shop.ts";
import { Shop } from "../support/shop.ts";
import { card } from "../support/visitor.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { confirm, issueAccount, leave, pay, press, windowOf } from "./payment-window.ts";
import { type ShopStack, startShopStack } from "./shop-stack.ts";
import { fill, heading, order as orderIn, payNow } from "./shop-steps.ts";

const executablePath = findChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [320, 360, 390, 1280] as const;
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 740 } };
const pc = { viewport: { width: 1280, height: 800 } };

describe.skipIf(executablePath === null)("the sample shop", () => {
  let browser: Browser;
  let running: ShopStack;
  let shop: RunningShop;
  let backend: Shop;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    running = await startShopStack();
    shop = running.shop;
    backend = new Shop(running.stack);
  });
  afterAll(async () => {
    await running.close();
    await browser.close();
  });

  interface Visit {
    readonly page: Page;
    readonly context: BrowserContext;
    /** What the browser refused to run, load or show. */
    readonly refused: readonly string[];
  }

  async function visit(device: Parameters<Browser["newContext"]>[0]): Promise<Visit> {
    const context = await browser.newContext(device);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    page.on("pageerror", (error) => refused.push(error.message));
    return { page, context, refused };
  }

  const order = (page: Page, item: RegExp, choose?: () => Promise<void>) =>
    orderIn(page, shop.url, item, choose);
  const numberOn = (page: Page) => new URL(page.url()).searchParams.get("merchant_uid") ?? "";

  it("sells by card on a phone, and the buyer lands on the result page", async () => {
    const { page, refused } = await visit(phone);
    await order(page, /스니커즈/, async () => {
      await page.getByLabel("수량").selectOption("2");
      expect(await page.locator("#total").innerText()).toBe("218,000원");
    });
    await payNow(page);
    await press(windowOf(page, true), pay);
    await heading(page, "결제가 완료되었습니다");
    expect(page.url()).toMatch(new RegExp(`^${shop.url}/result`));
    await page.getByText("캔버스 스니커즈 2개").waitFor();
    expect(await backend.order(numberOn(page))).toMatchObject({ state: "paid", amount: 218_000 });
    expect(refused).toEqual([]);
  });

  it("sells by virtual account on a PC, shows the account, and the page changes when the money comes", async () => {
    const { page, refused } = await visit(pc);
    await order(page, /사과/, () => page.getByLabel("가상계좌").check());
    await payNow(page);
    const window = windowOf(page, false);
    await press(window, issueAccount);
    await press(window, confirm);
    await heading(page, "입금을 기다리고 있습니다");
    const { vbank, imp_uid, attempts } = await backend.order(numberOn(page));
    const { vbank_num, vbank_holder } = vbank as Record<string, string>;
    await page.getByText(vbank_num ?? "", { exact: true }).waitFor();
    await page.getByText(vbank_holder ?? "", { exact: true }).waitFor();
    await backend.control("POST", `/payments/${imp_uid ?? attempts[0]?.imp_uid}/deposit`, {});
    await heading(page, "결제가 완료되었습니다");
    expect(refused).toEqual([]);
  });

  it.each([
    ["a PC", pc, false],
    ["a phone", phone, true],
  ])(
    "tells why nothing was paid on %s, and the same order can be paid after that",
    async (_, device, isPhone) => {
      const { page } = await visit(device);
      await order(page, /스니커즈/);
      await payNow(page);
      await press(windowOf(page, isPhone), leave);
      await heading(page, "결제되지 않았습니다");
      await page.getByText("결제창을 닫아 결제하지 않았습니다.").waitFor();
      const number = numberOn(page);
      await page.getByRole("link", { name: "다시 결제하기" }).click();
      await payNow(page);
      await press(windowOf(page, isPhone), pay);
      await heading(page, "결제가 완료되었습니다");
      expect(numberOn(page)).toBe(number);
    },
  );

  it("makes one order of a double click, by keyboard as well", async () => {
    const { page } = await visit(pc);
    await page.goto(`${shop.url}/items/sneakers`);
    const number = await page.locator("input[name=order]").inputValue();
    await fill(page);
    await page.getByRole("button", { name: "주문하기" }).dblclick();
    await heading(page, "주문 확인");
    expect(page.url()).toBe(`${shop.url}/orders/${number}/pay`);
    expect(await backend.order(number)).toMatchObject({ state: "created", version: 1 });
    await page.getByRole("button", { name: /원 결제하기$/ }).focus();
    await page.keyboard.press("Enter");
    await windowOf(page, false).getByRole("button").first().waitFor();
  });

  it("reads out what is wrong, and leads to it", async () => {
    const { page } = await visit(phone);
    await page.goto(`${shop.url}/items/coffee`);
    await page.getByRole("button", { name: "카드 등록하고 결제하기" }).click();
    const summary = page.getByRole("alert");
    await summary.waitFor();
    await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("summary");
    await summary.getByRole("link", { name: "카드번호를 숫자로 입력해 주세요." }).click();
    await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("number");
  });

  it("is read without scripts, and says what paying needs", async () => {
    const { page } = await visit({ ...phone, javaScriptEnabled: false });
    await order(page, /스니커즈/);
    await page.getByText("결제창을 열려면 JavaScript가 필요합니다.").waitFor();
    expect(await page.getByRole("button", { name: /결제하기$/ }).isDisabled()).toBe(true);
    const [, number = ""] = /orders\/(.+)\/pay/.exec(page.url()) ?? [];
    await page.goto(`${shop.url}/result?merchant_uid=${number}`);
    await heading(page, "결제를 확인하고 있습니다");
    await page.getByText("캔버스 스니커즈").waitFor();
  });

  /** Every page a buyer meets, as this width shows it. */
  async function walk(page: Page, look: (name: string) => Promise<void>, isPhone: boolean): Promise<void> {
    await page.goto(shop.url);
    await look("shelf");
    await page.goto(`${shop.url}/items/sneakers`);
    await look("item");
    await page.getByRole("button", { name: "주문하기" }).click();
    await page.getByRole("alert").waitFor();
    await look("item with errors");
    await page.goto(`${shop.url}/items/coffee`);
    await look("subscription");
    await fill(page);
    await page.getByLabel("카드번호", { exact: true }).fill(card["number"] ?? "");
    await page.getByLabel("유효기간").fill(card["expiry"] ?? "");
    await page.getByLabel("생년월일").fill(card["birth"] ?? "");
    await page.getByLabel("카드 비밀번호").fill(card["passwordDigits"] ?? "");
    await page.getByRole("button", { name: "카드 등록하고 결제하기" }).click();
    await heading(page, "결제가 완료되었습니다");
    await look("paid");
    await order(page, /사과/, () => page.getByLabel("가상계좌").check());
    await look("checkout");
    await payNow(page);
    await press(windowOf(page, isPhone), issueAccount);
    await press(windowOf(page, isPhone), confirm);
    await heading(page, "입금을 기다리고 있습니다");
    await look("deposit");
    await page.goto(`${shop.url}/result`);
    await look("checking");
    await order(page, /스니커즈/);
    await payNow(page);
    await press(windowOf(page, isPhone), leave);
    await heading(page, "결제되지 않았습니다");
    await look("unpaid");
  }

  it.each(widths)("has nothing beyond the edge at %i px, and every target is tall enough", async (width) => {
    const isPhone = width < 600;
    const { page } = await visit({ ...(isPhone ? phone : pc), viewport: { width, height: 740 } });
    const found: string[] = [];
    await walk(
      page,
      async (name) => {
        const over = await page.evaluate<number>(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        if (over > 0) found.push(`${name}: ${over} px beyond the edge`);
        for (const low of await page.evaluate<string[]>(lowTargets)) found.push(`${name}: ${low}`);
      },
      isPhone,
    );
    expect(found).toEqual([]);
  });

  it.each(
    [360, 1280].flatMap((width) =>
      (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
    ),
  )("is without violations for axe at $width px, $colorScheme", async ({ width, colorScheme }) => {
    const isPhone = width < 600;
    const device = { ...(isPhone ? phone : pc), viewport: { width, height: 740 }, colorScheme };
    const { page } = await visit(device);
    const found: string[] = [];
    await walk(
      page,
      async (name) => {
        const violations = await page.evaluate<string[]>(
          `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html)))`,
        );
        found.push(...violations.map((violation) => `${name}: ${violation}`));
      },
      isPhone,
    );
    expect(found).toEqual([]);
  });
});

/** What is pressed must be 44 px high. */
const lowTargets = `[...document.querySelectorAll("a, button, select, summary, input:not([type=hidden], [type=radio], [type=checkbox]), label:has(input)")]
  .filter((element) => !element.classList.contains("skip"))
  .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 44)
  .map(([html, height]) => html + " " + height)`;
