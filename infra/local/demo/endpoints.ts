// What stays up after the demo, as addresses and commands to paste. Each works as it stands, in the order printed,
// in a shell that ran the export line.

import { referencePath } from "../host/reference-page.ts";
import type { LocalRun, Ready } from "../processes/local-run.ts";
import { demoMerchantUid } from "./demo.ts";
import { demoOrder } from "./demo-steps.ts";
import type { Json } from "./demo-timeline.ts";
import type { WaitingWindow } from "./demo-window.ts";
import { kstTime } from "./kst-time.ts";

type Command = readonly [title: string, command: string];

const key = '-H "Authorization: Bearer $KEY"';
const json = "-H 'content-type: application/json'";
const get = (path: string) => `curl -sS "$G${path}" ${key}`;
const post = (path: string, body: object) =>
  `curl -sS "$G${path}" ${key} ${json} -d '${JSON.stringify(body)}'`;
/** The order's own answer goes to the simulator, which plays the buyer. */
const pay = (order: Json) => `${post("/orders", order)} | curl -sS "$SIM/_control/pay" ${json} -d @-`;

/** Of orders that they make themselves; only the first one pays what the demo left waiting. */
function commands(nowMs: number, waiting: WaitingWindow | null): readonly Command[] {
  const uid = `${demoMerchantUid(nowMs)}-mine`;
  const transfer = { ...demoOrder(`${uid}-trans`), pay_method: "trans" };
  return [
    ...(waiting ? [payWaiting(waiting)] : []),
    ["create an order", post("/orders", demoOrder(uid))],
    ["pay it without a browser (the same order again is the same order)", pay(demoOrder(uid))],
    ["read it", get(`/orders/${uid}`)],
    ["list a day's orders", get(`/orders?day=${kstTime(nowMs).slice(0, 10)}`)],
    ["bring it level with PortOne's record", post(`/orders/${uid}/sync`, {})],
    [
      "give a part back (the key makes it happen once, however often it is sent)",
      `${post(`/orders/${uid}/refunds`, { amount: 5_000 })} -H 'Idempotency-Key: my-key-1'`,
    ],
    ["list its refunds", get(`/orders/${uid}/refunds`)],
    ["pay by bank transfer", pay(transfer)],
    ["bring it level before PortOne's notice does", post(`/orders/${uid}-trans/sync`, {})],
    ["issue its cash receipt", post(`/orders/${uid}-trans/receipt`, demoReceipt)],
    ["read the cash receipt", get(`/orders/${uid}-trans/receipt`)],
    ["create an order nobody pays", post("/orders", demoOrder(`${uid}-void`))],
    ["void it", post(`/orders/${uid}-void/void`, {})],
    ["store a card as a billing key", post("/customers/hong-card1/billing-key", demoCard)],
    ["read the billing key", get("/customers/hong-card1/billing-key")],
    ["charge the billing key", post("/customers/hong-card1/payments", demoCharge(`${uid}-key`))],
    ["charge a card by its number", post("/payments/onetime", { ...demoCharge(`${uid}-card`), ...demoCard })],
    ["list the charges reserved on the key", get("/customers/hong-card1/schedules")],
    ["let the give-backs go that the brake holds", post("/give-back-brake", { lifted: true })],
  ];
}

const payWaiting = ({ merchantUid, window }: WaitingWindow): Command => [
  `pay ${merchantUid}, which waits in the window above, without a browser`,
  `curl -sS "$SIM/_control/window/${window}/approve" ${json} -d '{}'`,
];

const demoReceipt = {
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};

/** A card the simulator takes; one ending 0002 it declines. */
const demoCard = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };

const demoCharge = (merchantUid: string) => ({
  merchant_uid: merchantUid,
  name: "정기구독 8월분",
  amount: 8_900,
  buyer_name: "홍길동",
  product_type: "digital",
});

const addresses = ({ gateway, simulator, dynamodb, table }: Ready): readonly string[] => [
  `  gateway     ${gateway}`,
  `  reference   ${gateway}${referencePath}  (every door and every error code, with requests to try)`,
  `  simulator   ${simulator}  (PortOne's API; its levers are under /_control)`,
  `  DynamoDB    ${dynamodb}  (table ${table})`,
];

/** `$IMP_KEY` and `$IMP_SECRET` open PortOne's API at the simulator, `$KEY` our own doors. */
const exportLine = ({ ready, impKey, impSecret }: LocalRun): string =>
  `export KEY=${ready.merchantKey} G=${ready.gateway} SIM=${ready.simulator} IMP_KEY=${impKey} IMP_SECRET=${impSecret}`;

/** `waiting` is null when nothing was left to pay: without the demo nothing is made. */
export function describeRun(run: LocalRun, nowMs: number, waiting: WaitingWindow | null): string {
  return [
    "",
    "Everything stays up until Ctrl-C.",
    ...addresses(run.ready),
    `  logs        ${run.logsFile ?? "stderr"}`,
    ...(waiting ? [`  window      ${waiting.page}  (open it in a browser and pay, as the buyer)`] : []),
    "",
    "# paste this into another terminal first",
    exportLine(run),
    ...commands(nowMs, waiting).map(([title, command]) => `\n# ${title}\n${command}`),
  ].join("\n");
}
