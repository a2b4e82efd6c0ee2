// The levers of one order, beside a run on this laptop.
import type { OpenWindow, Payment } from "../../api/simulator.ts";
import { html, type Part } from "../../html.ts";
import { nextLevers, paymentCards, windowCards } from "../levers/of-payments.ts";
import type { Local, Visit } from "../page.ts";
import { section } from "../parts/section.ts";

interface OnPortOnesSide {
  readonly windows: readonly OpenWindow[];
  readonly payments: readonly Payment[];
}

async function read({ simulator }: Local, merchantUid: string): Promise<OnPortOnesSide> {
  const [windows, payments] = await Promise.all([simulator.windows(), simulator.paymentsOf(merchantUid)]);
  return { windows: windows.filter(({ merchant_uid }) => merchant_uid === merchantUid), payments };
}

export async function simulatorSection({ local, words }: Visit, merchantUid: string): Promise<Part> {
  if (local === null) return null;
  const { windows, payments } = await read(local, merchantUid);
  // A window that is open has its own levers.
  const waiting = windows.map(({ imp_uid }) => imp_uid);
  const others = payments.filter(({ imp_uid }) => !waiting.includes(imp_uid));
  const place = { words, back: `/orders/${merchantUid}`, namesOrder: false };
  return section("simulator", words.levers.title, [
    html`<p class="aside">${words.levers.note}</p>`,
    windows.length > 0 && windowCards(windows, place),
    others.length > 0 && paymentCards(others, place),
    html`<h3>${words.levers.next}</h3>`,
    nextLevers(merchantUid, place.back, words),
  ]);
}
