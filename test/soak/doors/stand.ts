// A shop in full swing, made anew for each few hundred requests: an order in every state that a door looks at, a billing
// key, reservations, receipts, a parcel.
import type { Reply, Stage } from "../stage.ts";
import type { Json } from "../world.ts";

export interface Stand {
  /** Begins every number of this shop. */
  readonly prefix: string;
  readonly impUids: Readonly<Record<"paid" | "account" | "review", string>>;
  /** Each order's own, by its number. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly refundId: string;
  /** Of a refund that waits for the morning. */
  readonly waitingId: string;
  readonly audited: { readonly from: string; readonly day: string };
  readonly inAnHour: string;
  readonly inAMonth: string;
  readonly today: string;
}

/** Nobody's to read, wherever they are sent: looked for as they are written here. */
export const cardNumber = "4518-4200-0000-0015";
export const card = { card_number: cardNumber, expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
export const refundAccount = "110987654321";
export const identifier = "01098761234";
export const buyer = {
  buyer_name: "남궁민수",
  buyer_email: "namgung@buyer.example",
  buyer_tel: "010-9876-1234",
  buyer_addr: "성수이로 20길 16",
  buyer_postcode: "04783",
};

export const orderOf = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  tax_free: 3_000,
  pay_method: "card",
  ...buyer,
  ...more,
});

export const debtOf = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  name: "정기구독 8월분",
  amount: 59_000,
  buyer_name: buyer.buyer_name,
  product_type: "digital",
  ...more,
});

export const receiptOf = (more: Json = {}): Json => ({
  identifier,
  identifier_type: "phone",
  type: "person",
  product_type: "real",
  ...more,
});

export const saleOf = (more: Json = {}): Json =>
  receiptOf({ name: "매장 판매", amount: 5_000, buyer_name: buyer.buyer_name, ...more });

export const parcelOf = (invoice: string): Json => ({
  sender: { name: "샘플상점", tel: "02-000-0000", addr: "서울 성동구 성수이로", postcode: "04783" },
  receiver: { name: buyer.buyer_name, tel: buyer.buyer_tel, addr: buyer.buyer_addr, postcode: "48058" },
  logis: { company: "CJGLS", invoice, sent_at: "2026-08-06T04:20:00.000Z" },
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Throws where one of its own steps fails: that is the fuzz's mistake. */
export async function setUpStand(stage: Stage, epoch: number): Promise<Stand> {
  const prefix = `d${epoch}`;
  const named = (what: string) => `${prefix}-${what}`;
  const tokens = new Map<string, string>();
  await stage.control("POST", "/faults", { name: "notice_never", call: "notice", count: 1_000_000 });

  const create = async (what: string, more: Json = {}): Promise<Json> => {
    const { json } = sound(await stage.merchant("POST", "/orders", orderOf(named(what), more)), what);
    tokens.set(named(what), String(json["token"]));
    return json["request_pay"] as Json;
  };
  const sync = async (what: string) =>
    sound(await stage.merchant("POST", `/orders/${named(what)}/sync`, {}), `sync ${what}`);
  const pay = async (what: string, more: Json = {}): Promise<string> => {
    const paid = await stage.control("POST", "/pay", { request_pay: await create(what, more) });
    await sync(what);
    return String(paid["imp_uid"]);
  };
  const post = async (path: string, body: Json, headers: Readonly<Record<string, string>> = {}) =>
    sound(await stage.merchant("POST", path, body, headers), path);
  const now = async () => Date.parse(String((await stage.local("GET", "/clock"))["now"]));

  // Evening, so that two hours later it is night.
  await stage.advance(untilEveningMs(await now()));
  const startedAtMs = await now();
  const transfer = { pay_method: "trans" };
  await pay("parcel", { ...transfer, escrow: true });
  await post(`/orders/${named("parcel")}/delivery`, parcelOf("600000000001"));
  // A parcel is shown after an hour, and each minute has its own budgets.
  await stage.advance(2 * hourMs);
  await pay("escrow", { ...transfer, escrow: true });
  const paid = await pay("paid");
  await pay("transfer", transfer);
  await pay("receipt", transfer);
  await post(`/orders/${named("receipt")}/receipt`, receiptOf());
  await post(`/receipts/external/${named("sale")}`, saleOf());
  const { json: refund } = await post(
    `/orders/${named("paid")}/refunds`,
    { amount: 1_000, reason: "단순 변심" },
    { "idempotency-key": "first" },
  );
  const { mid } = await stage.control("GET", "/settings");
  await stage.control("PUT", "/settings", { mid: "9999999999" });
  const review = await pay("review");
  await stage.control("PUT", "/settings", { mid });
  await create("open");
  const vbank = { pay_method: "vbank", vbank_due: kstDay(startedAtMs + 3 * dayMs) };
  await create("free", vbank);
  const account = await pay("account", vbank);
  const deposited = await pay("waiting", vbank);
  await stage.control("POST", `/payments/${deposited}/deposit`, {});
  await sync("waiting");
  const { json: waiting } = await post(
    `/orders/${named("waiting")}/refunds`,
    { amount: 1_000, refund_holder: buyer.buyer_name, refund_bank: "004", refund_account: refundAccount },
    { "idempotency-key": "at-night" },
  );
  if (waiting["state"] !== "scheduled") throw new Error(`the stand's night: ${JSON.stringify(waiting)}`);
  for (const what of ["cust", "spare"]) await post(`/customers/${named(what)}/billing-key`, card);
  const inAMonth = iso(startedAtMs + 30 * dayMs);
  const schedules = ["sub-1", "sub-2"].map((what) => debtOf(named(what), { schedule_at: inAMonth }));
  await post(`/customers/${named("cust")}/schedules`, { schedules });
  const from = iso(startedAtMs);
  await stage.invoke("audit", { from });
  return {
    prefix,
    impUids: { paid, account, review },
    tokens,
    refundId: String(refund["refund_id"]),
    waitingId: String(waiting["refund_id"]),
    audited: { from, day: kstDay(startedAtMs) },
    inAnHour: iso((await now()) + hourMs),
    inAMonth,
    today: kstDay(await now()),
  };
}

function sound(reply: Reply, what: string): Reply {
  if (reply.status < 200 || reply.status > 299)
    throw new Error(`the stand's own ${what}: ${reply.status} ${JSON.stringify(reply.json)}`);
  return reply;
}

/** Until twenty to ten in Korea. */
const untilEveningMs = (nowMs: number): number =>
  (dayMs + 21 * hourMs + 40 * 60_000 - ((nowMs + 9 * hourMs) % dayMs)) % dayMs;

const iso = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
const kstDay = (ms: number): string => iso(ms + 9 * hourMs).slice(0, 10);
