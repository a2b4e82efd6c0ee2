// Every page that has a picture, and the way to it.
import type { Page } from "playwright-core";
import { card } from "../../support/visitor.ts";
import { confirm, issueAccount, leave, pay, press, windowOf } from "../payment-window.ts";
import { fill, heading, order, payNow } from "../shop-steps.ts";
import type { Scene } from "./scene.ts";

export interface View {
  /** The beginning of its files' names. */
  readonly name: string;
  readonly show: (page: Page, scene: Scene) => Promise<void>;
}

const wide = 600;
const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? wide) < wide;

const choose = (page: Page, method: string) => () => page.getByLabel(method, { exact: true }).check();

/** Up to the window, which a phone shows as a page of its own. */
async function opened(page: Page, { shopUrl }: Scene, method: string): Promise<void> {
  await order(page, shopUrl, /스니커즈/, choose(page, method));
  await payNow(page);
  await windowOf(page, false).getByRole("button").first().waitFor();
}

const shopViews: readonly View[] = [
  { name: "shop-shelf", show: async (page, { shopUrl }) => void (await page.goto(shopUrl)) },
  {
    name: "shop-item",
    show: async (page, { shopUrl }) => void (await page.goto(`${shopUrl}/items/sneakers`)),
  },
  {
    name: "shop-item-wrong",
    show: async (page, { shopUrl }) => {
      await page.goto(`${shopUrl}/items/sneakers`);
      await page.getByRole("button", { name: "주문하기" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "shop-subscription",
    show: async (page, { shopUrl }) => void (await page.goto(`${shopUrl}/items/coffee`)),
  },
  { name: "shop-checkout", show: (page, { shopUrl }) => order(page, shopUrl, /스니커즈/) },
];

const resultViews: readonly View[] = [
  {
    name: "shop-result-paid",
    show: async (page, { shopUrl }) => {
      await page.goto(`${shopUrl}/items/coffee`);
      await fill(page);
      await page.getByLabel("카드번호", { exact: true }).fill(card["number"] ?? "");
      await page.getByLabel("유효기간").fill(card["expiry"] ?? "");
      await page.getByLabel("생년월일").fill(card["birth"] ?? "");
      await page.getByLabel("카드 비밀번호").fill(card["passwordDigits"] ?? "");
      await page.getByRole("button", { name: "카드 등록하고 결제하기" }).click();
      await heading(page, "결제가 완료되었습니다");
    },
  },
  {
    name: "shop-result-deposit",
    show: async (page, scene) => {
      await opened(page, scene, "가상계좌");
      await press(windowOf(page, false), issueAccount);
      await press(windowOf(page, false), confirm);
      await heading(page, "입금을 기다리고 있습니다");
    },
  },
  {
    name: "shop-result-unpaid",
    show: async (page, scene) => {
      await opened(page, scene, "신용·체크카드");
      await press(windowOf(page, false), leave);
      await heading(page, "결제되지 않았습니다");
    },
  },
  {
    name: "shop-result-checking",
    show: async (page, { shopUrl }) => {
      await page.goto(`${shopUrl}/result`);
      await heading(page, "결제를 확인하고 있습니다");
    },
  },
];

const firstWindow = 150;
/** A number that was paid opens no window again. */
let windowsOpened = 0;

/** The window as a page, as a phone has it. */
const windowPage =
  (more: Readonly<Record<string, unknown>>): View["show"] =>
  async (page, { shop }) => {
    windowsOpened += 1;
    const merchant_uid = `ord-20260805-${String(firstWindow + windowsOpened).padStart(6, "0")}`;
    const request_pay = {
      pay_method: "card",
      merchant_uid,
      name: "캔버스 스니커즈",
      amount: 109_000,
      buyer_name: "홍길동",
      ...more,
    };
    const window = await shop.control<{ page: string }>("POST", "/window", {
      request_pay,
      device: isPhone(page) ? "mobile" : "pc",
    });
    await page.goto(window.page);
  };

const windowViews: readonly View[] = [
  { name: "window-overlay", show: (page, scene) => opened(page, scene, "신용·체크카드") },
  ...["card", "trans", "phone", "kakaopay", "naverpay", "payco", "lpay", "ssgpay"].map((pay_method) => ({
    name: `window-${pay_method}`,
    show: windowPage({ pay_method }),
  })),
  { name: "window-vbank", show: windowPage({ pay_method: "vbank", vbank_due: "2037-12-31" }) },
  {
    name: "window-paid",
    show: async (page, scene) => {
      await windowPage({})(page, scene);
      await press(page, pay);
      await page.getByText("결제가 완료되었습니다.").waitFor();
    },
  },
];

const consolePages: Readonly<Record<string, string>> = {
  "console-orders": "/orders",
  "console-orders-in-review": "/orders?review=true",
  "console-order": "/orders/ord-20260805-000142",
  "console-order-account": "/orders/ord-20260805-000144",
  "console-order-in-review": "/orders/ord-20260805-000148",
  "console-queue": "/queue",
  "console-levers": "/levers",
  "console-refund": "/orders/ord-20260805-000143/refund",
  "console-resolve": "/orders/ord-20260805-000148/resolve-accept",
  "console-sync-confirmation": "/orders/ord-20260805-000143/sync",
  "console-brake-confirmation": "/queue/lift-brake",
  "console-no-order": "/orders/ord-none",
};

const consoleViews: readonly View[] = [
  ...Object.entries(consolePages).map(([name, path]) => ({
    name,
    show: async (page: Page, { consoleUrl }: Scene) => void (await page.goto(consoleUrl + path)),
  })),
  {
    name: "console-refund-confirmation",
    show: async (page, { consoleUrl }) => {
      await page.goto(`${consoleUrl}/orders/ord-20260805-000143/refund`);
      await page.getByLabel("환불 금액").fill("20,000");
      await page.getByRole("button", { name: "다음" }).click();
      await page.getByText("20,000원을 환불합니다").waitFor();
    },
  },
];

export const views: readonly View[] = [...consoleViews, ...shopViews, ...resultViews, ...windowViews];
