// What stands open: windows that wait, payments and deliveries, of one order or the newest.
import { expect, it } from "vitest";
import { shopStub } from "./testing/shop-stub.ts";
import { type Json, requestPay, simulatorForTest } from "./testing/simulator-client.ts";

it("lists a window while it waits for its buyer, and no longer", async () => {
  const simulator = await simulatorForTest();
  const opened = await simulator.control("POST", "/window", { request_pay: requestPay() });
  const { windows } = await simulator.control("GET", "/windows");
  expect(windows).toEqual([
    {
      window: opened["window"],
      imp_uid: opened["imp_uid"],
      merchant_uid: "ord-20260805-000142",
      device: "pc",
      name: requestPay()["name"],
      amount: requestPay()["amount"],
      currency: "KRW",
      pay_method: "card",
      page: opened["page"],
    },
  ]);
  await simulator.control("POST", `/window/${opened["window"]}/close`, {});
  expect(await simulator.control("GET", "/windows")).toEqual({ windows: [] });
});

it("lists payments, the newest first, of all orders or of one", async () => {
  const simulator = await simulatorForTest();
  const paid = [];
  for (const merchant_uid of ["ord-1", "ord-2", "ord-3"]) paid.push(await simulator.pay({ merchant_uid }));
  const listed = async (query: string) =>
    ((await simulator.control("GET", `/payments${query}`))["payments"] as Json[]).map(
      ({ imp_uid }) => imp_uid,
    );
  expect(await listed("")).toEqual(paid.toReversed());
  expect(await listed("?limit=2")).toEqual([paid[2], paid[1]]);
  expect(await listed("?merchant_uid=ord-2")).toEqual([paid[1]]);
  expect(await listed("?merchant_uid=ord-none")).toEqual([]);
});

it("lists deliveries of one order, and the newest alone", async () => {
  const simulator = await simulatorForTest();
  const shop = await shopStub();
  for (const merchant_uid of ["ord-1", "ord-2"]) await simulator.pay({ merchant_uid, notice_url: shop.url });
  const listed = async (query: string) =>
    ((await simulator.control("GET", `/deliveries${query}`))["deliveries"] as Json[]).map(
      ({ merchant_uid }) => merchant_uid,
    );
  expect(await listed("?merchant_uid=ord-1")).toEqual(["ord-1"]);
  expect(await listed("?limit=1")).toEqual(["ord-2"]);
  expect(await listed("")).toEqual(["ord-1", "ord-2"]);
});

it.each(["/payments?wrong=1", "/payments?limit=0", "/deliveries?wrong=1", "/deliveries?limit=x"])(
  "refuses %s and names why",
  async (path) => {
    const simulator = await simulatorForTest();
    const answer = await simulator.tryControl("GET", path);
    expect([answer.status, (answer.body as Json)["error"]]).toEqual([
      400,
      expect.stringMatching(/wrong|limit/),
    ]);
  },
);
