// What stays up after the demo: addresses, keys, what to do next, and commands to paste. Each works as it stands, in
// the order printed, in a shell that ran the export line.
import { relative } from "node:path";
import { referencePath } from "../host/reference-page.ts";
import type { LocalRun } from "../processes/local-run.ts";
import type { Say } from "../words/say.ts";
import { demoMerchantUid } from "./demo.ts";
import { demoOrder } from "./demo-steps.ts";
import type { Json } from "./demo-timeline.ts";
import type { WaitingWindow } from "./demo-window.ts";
import { kstTime } from "./kst-time.ts";
import type { Paint } from "./paint.ts";

type Command = readonly [title: string, command: string];
type Address = readonly [address: string, what: string];

const key = '-H "Authorization: Bearer $KEY"';
const json = "-H 'content-type: application/json'";
const get = (path: string) => `curl -sS "$G${path}" ${key}`;
const post = (path: string, body: object) =>
  `curl -sS "$G${path}" ${key} ${json} -d '${JSON.stringify(body)}'`;
/** The order's own answer goes to the simulator, which plays the buyer. */
const pay = (order: Json) => `${post("/orders", order)} | curl -sS "$SIM/_control/pay" ${json} -d @-`;

/** Of orders that they make themselves; only the first one pays what the demo left waiting. */
function commands({ nowMs, waiting, say }: Told): readonly Command[] {
  const uid = `${demoMerchantUid(nowMs)}-mine`;
  const transfer = { ...demoOrder(`${uid}-trans`), pay_method: "trans" };
  return [
    ...(waiting ? [payWaiting(waiting, say)] : []),
    [say("do_create"), post("/orders", demoOrder(uid))],
    [say("do_pay"), pay(demoOrder(uid))],
    [say("do_read"), get(`/orders/${uid}`)],
    [say("do_list"), get(`/orders?day=${kstTime(nowMs).slice(0, 10)}`)],
    [say("do_sync"), post(`/orders/${uid}/sync`, {})],
    [say("do_refund"), `${post(`/orders/${uid}/refunds`, { amount: 5_000 })} -H 'Idempotency-Key: my-key-1'`],
    [say("do_refunds"), get(`/orders/${uid}/refunds`)],
    [say("do_transfer"), pay(transfer)],
    [say("do_transfer_sync"), post(`/orders/${uid}-trans/sync`, {})],
    [say("do_receipt"), post(`/orders/${uid}-trans/receipt`, demoReceipt)],
    [say("do_read_receipt"), get(`/orders/${uid}-trans/receipt`)],
    [say("do_create_unpaid"), post("/orders", demoOrder(`${uid}-void`))],
    [say("do_void"), post(`/orders/${uid}-void/void`, {})],
    [say("do_store_card"), post("/customers/hong-card1/billing-key", demoCard)],
    [say("do_read_key"), get("/customers/hong-card1/billing-key")],
    [say("do_charge_key"), post("/customers/hong-card1/payments", demoCharge(`${uid}-key`))],
    [say("do_charge_card"), post("/payments/onetime", { ...demoCharge(`${uid}-card`), ...demoCard })],
    [say("do_schedules"), get("/customers/hong-card1/schedules")],
    [say("do_lift_brake"), post("/give-back-brake", { lifted: true })],
  ];
}

const payWaiting = ({ merchantUid, window }: WaitingWindow, say: Say): Command => [
  say("do_window", { order: merchantUid }),
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

/** The shop's pages first, then what programs call. */
function addresses({ ready, logsFile }: LocalRun, { waiting, say }: Told): readonly Address[] {
  const { shop, console: desk, gateway, simulator, dynamodb, table } = ready;
  return [
    ...(shop === undefined ? [] : [[shop, say("at_shop")] as const]),
    ...(desk === undefined ? [] : [[desk, say("at_console")] as const]),
    ...(waiting === null ? [] : [[waiting.page, say("at_window")] as const]),
    [gateway, say("at_gateway")],
    [`${gateway}${referencePath}`, say("at_reference")],
    [simulator, say("at_simulator")],
    [dynamodb, say("at_dynamodb", { table })],
    [logsFile === null ? "stderr" : shortPath(logsFile), say("at_logs")],
  ];
}

/** From the folder it was started in, where it lies below it. */
function shortPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
}

/** The address stands first: what follows it is as wide as its language. */
const describeAddress = ([address, what]: Address, paint: Paint): string =>
  `  ${paint("cyan", address)}${" ".repeat(Math.max(2, addressWidth - address.length))}${what}`;
const addressWidth = 38;

/** A command's title without what it explains. */
const quoted = (title: string): string => title.split("(")[0]?.trim() ?? title;

function nextSteps({ ready }: LocalRun, { waiting, say }: Told): readonly string[] {
  const [create, pay] = [quoted(say("do_create")), quoted(say("do_pay"))];
  const read = quoted(say("do_read"));
  const buy = () => (waiting === null ? say("next_buy_command", { create, pay }) : say("next_buy_window"));
  return [
    ready.shop === undefined ? buy() : say("next_buy_shop"),
    say(ready.console === undefined ? "next_look_command" : "next_look_console", { read }),
    say("next_refund", { refund: quoted(say("do_refund")) }),
    say("next_docs"),
  ];
}

/** `$IMP_KEY` and `$IMP_SECRET` open PortOne's API at the simulator, `$KEY` our own doors. */
const exportLine = ({ ready, impKey, impSecret }: LocalRun): string =>
  `export KEY=${ready.merchantKey} G=${ready.gateway} SIM=${ready.simulator} IMP_KEY=${impKey} IMP_SECRET=${impSecret}`;

export interface Told {
  readonly nowMs: number;
  /** Null when nothing was left to pay: without the demo nothing is made. */
  readonly waiting: WaitingWindow | null;
  readonly say: Say;
  readonly paint: Paint;
}

export function describeRun(run: LocalRun, told: Told): string {
  const { say, paint } = told;
  return [
    "",
    paint("bold", say("stays_up")),
    "",
    ...addresses(run, told).map((address) => describeAddress(address, paint)),
    "",
    paint("bold", `# ${say("export_first")}`),
    exportLine(run),
    "",
    paint("bold", say("next")),
    ...nextSteps(run, told).map((step, index) => `  ${index + 1}. ${step}`),
    "",
    paint("bold", say("commands")),
    ...commands(told).map(([title, command]) => `\n${paint("dim", `# ${title}`)}\n${command}`),
  ].join("\n");
}
