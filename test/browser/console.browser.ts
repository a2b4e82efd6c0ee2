// The console in a real browser: found right by axe, never wider than its screen, readable without scripts, and level
// with what happens while somebody looks and types.
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type OpenConsole, openConsole } from "../support/console.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";

const executablePath = findChromium();
const longNumber = "ord-console-".padEnd(40, "W");
const long = {
  name: "나이키와플트레이너".repeat(5).slice(0, 40),
  buyer_name: "홍길동".repeat(6).slice(0, 16),
};
/** Of every kind: with money and without, in review, with forms, and what is not there. */
const paths = [
  "/orders",
  "/orders?review=true",
  "/orders?day=2020-01-01",
  `/orders/${longNumber}`,
  "/orders/ord-console-account",
  "/orders/ord-console-marked",
  "/orders/ord-console-trans/refund",
  "/orders/ord-console-trans/receipt-issue",
  "/orders/ord-console-trans/sync",
  "/orders/ord-console-marked/resolve-give-back",
  "/orders/ord-console-none",
  "/queue",
  "/queue/lift-brake",
  "/audits/2020-01-01",
  "/levers",
];

describe.skipIf(executablePath === null)("the console", () => {
  let browser: Browser;
  let stack: LocalStack;
  let shop: Shop;
  let open: OpenConsole;
  let origin = "";
  let cookie = "";

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    // One give-back is all that an hour has, so that the brake is on.
    stack = await startStack({ environment: { PAY_GIVE_BACK_MAX: "1" } });
    shop = new Shop(stack);
    const { gatewayUrl, simulatorUrl, merchantKey } = stack;
    open = await openConsole(gatewayUrl, { key: merchantKey, local: { simulatorUrl }, lookEveryMs: 50 });
    origin = new URL(open.console.url).origin;
    await fill();
    const context = await browser.newContext();
    await (await context.newPage()).goto(open.console.url);
    cookie = JSON.stringify(await context.storageState());
    await context.close();
  });
  afterAll(async () => {
    await open.console.close();
    await stack.close();
    await browser.close();
  });

  async function fill(): Promise<void> {
    for (const [merchantUid, more] of [
      [longNumber, long],
      ["ord-console-trans", { pay_method: "trans" }],
      ["ord-console-live", {}],
    ] as const) {
      await shop.pay(await shop.createOrder(merchantUid, more));
      await shop.sync(merchantUid);
    }
    await shop.refund(longNumber, "key-1", { amount: 20_000, reason: "단순변심".repeat(10) });
    await shop.pay(
      await shop.createOrder("ord-console-account", { pay_method: "vbank", vbank_due: "20371231235959" }),
    );
    await shop.decline(await shop.createOrder("ord-console-declined"));
    for (const forged of ["ord-console-forged-1", "ord-console-forged-2"]) {
      await shop.fault("amount_changed", "confirm", { merchant_uid: forged });
      await shop.pay(await shop.createOrder(forged));
      await shop.sync(forged);
    }
    await shop.control("POST", "/window", {
      request_pay: await shop.createOrder("ord-console-window", long),
    });
    const marked = await shop.createOrder("ord-console-marked");
    const patch = { merchant_uid: "ord-console-marked", count: 1_000, patch: { escrow: true } };
    await shop.fault("record_patched", "*", patch);
    await shop.pay(marked);
    await shop.sync("ord-console-marked");
  }

  /** Of somebody who has come in. */
  async function visit(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    const storageState = JSON.parse(cookie) as Awaited<ReturnType<BrowserContext["storageState"]>>;
    const context = await browser.newContext({ storageState, ...options });
    onTestFinished(() => context.close());
    return context.newPage();
  }

  const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

  async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate<axe.AxeResults>("axe.run()");
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }

  it.each([
    [360, "light"],
    [360, "dark"],
    [1280, "light"],
    [1280, "dark"],
  ] as const)("is found right by axe, %i px wide and %s", async (width, colorScheme) => {
    const page = await visit({ viewport: { width, height: 800 }, colorScheme });
    for (const path of paths) {
      await page.goto(origin + path);
      expect(await violations(page), path).toEqual([]);
    }
  });

  it.each([320, 360, 390, 1280])("is no wider than a screen of %i px", async (width) => {
    const page = await visit({ viewport: { width, height: 800 } });
    for (const path of paths) {
      await page.goto(origin + path);
      expect(await overflow(page), path).toBe(0);
    }
  });

  it("reads, and refunds, without scripts", async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(`${origin}/orders`);
    await page.getByRole("link", { name: "ord-console-trans" }).click();
    await page.getByRole("heading", { name: "일어난 일" }).waitFor();
    await page.getByRole("link", { name: "환불", exact: true }).click();
    await page.getByLabel("환불 금액").fill("9,000");
    await page.getByRole("button", { name: "다음" }).click();
    await page.getByText("9,000원을 환불합니다").waitFor();
    await page.getByRole("button", { name: "9,000원 환불하기" }).click();
    await page.getByRole("status").filter({ hasText: "9,000원을 환불했습니다." }).waitFor();
    expect(await shop.order("ord-console-trans")).toMatchObject({ remaining: 100_000 });
  });

  it("is used by the keyboard alone, and its first stop leads past the menu", async () => {
    const page = await visit();
    await page.goto(`${origin}/orders/ord-console-live`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("본문으로 건너뛰기");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("환불");
  });

  it("grows before one's eyes, and keeps focus, place and what is typed", async () => {
    const page = await visit({ viewport: { width: 360, height: 500 } });
    await page.goto(`${origin}/orders/ord-console-live`);
    const link = page.getByRole("link", { name: "다시 조회" });
    await link.focus();
    await page.evaluate('document.getElementById("timeline").scrollIntoView()');
    const place = () =>
      page.evaluate<number>('Math.round(document.getElementById("timeline").getBoundingClientRect().top)');
    const before = await place();
    await shop.refund("ord-console-live", "key-1", { amount: 20_000 });
    await page.locator("#state", { hasText: "부분 환불" }).waitFor();
    await shop.refund("ord-console-live", "key-2", {});
    await page.locator("#state", { hasText: /^환불됨/ }).waitFor();
    await page.locator("#operation-box").waitFor({ state: "detached" });
    await page.getByText("환불되었습니다").nth(1).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("다시 조회");
    expect(await place()).toBe(before);

    await page.goto(`${origin}/orders`);
    await page.getByRole("textbox", { name: "주문번호" }).fill("ord-console-");
    await shop.createOrder("ord-console-new");
    await page.getByRole("link", { name: "ord-console-new" }).waitFor();
    expect(await page.getByRole("textbox", { name: "주문번호" }).inputValue()).toBe("ord-console-");
  });

  it("pays into a virtual account by its button, and tells it on the order", async () => {
    const page = await visit({ viewport: { width: 390, height: 844 } });
    await page.goto(`${origin}/orders/ord-console-account`);
    await page.locator("#state", { hasText: "입금 대기" }).waitFor();
    await page.getByRole("button", { name: "입금하기" }).click();
    await page.getByRole("status").filter({ hasText: "가상계좌에 입금했습니다." }).waitFor();
    await page.locator("#state", { hasText: "결제됨" }).waitFor();
  });

  it("counts in its menu what comes to wait, and keeps what is typed beside a lever", async () => {
    const page = await visit();
    await page.goto(`${origin}/levers`);
    const before = Number(await page.locator("#waits").innerText());
    const amount = page.getByLabel("취소할 금액 (비우면 전부)").first();
    await amount.fill("9,000");
    const patch = { merchant_uid: "ord-console-later", count: 1_000, patch: { escrow: true } };
    await shop.fault("record_patched", "*", patch);
    await shop.pay(await shop.createOrder("ord-console-later"));
    await shop.sync("ord-console-later");
    await page.locator("#waits", { hasText: String(before + 1) }).waitFor();
    await page.getByRole("link", { name: "ord-console-later" }).first().waitFor();
    expect(await page.locator("[name=amount]:focus").inputValue()).toBe("9,000");
  });

  it("lifts the brake without scripts", async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto(`${origin}/queue`);
    await page.getByRole("link", { name: "브레이크 풀기" }).click();
    await page.getByRole("button", { name: "풀기" }).click();
    await page.getByRole("status").filter({ hasText: "브레이크를 풀었습니다." }).waitFor();
    await page.getByText("자동 환불이 켜져 있습니다").waitFor();
  });

  it("says that it may be old when nobody answers", async () => {
    const { console: other } = await openConsole(stack.gatewayUrl, { key: stack.merchantKey });
    const page = await visit();
    await page.goto(other.url);
    await page.getByText("자동으로 새로 고칩니다").waitFor();
    await other.close();
    await page.getByText("화면이 오래되었을 수 있습니다").waitFor();
  });

  it("loads nothing from anywhere else", async () => {
    const page = await visit();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    for (const path of paths) await page.goto(origin + path);
    expect(new Set(asked)).toEqual(new Set([origin]));
  });
});
