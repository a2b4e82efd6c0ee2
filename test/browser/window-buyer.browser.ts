// A person at the payment window: pays by each method, picks months, bank and receipt, reads why a payment was
// declined, and over a shop's page is held inside it until it goes away.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../simulator/testing/simulator-client.ts";
import { type ShopSite, startShopSite } from "./shop-site.ts";
import { executablePath, WindowStand } from "./window-stand.ts";

describe.skipIf(executablePath === null)("a buyer at the payment window", () => {
  const stand = new WindowStand();

  async function openPage(change: Json): Promise<{ page: Page; impUid: string }> {
    const { address, impUid } = await stand.openWindow(change, "pc");
    const page = await stand.page({ viewport: { width: 390, height: 844 } });
    await page.goto(address);
    return { page, impUid };
  }
  const pay = async (page: Page, button = "109,000원 결제하기") => {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("status").getByRole("heading").waitFor();
  };
  const monthsOn = (page: Page) => page.getByLabel("할부").locator("option").allInnerTexts();

  it("pays by card in the months that card has", async () => {
    const { page, impUid } = await openPage({
      display: { card_quota: [0, 3, 6] },
      useFreeInterestFromMall: true,
      card: { detail: [{ card_code: "366", max_month: 3 }] },
    });
    expect(await monthsOn(page)).toEqual(["일시불", "3개월 (무이자)", "6개월"]);
    await page.getByLabel("할부").selectOption("6");
    await page.getByLabel("카드사").selectOption({ label: "현대카드" });
    expect(await monthsOn(page)).toEqual(["일시불", "3개월", "6개월"]);
    await pay(page);
    expect(await stand.simulator.record(impUid)).toMatchObject({
      status: "paid",
      card_name: "현대카드",
      card_quota: 6,
    });
  });

  it("has months below fifty thousand won with Hyundai's card only", async () => {
    const { page, impUid } = await openPage({ amount: 49_999, tax_free: 0, display: { card_quota: [0, 3] } });
    expect(await monthsOn(page)).toEqual(["일시불"]);
    await page.getByLabel("카드사").selectOption({ label: "현대카드" });
    await page.getByLabel("할부").selectOption({ label: "3개월" });
    await page.getByLabel("카드사").selectOption({ label: "신한카드" });
    expect(await monthsOn(page)).toEqual(["일시불"]);
    await pay(page, "49,999원 결제하기");
    expect(await stand.simulator.record(impUid)).toMatchObject({ card_name: "신한카드", card_quota: 0 });
  });

  it("pays by an easy pay of the shop's, and by one inside the card window", async () => {
    const direct = await openPage({ pay_method: "kakaopay" });
    await pay(direct.page);
    expect(await stand.simulator.record(direct.impUid)).toMatchObject({
      status: "paid",
      pay_method: "kakaopay",
    });
    const inside = await openPage({ bypass: { ksnet: { sndQpayType: "1" } } });
    await inside.page.getByLabel("간편결제").selectOption({ label: "네이버페이" });
    await pay(inside.page);
    expect(await stand.simulator.record(inside.impUid)).toMatchObject({
      status: "paid",
      emb_pg_provider: "naverpay",
    });
  });

  it("pays by transfer from a bank, with a receipt that wants its number", async () => {
    const { page, impUid } = await openPage({ pay_method: "trans" });
    await page.getByLabel("출금할 은행").selectOption({ label: "우리은행" });
    await page.getByText("소득공제", { exact: true }).click();
    await page.getByRole("button", { name: "결제하기" }).click();
    expect(await page.evaluate("document.querySelector('[name=cash_receipt]').validity.valueMissing")).toBe(
      true,
    );
    await page.getByLabel("발급 번호").fill("01012345678");
    await pay(page);
    expect(await stand.simulator.record(impUid)).toMatchObject({
      status: "paid",
      bank_name: "우리은행",
      cash_receipt_issued: true,
    });
  });

  it("gets an account at a bank, and reads where and until when to pay", async () => {
    const { page, impUid } = await openPage({ pay_method: "vbank", vbank_due: "2037-12-31" });
    expect(await page.locator("#pay").innerText()).toContain(
      "2037. 12. 31. 오후 11:59:59까지 입금해 주세요.",
    );
    await page.getByLabel("입금할 은행").selectOption({ label: "카카오뱅크" });
    await pay(page, "계좌 발급받기");
    const record = await stand.simulator.record(impUid);
    expect(record).toMatchObject({ status: "ready", vbank_name: "카카오뱅크" });
    expect(await page.getByRole("status").innerText()).toBe(
      `가상계좌가 발급되었습니다.\n은행 카카오뱅크\n계좌번호 ${record["vbank_num"]}\n예금주 (주)샘플상점\n입금 기한 2037. 12. 31. 오후 11:59:59\n입금액 109,000원`,
    );
  });

  it("pays by phone", async () => {
    const { page, impUid } = await openPage({ pay_method: "phone" });
    expect(await page.locator("#pay select").count()).toBe(0);
    await pay(page);
    expect(await stand.simulator.record(impUid)).toMatchObject({ status: "paid", pay_method: "phone" });
  });

  it("reads why a payment was declined", async () => {
    const { page, impUid } = await openPage({});
    await page.getByLabel("사유").selectOption({ label: "분실·도난 신고된 카드" });
    await page.getByRole("button", { name: "거절" }).click();
    await page.getByRole("status").getByText("분실·도난 신고된 카드", { exact: true }).waitFor();
    expect(await stand.simulator.record(impUid)).toMatchObject({
      status: "failed",
      fail_reason: "분실·도난 신고된 카드",
    });
  });

  it("who comes back to an ended window finds it ended", async () => {
    const { page } = await openPage({});
    const address = page.url();
    await pay(page);
    await page.goto(address);
    await page.getByText("이미 종료된 결제창입니다.").waitFor();
    expect(await page.getByRole("button", { name: "결제하기" }).count()).toBe(0);
  });

  it("Esc on a screen of its own ends nothing", async () => {
    const { page, impUid } = await openPage({});
    await page.keyboard.press("Escape");
    await pay(page);
    expect(await stand.simulator.record(impUid)).toMatchObject({ status: "paid" });
  });

  describe("over a shop's page", () => {
    let site: ShopSite;
    beforeAll(async () => {
      site = await startShopSite();
    });
    afterAll(() => site.close());

    /** The shop's page with the window over it. */
    async function openOverlay(): Promise<Page> {
      const sdk = { script: `${stand.simulator.url}/v1/iamport.js`, init: "imp00000000" };
      const page = await stand.page({ viewport: { width: 1280, height: 800 } });
      await page.goto(site.sell({ requestPay: stand.order(), sdk, completeUrl: `${site.url}/complete` }));
      await page.getByRole("button", { name: "결제", exact: true }).press("Enter");
      await inside(page).getByRole("button", { name: "결제하기" }).waitFor();
      return page;
    }
    const inside = (page: Page) => page.frameLocator("iframe.imp-frame");
    const focused = (page: Page) =>
      page.evaluate<string>("document.activeElement.className || document.activeElement.id");
    const scrolling = (page: Page) =>
      page.evaluate<string>("getComputedStyle(document.documentElement).overflow");
    const callbackOf = async (page: Page) =>
      JSON.parse((await page.locator("#callback:not(:empty)").textContent()) ?? "") as Json;

    it("is a dialog with a name, the page behind it dim and out of reach", async () => {
      const page = await openOverlay();
      const dialog = page.getByRole("dialog", { name: "결제창" });
      expect(await dialog.getAttribute("aria-modal")).toBe("true");
      expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 1280, height: 800 });
      expect(await page.evaluate("getComputedStyle(document.querySelector('dialog')).backgroundColor")).toBe(
        "rgba(0, 0, 0, 0.6)",
      );
      const button = (await page.locator("#pay").boundingBox()) ?? { x: 0, y: 0 };
      const hit = await page.evaluate<string>(
        `document.elementFromPoint(${button.x + 2}, ${button.y + 2}).nodeName`,
      );
      expect(hit).toBe("DIALOG");
      expect(await scrolling(page)).toBe("hidden");
    });

    it("holds the focus inside, whichever way it is moved", async () => {
      const page = await openOverlay();
      const seen = new Set<string>();
      for (const key of ["Tab", "Shift+Tab"])
        for (let press = 0; press < 15; press += 1) {
          await page.keyboard.press(key);
          seen.add(await focused(page));
        }
      expect([...seen]).toEqual(["imp-frame"]);
    });

    it("is closed by Esc as by its button, and the focus is where it was", async () => {
      const page = await openOverlay();
      await page.keyboard.press("Escape");
      expect(await callbackOf(page)).toMatchObject({
        error_code: "F0006",
        error_msg: "사용자가 결제를 취소하셨습니다",
      });
      expect(await page.locator("dialog, iframe").count()).toBe(0);
      expect(await scrolling(page)).toBe("visible");
      expect(await focused(page)).toBe("pay");
    });

    it("Esc where a result is to be read goes back with it", async () => {
      const page = await openOverlay();
      await inside(page).getByRole("button", { name: "거절" }).click();
      await inside(page).getByText("한도초과", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      expect(await callbackOf(page)).toMatchObject({ error_code: "F0005", error_msg: "한도초과" });
      expect(await focused(page)).toBe("pay");
    });

    it("Esc is heard outside the frame, too, and the window stays until it has ended", async () => {
      const page = await openOverlay();
      const held = Promise.withResolvers<void>();
      await page.route("**/close", async (route) => {
        await held.promise;
        await route.continue();
      });
      await page.evaluate("document.activeElement.blur()");
      await page.keyboard.press("Escape");
      await inside(page).getByRole("status").getByText("처리 중입니다…").waitFor();
      expect(await page.locator("dialog:modal").count()).toBe(1);
      held.resolve();
      expect(await callbackOf(page)).toMatchObject({ error_code: "F0006" });
    });

    it("goes away without a word when the buyer has left", async () => {
      const page = await openOverlay();
      await inside(page).getByRole("button", { name: "떠나기" }).click();
      await inside(page).getByRole("button", { name: "확인" }).click();
      await page.locator("dialog").waitFor({ state: "detached" });
      expect(await page.locator("#callback").textContent()).toBe("");
    });
  });
});
