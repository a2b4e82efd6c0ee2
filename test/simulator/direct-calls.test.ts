// R-KS-31: what direct calls of card companies and easy pays must bring along, from the tables of KSNET's page.
import { describe, expect, it } from "vitest";
import { type Json, requestPay, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const refusedBy = async (simulator: SimulatorClient, change: Json, device = "pc") => {
  const opened = await simulator.control("POST", "/window", { request_pay: requestPay(change), device });
  return (opened["refused"] as Json | null)?.["rule"] ?? null;
};

describe("R-KS-31: a direct call", () => {
  const store = { businessName: "샘플상점", businessRegistrationNumber: "1178178260" };
  const direct = (code: string) => ({ card: { direct: { code } } });
  const url = { ksnet: { url: "https://shop.example" } };
  const carrier = { ksnet: { tcode: "skt" } };
  it.each<[string, Json, string | null]>([
    ["of an unknown card company", direct("999"), "R-KS-31"],
    ["of KB with the store's name and number", { ...direct("381"), storeDetails: store }, null],
    ["of KB without", direct("381"), "R-KS-31"],
    [
      "of KB with an instalment list",
      { ...direct("381"), storeDetails: store, display: { card_quota: [0, 3] } },
      null,
    ],
    ["of Shinhan with store and address", { ...direct("366"), storeDetails: store, bypass: url }, null],
    ["of Shinhan without the site's address", { ...direct("366"), storeDetails: store }, "R-KS-31"],
    [
      "of Shinhan without the store's number",
      { ...direct("366"), storeDetails: { businessName: "샘플상점" }, bypass: url },
      "R-KS-31",
    ],
    [
      "with hyphens in the store's number",
      {
        ...direct("366"),
        storeDetails: { ...store, businessRegistrationNumber: "117-81-78260" },
        bypass: url,
      },
      "R-KS-31",
    ],
    [
      "of Shinhan with an instalment list",
      { ...direct("366"), storeDetails: store, bypass: url, display: { card_quota: [0, 3] } },
      "R-KS-31",
    ],
    [
      "of Shinhan in one sum",
      { ...direct("366"), storeDetails: store, bypass: url, display: { card_quota: [0] } },
      null,
    ],
    ["of BC on a PC", direct("361"), null],
  ])("%s is judged so", async (_title, change, rule) => {
    expect(await refusedBy(await simulatorForTest(), change)).toBe(rule);
  });

  it.each<[string, Json, string | null]>([
    ["with phone and carrier", { buyer_tel: "01012345678", bypass: carrier }, null],
    ["without carrier", { buyer_tel: "01012345678" }, "R-KS-31"],
    ["without phone", { bypass: carrier }, "R-KS-31"],
  ])("of BC on a phone %s is judged so", async (_title, change, rule) => {
    expect(await refusedBy(await simulatorForTest(), { ...direct("361"), ...change }, "mobile")).toBe(rule);
  });

  const easy = { bypass: { ksnet: { easyPayDirect: true } } };
  const kakaoStore = { ceoFullName: "김대표", address: "서울", phoneNumber: "0212345678" };
  it.each<[string, Json, string | null]>([
    ["naverpay", { storeDetails: { businessName: "샘플상점" } }, null],
    ["naverpay", {}, "R-KS-31"],
    ["kakaopay", { storeDetails: kakaoStore, buyer_tel: "01012345678" }, null],
    ["kakaopay", { storeDetails: kakaoStore }, "R-KS-31"],
    ["kakaopay", { storeDetails: { ...kakaoStore, address: "" }, buyer_tel: "01012345678" }, "R-KS-31"],
    ["payco", { storeDetails: store, buyer_tel: "01012345678" }, null],
    ["payco", { storeDetails: store, buyer_tel: "01012345678", buyer_email: null }, "R-KS-31"],
    ["lpay", {}, null],
    ["ssgpay", {}, "R-KS-31"],
  ])("of %s with %j is judged %s", async (payMethod, change, rule) => {
    expect(await refusedBy(await simulatorForTest(), { pay_method: payMethod, ...easy, ...change })).toBe(
      rule,
    );
  });
});
