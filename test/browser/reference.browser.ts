// The reference of the doors as a person opens it, on a phone and on a desk: it says what each door and each code is, lets a
// request be tried, and speaks with nobody but this machine's gateway.
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";

const executablePath = findChromium();
const widths = [360, 1280] as const;
const settleMs = 1_000;
const heightPx = 720;

describe.skipIf(executablePath === null)("the reference", () => {
  let browser: Browser;
  let stack: LocalStack;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    stack = await startStack();
  });
  afterAll(async () => {
    await stack.close();
    await browser.close();
  });

  /** `wrong` grows by whatever the page asks elsewhere, may not do, or complains of. */
  async function open(width: number, path: string): Promise<{ page: Page; wrong: readonly string[] }> {
    const page = await browser.newPage({ viewport: { width, height: heightPx } });
    onTestFinished(() => page.close());
    const wrong: string[] = [];
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== "data:" && protocol !== "blob:" && origin !== stack.gatewayUrl)
        wrong.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(String(error)));
    await page.goto(`${stack.gatewayUrl}${path}`);
    return { page, wrong };
  }

  const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

  async function isInView(words: Locator): Promise<boolean> {
    const { y, height } = (await words.boundingBox()) ?? { y: -1, height: 0 };
    return y >= 0 && y + height <= heightPx;
  }

  it.each(widths)("%i px wide, it tells in Korean what a door does", async (width) => {
    const { page, wrong } = await open(width, "/docs#tag/환불");
    expect(await page.title()).toBe("KSNET 결제 API · KSNET payments through PortOne V1");
    await page.getByRole("heading", { name: "환불합니다" }).waitFor();
    // What it asks for once it is drawn is seen as well.
    await page.waitForTimeout(settleMs);
    expect([await overflow(page), wrong]).toEqual([0, []]);
  });

  it.each(widths)("%i px wide, a problem's `type` leads to what its code means", async (width) => {
    const { page, wrong } = await open(width, "/errors/refund_exceeds_remaining");
    const meaning = page.getByText("남은 금액보다 많이 환불하려 했습니다.");
    await meaning.waitFor();
    await expect.poll(() => isInView(meaning), { timeout: 10_000 }).toBe(true);
    // What it asks for once it is drawn is seen as well.
    await page.waitForTimeout(settleMs);
    expect([await overflow(page), wrong]).toEqual([0, []]);
  });

  it("a request is tried from the page, with the key typed into it", async () => {
    const { page, wrong } = await open(1280, "/docs#tag/주문/POST/orders");
    await page.getByRole("button", { name: "Test Request" }).first().click();
    const client = page.getByRole("dialog");
    await client.getByPlaceholder("Token").fill(stack.merchantKey);
    await client.getByRole("button", { name: "Send" }).first().click();
    await client.getByText("201 Created").waitFor();
    expect(wrong).toEqual([]);
  });
});
