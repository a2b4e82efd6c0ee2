// The page a phone lands on until the shop has its own: what a buyer reads there, and that it believes no address.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;
beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

async function page(query: string): Promise<string> {
  const response = await fetch(`${stack.gatewayUrl}/_local/result${query}`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  return response.text();
}
const titleOf = (html: string) => /<h1>(.*)<\/h1>/.exec(html)?.[1];
const isLookingAgain = (html: string) => html.includes('http-equiv="refresh"');

const checking = "결제를 확인하고 있습니다";

it("is where a phone comes back to, paid", async () => {
  const requestPay = await shop.createOrder("ord-phone");
  const { redirect } = await shop.pay(requestPay, { device: "mobile" });
  const html = await (await fetch(String(redirect))).text();
  expect(titleOf(html)).toBe("결제가 완료되었습니다");
  expect(html).toContain("<dt>금액</dt><dd>109,000원</dd>");
  expect(html).toContain("<dt>상품</dt><dd>나이키 와플 트레이너 2 SD</dd>");
  expect(isLookingAgain(html)).toBe(false);
});

it("shows the account a deposit is waited for on", async () => {
  const requestPay = await shop.createOrder("ord-account", {
    pay_method: "vbank",
    vbank_due: "20991231235959",
  });
  const { redirect } = await shop.pay(requestPay, { device: "mobile" });
  const html = await (await fetch(String(redirect))).text();
  expect(titleOf(html)).toBe("입금을 기다리고 있습니다");
  const { vbank } = await shop.order("ord-account");
  const { vbank_name, vbank_num, vbank_holder } = vbank as Json;
  for (const shown of [vbank_name, vbank_num, vbank_holder]) expect(html).toContain(`<dd>${shown}</dd>`);
  expect(html).toContain("<dt>입금 기한</dt><dd>2099년 12월 31일 오후 11:59</dd>");
});

it("says that nothing was paid, with PortOne's code", async () => {
  await shop.decline(await shop.createOrder("ord-declined"));
  await shop.sync("ord-declined");
  const html = await page("?merchant_uid=ord-declined&state=failed&error_code=F400");
  expect(titleOf(html)).toBe("결제되지 않았습니다");
  expect(html).toContain("<dt>오류 코드</dt><dd>F400</dd>");
});

it("looks again by itself while nothing is known, and believes the order, not the address", async () => {
  await shop.createOrder("ord-open");
  const html = await page("?merchant_uid=ord-open&state=paid");
  expect([titleOf(html), isLookingAgain(html)]).toEqual([checking, true]);
});

it.each(["?merchant_uid=ord-nobody&state=unknown", "?state=pending", ""])(
  "is a page for %j, too",
  async (query) => {
    expect(titleOf(await page(query))).toBe(checking);
  },
);

it("writes nothing of an address into its own code", async () => {
  const html = await page(`?merchant_uid=${encodeURIComponent("<script>alert(1)</script>")}&state=<b>`);
  expect(html).not.toContain("<script>");
  expect(html).toContain("&#60;script&#62;");
});
