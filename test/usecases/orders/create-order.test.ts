// Storing a new order: the same body again is the same order, another one changes nothing.
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import {
  askWindowRules,
  type CreateOrder,
  type CreateOrderPorts,
  createOrder,
} from "../../../lib/usecases/orders/create-order.ts";
import { minuteMs, won } from "../../support/orders.ts";
import { call, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";
import { windowRequest } from "../../support/window-requests.ts";

const merchantUid = "ord-20260805-000142";
const request: CreateOrder = { window: windowRequest(), expiresAtMs: null, bodyHash: "hash" };
const other: CreateOrder = { ...request, window: windowRequest({ amount: won(99_000) }), bodyHash: "other" };

async function portsWith() {
  const registered: string[] = [];
  const registry: CreateOrderPorts["registry"] = {
    register: async ({ merchantUid: named, amount, currency }) => {
      registered.push(`${named} ${amount} ${currency}`);
      return "registered";
    },
  };
  return {
    ...(await syncingPorts(null)),
    registered,
    registry,
    channel: { channelKey: "channel-key-1" },
    times: { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs },
    addressesFor: (named: string) => ({
      redirectUrl: `https://pay.shop.example/return/${named}`,
      noticeUrl: `https://pay.shop.example/portone/notice/${named}`,
      confirmUrl: "https://pay.shop.example/portone/confirm",
    }),
  };
}

describe("a new order", () => {
  it("is stored, registered with PortOne, and names the key that asked in its history", async () => {
    const ports = await portsWith();
    const created = await createOrder(request, call, ports);
    expect(created).toMatchObject({
      outcome: "created",
      order: { state: "created", amount: 109_000, name: "나이키 와플 트레이너 2 SD" },
      requestPay: {
        channelKey: "channel-key-1",
        merchant_uid: merchantUid,
        amount: 109_000,
        tax_free: 3_000,
        notice_url: `https://pay.shop.example/portone/notice/${merchantUid}`,
      },
    });
    const nowMs = ports.clock.nowMs();
    expect(await storedOrder(ports)).toMatchObject({
      dueAtMs: nowMs + 2 * minuteMs,
      expiresAtMs: nowMs + 30 * minuteMs,
      history: [{ by: "merchant", key: "shop-2026", from: null, to: "created", atMs: nowMs }],
    });
    expect(ports.registered).toEqual([`${merchantUid} 109000 KRW`]);
  });

  it("ends at the time the merchant wants", async () => {
    const ports = await portsWith();
    const expiresAtMs = Date.parse("2026-08-05T18:00:00+09:00");
    await createOrder({ ...request, expiresAtMs }, call, ports);
    expect((await storedOrder(ports)).expiresAtMs).toBe(expiresAtMs);
  });

  it("is stored where amounts are not registered, too", async () => {
    const ports = { ...(await portsWith()), registry: null };
    expect(await createOrder(request, call, ports)).toMatchObject({ outcome: "created" });
  });

  it("is refused by KSNET's rules before it is stored", async () => {
    const ports = await portsWith();
    const window = windowRequest({ taxFree: won(109_001) });
    const broken = askWindowRules(window, ports);
    expect(broken).toMatchObject([{ pointer: "/tax_free" }]);
    expect(await createOrder({ ...request, window }, call, ports)).toEqual({ outcome: "refused", broken });
    expect([await ports.store.read(merchantUid), ports.registered]).toEqual([null, []]);
  });

  it("is refused in a currency that KSNET does not know", async () => {
    const ports = await portsWith();
    const result = await createOrder({ ...request, window: windowRequest({ currency: "EUR" }) }, call, ports);
    expect(result).toMatchObject({ outcome: "refused", broken: [{ pointer: "/currency" }] });
  });

  it.each([
    [0, "expires_in_the_past"],
    [1, "created"],
  ])("that ends in %i ms is %s", async (inMs, outcome) => {
    const ports = await portsWith();
    const expiresAtMs = ports.clock.nowMs() + inMs;
    expect(await createOrder({ ...request, expiresAtMs }, call, ports)).toMatchObject({ outcome });
  });

  it("that cannot be stored is not registered", async () => {
    const ports = await portsWith();
    ports.store.create = () => Promise.reject(new StorageUnavailableError("put: down"));
    await expect(createOrder(request, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.registered).toEqual([]);
  });
});

describe("the same number again", () => {
  it("with the same body gives the stored order and the same parameters", async () => {
    const ports = await portsWith();
    const first = await createOrder(request, call, ports);
    ports.clock.advance(minuteMs);
    expect(await createOrder(request, { ...call, key: "shop-2027" }, ports)).toEqual({
      ...first,
      outcome: "repeated",
    });
    expect((await storedOrder(ports)).history).toMatchObject([{ key: "shop-2026" }]);
  });

  it("with another body is taken, and nothing is registered for it", async () => {
    const ports = await portsWith();
    await createOrder(request, call, ports);
    expect(await createOrder(other, call, ports)).toMatchObject({ outcome: "exists", at: "" });
    expect(await storedOrder(ports)).toMatchObject({ amount: 109_000 });
    expect(ports.registered).toHaveLength(1);
  });

  it("is the same order when the first answer was lost", async () => {
    const ports = await portsWith();
    ports.store.loseNextAnswer();
    expect(await createOrder(request, call, ports)).toMatchObject({
      outcome: "repeated",
      order: { version: 1 },
    });
    expect(ports.registered).toHaveLength(1);
  });

  it("is not wrong because it is asked again later: past its end, or under other contracts", async () => {
    const ports = await portsWith();
    const window = windowRequest({ payMethod: "vbank" }, { vbank_due: "2026-08-08" });
    const ending = { ...request, window, expiresAtMs: ports.clock.nowMs() + minuteMs };
    expect(await createOrder(ending, call, ports)).toMatchObject({ outcome: "created" });
    ports.clock.advance(2 * minuteMs);
    expect(await createOrder(ending, call, ports)).toMatchObject({ outcome: "repeated" });
    const without = { ...ports, contracts: new Set<never>() };
    expect(askWindowRules(window, without)).not.toEqual([]);
    expect(await createOrder(ending, call, without)).toMatchObject({ outcome: "repeated" });
    expect(await createOrder({ ...ending, bodyHash: "other" }, call, ports)).toEqual({
      outcome: "expires_in_the_past",
    });
  });
});
