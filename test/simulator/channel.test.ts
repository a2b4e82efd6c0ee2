// The shop has one channel; its key names it, and `pg` does with or without the MID.
import { describe, expect, it } from "vitest";
import { type Json, simulatorForTest } from "./testing/simulator-client.ts";

const key = { channel_key: "channel-key-1" };
const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
const sale = { name: "책상 조명", amount: 55_000, buyer_name: "홍길동", product_type: "real" };
const calls: readonly (readonly [path: string, body: Json])[] = [
  ["/subscribe/customers/user42-card1", card],
  ["/receipts/external/ord-external-1", { ...sale, identifier: "01012345678" }],
  ["/vbanks", { ...sale, merchant_uid: "ord-1", vbank_code: "088", vbank_due: 4_102_444_800 }],
];
const onetime = ["/subscribe/payments/onetime", { ...sale, ...card, merchant_uid: "ord-1" }] as const;

describe.each(calls)("POST %s", (path, body) => {
  it.each<Json>([key, { pg: "ksnet" }, { pg: "ksnet.2999199999" }, { ...key, pg: "ksnet.2999199999" }])(
    "takes %j",
    async (channel) => {
      const simulator = await simulatorForTest();
      expect(await simulator.api("POST", path, { ...body, ...channel })).toMatchObject({ code: 0 });
    },
  );

  it("wants one of the two", async () => {
    const simulator = await simulatorForTest();
    expect((await simulator.api("POST", path, body)).code).not.toBe(0);
  });
});

describe.each([...calls, onetime])("POST %s", (path, body) => {
  it("is refused for a MID that is not the shop's, unless the default channel takes over", async () => {
    const simulator = await simulatorForTest();
    const ask = () => simulator.api("POST", path, { ...body, ...key, pg: "ksnet.2009300001" });
    const refused = await ask();
    expect(refused).toMatchObject({ message: "등록된 채널 정보가 없습니다.", response: null });
    expect(refused.code).not.toBe(0);
    await simulator.switches({ unknown_mid: "default_channel" });
    expect(await ask()).toMatchObject({ code: 0 });
  });
});
