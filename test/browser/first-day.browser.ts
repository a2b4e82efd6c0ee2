// A first day with nothing but mouse and keyboard, on a phone: from `npm start` to an order that is bought, refunded in
// part, given a receipt, healed of a lost notice, and to a forged amount that goes back.
import { type Browser, type BrowserContext, chromium, devices, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endStarted, type Ready, startProcess } from "../support/start-process.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";
import { pay, press, windowOf } from "./payment-window.ts";
import { heading, order, payNow } from "./shop-steps.ts";

const executablePath = findChromium();
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } };
/** A forged amount goes back by itself unless a person wants to see it first. */
const environment = { PAY_GIVE_BACK: "second_payment,late,voided" };
const mostLooks = 10;

describe.skipIf(executablePath === null)("a first day", () => {
  let browser: Browser;
  let context: BrowserContext;
  let ready: Ready;
  let desk: Page;
  let levers: Page;
  let buyer: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    ready = await startProcess(["--no-demo", "--lang", "ko"], environment).ready();
    context = await browser.newContext(phone);
    context.setDefaultTimeout(15_000);
    [desk, levers, buyer] = [await context.newPage(), await context.newPage(), await context.newPage()];
    await desk.goto(ready.console ?? "");
    await heading(desk, "주문");
    await levers.goto(new URL("/levers", desk.url()).href);
  });
  afterAll(async () => {
    await browser.close();
    await endStarted();
  });

  /** Buys up to the button that pays; gives the order's number. */
  async function ordered(method: string): Promise<string> {
    await order(buyer, ready.shop, /스니커즈/, () => buyer.getByLabel(method, { exact: true }).check());
    const [, number = ""] = /orders\/(.+)\/pay/.exec(buyer.url()) ?? [];
    return number;
  }

  /** From the list, as it grows. Whoever reloads it from now on is found out. */
  async function opened(number: string): Promise<void> {
    await desk.getByRole("link", { name: "주문", exact: true }).first().click();
    await desk.getByRole("link", { name: number }).click();
    await heading(desk, number);
    await desk.evaluate("window.isStillTheSame = true");
  }
  const state = (name: string) => desk.locator("#state", { hasText: name }).waitFor();
  const happened = (name: string) => desk.locator(".happening", { hasText: name }).first().waitFor();
  const told = (name: string) => desk.getByRole("status").filter({ hasText: name }).waitFor();
  const click = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

  it("is bought, seen to grow, refunded in part and given a receipt", async () => {
    const number = await ordered("계좌이체");
    await opened(number);
    await state("결제 전");
    await payNow(buyer);
    await press(windowOf(buyer, true), pay);
    await heading(buyer, "결제가 완료되었습니다");
    await state("결제됨");
    await happened("포트원이 승인해도 되는지 물었습니다");
    await happened("포트원이 결제 변화를 알렸습니다");
    expect(await desk.evaluate("window.isStillTheSame")).toBe(true);

    await desk.getByRole("link", { name: "환불", exact: true }).click();
    await desk.getByLabel("환불 금액").fill("9,000");
    await click(desk, "다음");
    await desk.getByText("9,000원을 환불합니다").waitFor();
    await click(desk, "9,000원 환불하기");
    await told("9,000원을 환불했습니다.");
    await state("부분 환불");
    await happened("환불되었습니다");

    await desk.getByRole("link", { name: "현금영수증 발급" }).click();
    await desk.getByLabel("발급 번호").fill("010-1234-5678");
    await click(desk, "다음");
    await desk.getByText("100,000원의 현금영수증을 발급합니다").waitFor();
    await click(desk, "발급하기");
    await told("100,000원의 현금영수증을 발급했습니다.");
    await happened("현금영수증을 발급했습니다");
  });

  it("loses a notice, and heals before one's eyes", async () => {
    const number = await ordered("신용·체크카드");
    await opened(number);
    await click(desk, "다음 알림 잃어버리기");
    await told("다음 알림은 오지 않습니다.");
    await payNow(buyer);
    await windowOf(buyer, true).getByRole("button", { name: pay }).first().waitFor();
    // The buyer's phone goes dark: whoever pays here never comes back to the shop.
    await desk
      .getByRole("region", { name: "시뮬레이터" })
      .getByRole("button", { name: "결제", exact: true })
      .click();
    await told("구매자가 결제했습니다.");
    await state("승인됨");
    await desk.evaluate("window.isStillTheSame = true");
    const note = levers.locator(".note");
    for (let looks = 0, told = ""; looks < mostLooks && !told.includes("볼 것이 없습니다"); looks += 1) {
      await Promise.all([levers.waitForEvent("load"), click(levers, "다음 볼 시각으로")]);
      told = await note.innerText();
    }
    await state("결제됨");
    expect(await desk.evaluate("window.isStillTheSame")).toBe(true);
  });

  it("is paid with a forged amount, marked, and given back by a person", async () => {
    const number = await ordered("신용·체크카드");
    await opened(number);
    await click(desk, "다음 결제 금액 위조");
    await told("다음 결제는 주문과 다른 금액으로 이루어집니다.");
    await payNow(buyer);
    await press(windowOf(buyer, true), pay);
    await desk.locator("#in-review").waitFor();
    await desk.getByRole("link", { name: /^대기열/ }).click();
    await desk.getByText("금액이 주문과 다릅니다.").waitFor();
    await desk.getByRole("link", { name: number }).click();
    await desk.getByRole("link", { name: /^돌려주기/ }).click();
    await desk.getByLabel("남길 말").fill("위조된 금액");
    await click(desk, "다음");
    await desk.getByText("108,900원을 구매자에게 돌려줍니다").waitFor();
    await click(desk, "돌려주기");
    await told("정한 대로 했습니다.");
    await desk.locator("#in-review").waitFor({ state: "detached" });
    await desk.locator("#attempts").waitFor();
    await desk
      .locator(".badge", { hasText: /^돌려줌$/ })
      .first()
      .waitFor();
    await desk.getByRole("link", { name: /^대기열/ }).click();
    await desk.getByText("확인이 필요한 주문이 없습니다.").waitFor();
  });
});
