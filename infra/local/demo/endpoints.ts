// What stays up after the demo, as addresses and commands to paste.

import type { LocalRun } from "../processes/local-run.ts";
import { type DemoResult, demoMerchantUid } from "./demo.ts";
import { transferUid } from "./demo-after-sale-steps.ts";
import { demoOrder } from "./demo-steps.ts";
import { openWaitingWindow, type WaitingWindow } from "./demo-window.ts";
import { kstTime } from "./kst-time.ts";

export interface Examples {
  /** An order that exists. */
  readonly merchantUid: string;
  /** A number no order has. */
  readonly freshUid: string;
  /** Korean day, `2026-08-05`. */
  readonly day: string;
  readonly waiting: WaitingWindow | null;
}

/** Without a demo nothing is made: the commands then speak of the order the first of them creates. */
export async function makeExamples(run: LocalRun, demo: DemoResult | null, nowMs: number): Promise<Examples> {
  const freshUid = `${demoMerchantUid(nowMs)}-mine`;
  return {
    merchantUid: demo?.merchant_uid ?? freshUid,
    freshUid,
    day: kstTime(nowMs).slice(0, 10),
    waiting: demo?.ok ? await openWaitingWindow(run, nowMs) : null,
  };
}

/** One command per merchant endpoint, each of which works as it stands. */
function merchantCommands(run: LocalRun, examples: Examples): readonly [title: string, curl: string][] {
  const { merchantUid, freshUid, day, waiting } = examples;
  const key = `-H 'Authorization: Bearer ${run.merchantKey}'`;
  const json = "-H 'content-type: application/json'";
  const get = (path: string) => `curl -sS '${run.gateway}${path}' ${key}`;
  const post = (path: string, body: object) =>
    `curl -sS '${run.gateway}${path}' ${key} ${json} -d '${JSON.stringify(body)}'`;
  return [
    ["create an order", post("/orders", demoOrder(freshUid))],
    ["read an order", get(`/orders/${merchantUid}`)],
    ["list a day's orders", get(`/orders?day=${day}`)],
    ["bring an order level with PortOne's record", post(`/orders/${merchantUid}/sync`, {})],
    [
      "give a part back (the key makes it happen once, however often it is sent)",
      `${post(`/orders/${merchantUid}/refunds`, { amount: 5_000 })} -H 'Idempotency-Key: my-key-1'`,
    ],
    ["list an order's refunds", get(`/orders/${merchantUid}/refunds`)],
    ["read the cash receipt of a bank transfer", get(`/orders/${transferUid(merchantUid)}/receipt`)],
    ["void an unpaid order", post(`/orders/${waiting?.merchantUid ?? freshUid}/void`, {})],
    ["store a card as a billing key", post("/customers/hong-card1/billing-key", demoCard)],
    ["read the billing key", get("/customers/hong-card1/billing-key")],
    ["charge the billing key", post("/customers/hong-card1/payments", demoCharge(`${freshUid}-key`))],
    [
      "charge a card by its number",
      post("/payments/onetime", { ...demoCharge(`${freshUid}-card`), ...demoCard }),
    ],
    ["list the charges reserved on the key", get("/customers/hong-card1/schedules")],
    ["let the give-backs go that the brake holds", post("/give-back-brake", { lifted: true })],
  ];
}

/** A card the simulator takes; one ending 0002 it declines. */
const demoCard = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };

const demoCharge = (merchantUid: string) => ({
  merchant_uid: merchantUid,
  name: "정기구독 8월분",
  amount: 8_900,
  buyer_name: "홍길동",
  product_type: "digital",
});

export function describeEndpoints(run: LocalRun, examples: Examples): string {
  const { gateway, simulator, dynamodb, table } = run;
  const page = examples.waiting?.page;
  return [
    "",
    "Everything stays up until Ctrl-C.",
    `  gateway     ${gateway}`,
    `  simulator   ${simulator}  (PortOne's API; its levers are under /_control)`,
    `  DynamoDB    ${dynamodb}  (table ${table})`,
    ...(page ? [`  window      ${page}  (open it in a browser and pay, as the buyer)`] : []),
    ...merchantCommands(run, examples).map(([title, curl]) => `\n# ${title}\n${curl}`),
  ].join("\n");
}
