// How the payment window looks to whoever comes: every method and every ending, on the screens people have, in light
// and dark, to a screen reader, without scripts, and with hostile text in the order.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Json } from "../simulator/testing/simulator-client.ts";
import { executablePath, overflowOf, WindowStand } from "./window-stand.ts";

/** As long as KSNET takes them, without a blank to break at. */
const long = {
  name: "나이키와플트레이너".repeat(5).slice(0, 40),
  buyer_name: "홍길동".repeat(6).slice(0, 16),
};
const easy = { bypass: { ksnet: { sndQpayType: "1" } } };
const methods: readonly (readonly [string, Json])[] = [
  ["card", easy],
  ["vbank", { vbank_due: "2037-12-31" }],
  ...["trans", "phone", "lpay", "ssgpay", "kakaopay", "naverpay", "payco"].map((name) => [name, {}] as const),
];
const endings = [
  ["card", "거절"],
  ["vbank", "계좌 발급받기"],
  ["card", "결제하기"],
  ["card", "닫기"],
  ["card", "떠나기"],
] as const;
const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [360, 1280].map((width) => ({ colorScheme, viewport: { width, height: 800 } })),
);

/** The rules that are broken, each with the element that breaks it. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  // Evaluated from outside, which the page's content policy has no say in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe.skipIf(executablePath === null)("the payment window", () => {
  const stand = new WindowStand();

  it.each(looks)("is read by everybody with every method: %j", async (look) => {
    const page = await stand.page(look);
    for (const [payMethod, change] of methods) {
      const { address } = await stand.openWindow({ pay_method: payMethod, ...long, ...change }, "pc");
      await page.goto(address);
      expect(await violationsOf(page)).toEqual([]);
      if (payMethod !== "trans" && payMethod !== "vbank") continue;
      await page.getByText("지출증빙", { exact: true }).click();
      await page.getByLabel("발급 번호").waitFor();
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  it.each(looks)("is read by everybody however it ends: %j", async (look) => {
    const page = await stand.page(look);
    for (const [pay_method, button] of endings) {
      const change = { pay_method, vbank_due: "2037-12-31", ...long };
      await page.goto((await stand.openWindow(change, "pc")).address);
      await page.getByRole("button", { name: button }).click();
      await page.getByRole("status").getByRole("heading").waitFor();
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  it("without axe's eye for it, a window that cannot be read would pass", async () => {
    const page = await stand.page();
    await page.goto((await stand.openWindow({}, "pc")).address);
    await page.evaluate("document.querySelector('.close').removeAttribute('aria-label')");
    await page.evaluate("document.querySelector('.product dd').style.color = '#ddd'");
    expect((await violationsOf(page)).join()).toMatch(
      /color-contrast: .*button-name: |button-name: .*color-contrast: /s,
    );
  });

  it.each([320, 360, 390, 1280])(
    "%i px wide, reaches beyond no edge, and is big enough for a thumb",
    async (width) => {
      const page = await stand.page({ viewport: { width, height: 640 } });
      for (const [payMethod, change] of methods) {
        await page.goto(
          (await stand.openWindow({ pay_method: payMethod, ...long, ...change }, "pc")).address,
        );
        expect(await overflowOf(page)).toBe(0);
        const controls = page
          .locator("button, select, input:not([type=radio]), .tabs label")
          .locator("visible=true");
        for (const control of await controls.all())
          expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      for (const button of ["거절", "떠나기"]) {
        await page.goto((await stand.openWindow(long, "pc")).address);
        await page.getByRole("button", { name: button }).click();
        await page.getByRole("button", { name: "확인" }).waitFor();
        expect(await overflowOf(page)).toBe(0);
      }
    },
  );

  it("shows what a shop wrote as text, and loads nothing from outside", async () => {
    const page = await stand.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    const hostile = `<img src=x onerror="document.title='broken'">`;
    const change = {
      merchant_uid: "ord-hostile",
      name: hostile,
      buyer_name: hostile,
      storeDetails: { businessName: hostile },
    };
    await page.goto((await stand.openWindow(change, "pc")).address);
    const shown = await page.locator("dd").allTextContents();
    // As much of it as PortOne keeps.
    expect(shown).toEqual([hostile, hostile.slice(0, 40), "109,000원", hostile.slice(0, 16), "ord-hostile"]);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.title()).toBe("KSNET 결제창 (시뮬레이터)");
    await page.getByRole("button", { name: "거절" }).click();
    await page.getByRole("button", { name: "확인" }).waitFor();
    expect([...new Set(asked)]).toEqual([stand.simulator.url]);
  });

  it("runs no script of a page's own, whatever gets into it", async () => {
    const page = await stand.page();
    await page.goto((await stand.openWindow({}, "pc")).address);
    await page.evaluate(`new Promise((resolve) => {
      document.body.insertAdjacentHTML("beforeend", '<img src="/none" onerror="document.title = 1">');
      document.querySelector("img").addEventListener("error", resolve);
    })`);
    expect(await page.title()).toBe("KSNET 결제창 (시뮬레이터)");
  });

  describe("without scripts", () => {
    const phone = { javaScriptEnabled: false, viewport: { width: 360, height: 640 } };
    const back = () => `${stand.simulator.url}/window-page.css?came=back`;

    it("is read, paid in, and left for the shop", async () => {
      const page = await stand.page(phone);
      const { address, impUid } = await stand.openWindow({ m_redirect_url: back() }, "mobile");
      await page.goto(address);
      expect(await page.locator("dl").innerText()).toMatch(
        /나이키 와플 트레이너 2 SD\s+결제금액\s+109,000원/,
      );
      await page.getByLabel("할부").selectOption({ label: "3개월" });
      await page.getByRole("button", { name: "결제하기" }).click();
      await page.waitForURL(`${back()}&imp_uid=${impUid}&**`);
      expect(await stand.simulator.record(impUid)).toMatchObject({ status: "paid", card_quota: 3 });
    });

    it("says why a payment was declined, with a way back", async () => {
      const page = await stand.page(phone);
      await page.goto((await stand.openWindow({ m_redirect_url: back() }, "mobile")).address);
      await page.getByRole("button", { name: "거절" }).click();
      await page.getByText("한도초과", { exact: true }).waitFor();
      await page.getByRole("link", { name: "확인" }).click();
      await page.waitForURL(`${back()}&**error_code=F0005&**`);
    });

    it("says what is missing, and stays open", async () => {
      const page = await stand.page(phone);
      const { address, impUid } = await stand.openWindow({ pay_method: "trans" }, "mobile");
      await page.goto(address);
      await page.getByText("소득공제", { exact: true }).click();
      await page.getByRole("button", { name: "결제하기" }).click();
      expect(await page.getByRole("alert").innerText()).toBe("현금영수증을 받을 번호를 입력해 주세요.");
      await page.getByRole("button", { name: "결제하기" }).click();
      await page.getByRole("status").getByText("결제가 완료되었습니다.").waitFor();
      expect(await stand.simulator.record(impUid)).toMatchObject({ cash_receipt_issued: false });
    });
  });
});
