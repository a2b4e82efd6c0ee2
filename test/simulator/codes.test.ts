// Codes and channels a merchant can ask for, and the balance KSNET has none of.
import { describe, expect, it } from "vitest";
import { simulatorForTest } from "./testing/simulator-client.ts";

describe("codes and channels", () => {
  it.each([
    ["/cards", "366", "신한카드"],
    ["/banks", "088", "신한은행"],
  ])("%s lists them, gives one, and knows no other", async (path, code, name) => {
    const simulator = await simulatorForTest();
    const list = await simulator.api("GET", path);
    expect(list.response).toContainEqual({ code, name });
    expect((await simulator.api("GET", `${path}/${code}`)).response).toEqual({ code, name });
    expect((await simulator.api("GET", `${path}/999`)).status).toBe(404);
  });

  it("/users/pg names the merchant's MID and channel, and whether it is a test one", async () => {
    const simulator = await simulatorForTest();
    await simulator.control("PUT", "/settings", { sandbox: true });
    const { mid, channel_key } = await simulator.control("GET", "/settings");
    const channel = { pg_provider: "ksnet", pg_id: mid, channel_key, sandbox: true };
    expect((await simulator.api("GET", "/users/pg")).response).toEqual([
      expect.objectContaining({ ...channel, type: "payment" }),
      expect.objectContaining({ ...channel, type: "api_payment" }),
    ]);
  });

  it("a balance is refused for KSNET, and not found for an unknown payment", async () => {
    const simulator = await simulatorForTest();
    expect(await simulator.api("GET", `/payments/${await simulator.pay()}/balance`)).toMatchObject({
      status: 200,
      code: 1,
      response: null,
    });
    expect((await simulator.api("GET", "/payments/imp_0/balance")).status).toBe(404);
  });
});
