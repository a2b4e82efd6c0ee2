// What every client meets: a simulator, a paid card payment, a paid transfer, a billing key, and the bodies of
// calls as KSNET wants them.
import { startSimulator } from "../simulator/start-simulator.ts";

export type Body = Record<string, unknown>;

export interface Calls extends Body {
  /** By operation. */
  readonly counts: Readonly<Record<string, number>>;
  readonly calls: readonly { readonly path: string; readonly status: number | null }[];
}

export interface World {
  readonly url: string;
  readonly impKey: string;
  readonly impSecret: string;
  /** Pays and gives the imp_uid. */
  pay(merchantUid: string, more?: Body): Promise<string>;
  /** A window whose buyer is declined; gives the imp_uid. */
  decline(merchantUid: string): Promise<string>;
  /** What PortOne's API was asked while something ran. */
  callsDuring(run: () => Promise<unknown>): Promise<Calls>;
  /** Ends every token on PortOne's side, the client knowing nothing of it. */
  endTokens(): Promise<void>;
  control(method: string, path: string, body?: Body): Promise<Body>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const simulator = await startSimulator({ seed: 7 });
  const control: World["control"] = async (method, path, body) => {
    const response = await fetch(`${simulator.url}/_control${path}`, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  await control("PUT", "/settings", {
    contracts: ["key_in", "billing", "vbank", "vbank_refund", "escrow", "instalments", "easy_pay", "phone"],
  });
  const requestPay = (merchantUid: string, more: Body) => ({
    channelKey: "channel-key-00000000-0000-0000-0000-000000000000",
    pay_method: "card",
    merchant_uid: merchantUid,
    name: "나이키 와플 트레이너 2 SD",
    amount: 109_000,
    tax_free: 3_000,
    buyer_name: "홍길동",
    buyer_email: "buyer@example.com",
    ...more,
  });
  return {
    ...simulator,
    control,
    pay: async (merchantUid, more = {}) => {
      const paid = await control("POST", "/pay", { request_pay: requestPay(merchantUid, more) });
      return String(paid["imp_uid"]);
    },
    decline: async (merchantUid) => {
      const opened = await control("POST", "/window", { request_pay: requestPay(merchantUid, {}) });
      await control("POST", `/window/${String(opened["window"])}/decline`, { reason: "한도초과" });
      return String(opened["imp_uid"]);
    },
    callsDuring: async (run) => {
      await control("DELETE", "/calls");
      await run();
      return (await control("GET", "/calls")) as Calls;
    },
    endTokens: async () => {
      await control("POST", "/clock", { advance_ms: 31 * 60_000 });
    },
  };
}

export const card = {
  card_number: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: "820213",
  pwd_2digit: "00",
};
/** The card company declines it. */
export const brokeCard = { ...card, card_number: "4518-4200-0005-0002" };
export const keyBody = { channel_key: "channel-key-1", ...card };
export const charge = (merchant_uid: string) => ({
  merchant_uid,
  amount: 8_900,
  name: "정기구독 8월분",
  buyer_name: "홍길동",
  product_type: "digital",
});
export const reservation = (merchant_uid: string) => ({
  ...charge(merchant_uid),
  currency: "KRW",
  schedule_at: Math.floor(Date.now() / 1000) + 86_400,
});
export const account = (merchant_uid: string) => ({
  channel_key: "channel-key-1",
  merchant_uid,
  amount: 50_000,
  name: "조명",
  buyer_name: "홍길동",
  product_type: "real",
  vbank_code: "088",
  vbank_due: Math.floor(Date.now() / 1000) + 86_400,
  vbank_holder: "홍길동",
});
export const receipt = {
  identifier: "01012345678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
  buyer_name: "홍길동",
};
export const sale = {
  channel_key: "channel-key-1",
  pg: "ksnet",
  name: "현장 판매",
  amount: 55_000,
  ...receipt,
};
export const parcel = {
  sender: { name: "샘플상점", tel: "02-000-0000", addr: "서울", postcode: "04783" },
  receiver: { name: "홍길동", tel: "010-0000-0000", addr: "부산", postcode: "48058" },
  logis: { company: "CJGLS", invoice: "600000000000", sent_at: 1_785_990_000 },
};
