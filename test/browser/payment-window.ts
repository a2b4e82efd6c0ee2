// The simulator's window as a person uses it: what is pressed in it, by what it says.
import type { FrameLocator, Page } from "playwright-core";

/** Over the shop's page on a PC, a page of its own on a phone. */
export const windowOf = (page: Page, isPhone: boolean): Page | FrameLocator =>
  isPhone ? page : page.frameLocator("iframe.imp-frame");

/** The one button that goes on: pay, or have an account issued. */
export const press = (window: Page | FrameLocator, name: RegExp): Promise<void> =>
  window.getByRole("button", { name }).first().click();

export const pay = /결제하기|결제$/;
export const issueAccount = /계좌.*발급|발급/;
export const confirm = /^확인/;
export const leave = /닫기|취소/;
