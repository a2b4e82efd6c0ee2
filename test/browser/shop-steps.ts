// What a buyer does in the sample shop before the window opens, by what its pages say.
import type { Page } from "playwright-core";
import { buyer } from "../support/visitor.ts";

export async function fill(page: Page): Promise<void> {
  await page.getByLabel("이름").fill(buyer["name"] ?? "");
  await page.getByLabel("휴대폰 번호").fill(buyer["phone"] ?? "");
  await page.getByLabel("이메일").fill(buyer["email"] ?? "");
}

/** From the shelf to the page with the button that pays. */
export async function order(
  page: Page,
  shopUrl: string,
  item: RegExp,
  choose: () => Promise<void> = async () => {},
): Promise<void> {
  await page.goto(shopUrl);
  await page.getByRole("link", { name: item }).click();
  await fill(page);
  await choose();
  await page.getByRole("button", { name: "주문하기" }).click();
  await page.getByRole("heading", { name: "주문 확인" }).waitFor();
}

export const payNow = (page: Page): Promise<void> =>
  page.getByRole("button", { name: /원 결제하기$/ }).click();

export const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
