// What the screenshots show: a shop with orders of every kind, its console, and PortOne's simulator behind them.
import type { Browser, BrowserContext } from "playwright-core";
import { resultUrlOf, startShop } from "../../../infra/console/shop/start-shop.ts";
import { type Console, startConsole } from "../../../infra/console/start-console.ts";
import { startEmbeddedDynamoDb } from "../../../infra/local/processes/embedded-dynamodb.ts";
import { findFreePort } from "../../../infra/local/processes/free-port.ts";
import { engineOfMachine } from "../../../infra/local/processes/table-engine.ts";
import { Shop } from "../../support/shop.ts";
import { startStackOn } from "../../support/stack.ts";

const waiting = "ord-20260805-000149";

interface OpenWindow {
  readonly window: string;
  readonly merchant_uid: string;
}

type Signed = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface Scene {
  readonly shop: Shop;
  readonly shopUrl: string;
  readonly consoleUrl: string;
  /** A browser's state once the console let it in. */
  signedIn(browser: Browser): Promise<Signed>;
  /** Closes the windows that were opened to be looked at, so that no later page shows them. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const dynamodb = await startEmbeddedDynamoDb(engineOfMachine(), null);
  // The functions are told where the shop is before it can be told where they are.
  const port = await findFreePort(0);
  const environment = { PAY_RESULT_URL: resultUrlOf(`http://127.0.0.1:${port}`), PAY_GIVE_BACK_MAX: "1" };
  const stack = await startStackOn(dynamodb.url, { environment });
  const { gatewayUrl, simulatorUrl, merchantKey } = stack;
  const sample = await startShop({ port, pay: { url: gatewayUrl, key: merchantKey } });
  const desk = await startConsole({
    apiUrl: gatewayUrl,
    key: merchantKey,
    local: { simulatorUrl },
    port: 0,
    print: () => {},
    log: console.error,
  });
  const shop = new Shop(stack);
  await fill(shop);
  let signed: Signed | null = null;
  return {
    shop,
    shopUrl: sample.url,
    consoleUrl: new URL(desk.url).origin,
    signedIn: async (browser) => {
      signed ??= await signIn(browser, desk);
      return signed;
    },
    tidy: () => tidy(shop),
    close: async () => {
      await desk.close();
      await sample.close();
      await stack.close();
      await dynamodb.close();
    },
  };
}

async function signIn(browser: Browser, { url }: Console): Promise<Signed> {
  const context = await browser.newContext();
  await (await context.newPage()).goto(url);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function tidy(shop: Shop): Promise<void> {
  const { windows } = await shop.control<{ windows: readonly OpenWindow[] }>("GET", "/windows");
  for (const { window, merchant_uid } of windows)
    if (merchant_uid !== waiting) await shop.control("POST", `/window/${window}/close`, {});
}

/** One order of each kind that a page tells apart. */
async function fill(shop: Shop): Promise<void> {
  const paid = async (merchantUid: string, more = {}) => {
    await shop.pay(await shop.createOrder(merchantUid, more));
    await shop.sync(merchantUid);
  };
  await paid("ord-20260805-000142", { pay_method: "trans" });
  await shop.refund("ord-20260805-000142", "key-1", { amount: 20_000, reason: "단순 변심" });
  await shop.merchant("POST", "/orders/ord-20260805-000142/receipt", {
    identifier: "010-1234-5678",
    identifier_type: "phone",
    type: "person",
    product_type: "real",
  });
  await paid("ord-20260805-000143");
  await shop.pay(
    await shop.createOrder("ord-20260805-000144", { pay_method: "vbank", vbank_due: "20371231235959" }),
  );
  await shop.decline(await shop.createOrder("ord-20260805-000145"));
  for (const forged of ["ord-20260805-000146", "ord-20260805-000147"]) {
    await shop.fault("amount_changed", "confirm", { merchant_uid: forged });
    await paid(forged);
  }
  await shop.fault("record_patched", "*", {
    merchant_uid: "ord-20260805-000148",
    count: 1_000,
    patch: { escrow: true },
  });
  await paid("ord-20260805-000148");
  const request_pay = await shop.createOrder(waiting);
  await shop.control("POST", "/window", { request_pay });
}
