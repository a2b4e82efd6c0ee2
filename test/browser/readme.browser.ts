// The READMEs with their page: the shop's page as it is printed, served from another port of this machine, where a
// person pays the order that the shell made; the commands after it then find it paid.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneProject, type Followed, followReadme, removeClone } from "../support/readme.ts";
import { chromiumFlags } from "./chromium-flags.ts";
import { findChromium } from "./find-chromium.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === null)("the README's page", () => {
  let browser: Browser;
  let dir: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
    dir = cloneProject();
  });
  afterAll(async () => {
    removeClone(dir);
    await browser.close();
  });

  /** Any web server on this machine: the page, and the answer the shell left beside it. */
  async function serveShop(html: string) {
    const server = createServer(({ url }, response) => {
      const isPage = url === "/shop.html";
      response.setHeader("content-type", isPage ? "text/html" : "application/json");
      response.end(isPage ? html : readFileSync(join(dir, ".local/order.json")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { address: `http://localhost:${port}/shop.html`, close: () => server.close() };
  }

  async function visit(html: string, exported: Followed["exported"]) {
    const shop = await serveShop(html.replace("http://127.0.0.1:3000", exported["G"] ?? ""));
    const page = await browser.newPage();
    await page.goto(shop.address);
    const close = async () => {
      await page.close();
      shop.close();
    };
    return { page, close };
  }

  it.each(["README.md", "README.ko.md"])("%s takes the order from window to refund", async (file) => {
    const said: string[] = [];
    const { output } = await followReadme(dir, file, async (html, exported) => {
      const first = await visit(html, exported);
      await first.page.frameLocator("iframe.imp-frame").getByRole("button", { name: "결제하기" }).click();
      await first.page.getByText("주문 상태: paid", { exact: true }).waitFor();
      await first.close();
      // The window is refused for an order that is paid: the page shows PortOne's words, not an empty screen.
      const again = await visit(html, exported);
      const body = again.page.locator("body");
      await expect.poll(async () => (await body.innerText()).trim(), { timeout: 10_000 }).not.toBe("");
      said.push((await body.innerText()).trim());
      await again.close();
    });
    expect(said).toEqual([expect.stringMatching(/이미|결제/)]);
    expect(output).toContain('"refused":{"error_code"');
    expect(output).toMatch(/"state":"succeeded","amount":20000,.*"remaining":89000/);
    expect(output).toMatch(/"state":"issued"/);
  });

  it("a page of another host is refused, and the log names the setting", async () => {
    let logged = "";
    await followReadme(dir, "README.md", async (_, exported) => {
      const response = await fetch(`${exported["G"]}/payments/complete`, {
        method: "OPTIONS",
        headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
      });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      const lines = () => readFileSync(join(dir, ".local/functions.log"), "utf8");
      await expect.poll(lines, { timeout: 5_000 }).toContain("origin_refused");
      logged = lines();
    });
    expect(logged).toMatch(/"event":"origin_refused".*"setting":"PAY_ALLOWED_ORIGINS"/);
  });
});
