// A browser and a simulator alone, for what concerns the payment window and no shop's server.
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { type RunningSimulator, startSimulator } from "../simulator/start-simulator.ts";
import { type Json, requestPay, SimulatorClient } from "../simulator/testing/simulator-client.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";

export const executablePath = findChromium();

export class WindowStand {
  #browser: Browser | undefined;
  #running: RunningSimulator | undefined;
  #client: SimulatorClient | undefined;
  #orders = 0;

  constructor() {
    beforeAll(async () => {
      this.#running = await startSimulator({ seed: 7 });
      const { url, impKey, impSecret } = this.#running;
      this.#client = new SimulatorClient(url, impKey, impSecret);
      this.#browser = await chromium.launch({
        executablePath: executablePath ?? "",
        args: [...chromiumFlags],
      });
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#running?.close();
    });
  }

  get simulator(): SimulatorClient {
    if (!this.#client) throw new Error("the simulator runs in tests only");
    return this.#client;
  }

  /** What a shop asks the window for, under a number of its own. */
  order(change: Json = {}): Json {
    this.#orders += 1;
    return requestPay({ merchant_uid: `ord-window-${this.#orders}`, ...change });
  }

  /** A page of a browser of its own. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.#browser) throw new Error("the browser runs in tests only");
    const context = await this.#browser.newContext(options);
    onTestFinished(() => context.close());
    return context.newPage();
  }

  async openWindow(change: Json, device: "pc" | "mobile"): Promise<{ impUid: string; address: string }> {
    const opened = await this.simulator.control("POST", "/window", {
      request_pay: this.order(change),
      device,
    });
    return { impUid: String(opened["imp_uid"]), address: String(opened["page"]) };
  }
}

/** How far something reaches beyond the screen's edge. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
