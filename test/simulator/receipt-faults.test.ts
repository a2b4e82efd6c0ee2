// Every fault of PortOne's API on the receipt calls of both kinds: one effect or none, however the answer ends.
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

interface Kind {
  readonly kind: string;
  readonly list: string;
  readonly template: string;
  /** Gives the path of a sale that can have a receipt. */
  readonly sell: (simulator: SimulatorClient) => Promise<string>;
  readonly merchantUid: string;
  readonly body: Json;
}

const wanted = { identifier: "01012345678", product_type: "real", buyer_name: "홍길동" };
const kinds: Kind[] = [
  {
    kind: "a payment's",
    list: "receipts",
    template: "/receipts/{imp_uid}",
    sell: async (simulator) => `/receipts/${await simulator.pay({ pay_method: "trans" })}`,
    merchantUid: "ord-20260805-000142",
    body: wanted,
  },
  {
    kind: "an external sale's",
    list: "external_receipts",
    template: "/receipts/external/{merchant_uid}",
    sell: () => Promise.resolve("/receipts/external/ord-external-1"),
    merchantUid: "ord-external-1",
    body: { ...wanted, channel_key: "channel-key-1", name: "무통장 입금 주문", amount: 55000 },
  },
];

/** What arrived before the connection ended; `leave` ends it from this side. */
function rawCall(simulator: SimulatorClient, token: string, method: string, path: string, body: Json) {
  const headers = { authorization: token, "content-type": "application/json" };
  const request = httpRequest(simulator.url + path, { method, headers, agent: false });
  const ended = new Promise<{ status: number | null; text: string; failed: boolean }>((resolve) => {
    let text = "";
    let status: number | null = null;
    const end = (failed: boolean) => resolve({ status, text, failed });
    request.on("error", () => end(true));
    request.on("response", (response) => {
      status = response.statusCode ?? null;
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      response.on("error", () => end(true));
      response.on("end", () => end(false));
    });
    // Node frames the body of a DELETE by no length at all, so there is none.
    if (method === "DELETE") request.end();
    else request.end(JSON.stringify(body));
  });
  return { ended, leave: () => request.destroy() };
}

async function stored(simulator: SimulatorClient, { list }: Kind): Promise<boolean[]> {
  const receipts = (await simulator.control("GET", "/state"))[list] as Json[];
  return receipts.map((receipt) => receipt["cancelled_at"] === 0);
}

async function struck(simulator: SimulatorClient, name: string): Promise<void> {
  const calls = async () => (await simulator.control("GET", "/calls"))["calls"] as Json[];
  while (!(await calls()).some((call) => call["fault"] === name));
}

describe.each(kinds)("$kind receipt under", (kind) => {
  const prepare = async (fault: Json, method: string) => {
    const simulator = await simulatorForTest();
    const path = await kind.sell(simulator);
    if (method === "DELETE") await simulator.api("POST", path, kind.body);
    const { access_token: token } = await simulator.login();
    await simulator.fault({ ...fault, call: `${method} ${kind.template}`, merchant_uid: kind.merchantUid });
    const send = () => rawCall(simulator, String(token), method, path, kind.body);
    return { simulator, path, send };
  };
  /** Live receipts before and after the call has done its work. */
  const before = { POST: [], DELETE: [true] };
  const after = { POST: [true], DELETE: [false] };

  describe.each(["POST", "DELETE"] as const)("%s and", (method) => {
    it.each([
      ["answer_lost_after_effect", { status: null, text: "", failed: true }],
      ["reset_mid_body", { status: 200, failed: true }],
      ["invalid_json", { status: 200, failed: false, text: expect.stringContaining("<html>") }],
    ])("%s has its one effect, and asking shows it", async (name, seen) => {
      const { simulator, path, send } = await prepare({ name }, method);
      expect(await send().ended).toMatchObject(seen);
      expect(await stored(simulator, kind)).toEqual(after[method]);
      const read = await simulator.api("GET", path);
      expect(read).toMatchObject({ status: 200, code: 0 });
      expect(read.response["cancelled_at"] === 0).toBe(method === "POST");
    });

    it.each([
      ["server_error_then_ok", 502],
      ["rate_limited", 429],
      ["token_expired", 401],
    ])("%s answers %i without effect, then goes on", async (name, status) => {
      const { simulator, send } = await prepare({ name }, method);
      expect((await send().ended).status).toBe(status);
      expect(await stored(simulator, kind)).toEqual(before[method]);
      expect(await send().ended).toMatchObject({ status: 200, failed: false });
      expect(await stored(simulator, kind)).toEqual(after[method]);
    });

    it("no_answer has no effect", async () => {
      const { simulator, send } = await prepare({ name: "no_answer" }, method);
      const call = send();
      await struck(simulator, "no_answer");
      call.leave();
      expect(await call.ended).toEqual({ status: null, text: "", failed: true });
      await simulator.control("POST", "/clock", { advance_ms: 600_000 });
      expect(await stored(simulator, kind)).toEqual(before[method]);
    });

    it("late_effect has its effect when its time comes, not before", async () => {
      const { simulator, send } = await prepare({ name: "late_effect", delay_ms: 600_000 }, method);
      const call = send();
      await struck(simulator, "late_effect");
      call.leave();
      expect(await call.ended).toEqual({ status: null, text: "", failed: true });
      expect(await stored(simulator, kind)).toEqual(before[method]);
      await simulator.control("POST", "/clock", { advance_ms: 600_000 });
      expect(await stored(simulator, kind)).toEqual(after[method]);
    });

    it("late_effect finds its work already done and does nothing", async () => {
      const { simulator, path, send } = await prepare({ name: "late_effect", delay_ms: 600_000 }, method);
      const call = send();
      await struck(simulator, "late_effect");
      call.leave();
      await call.ended;
      await simulator.api(method, path, kind.body);
      await simulator.control("POST", "/clock", { advance_ms: 600_000 });
      expect(await stored(simulator, kind)).toEqual(after[method]);
    });

    it("late_answer has its effect at once", async () => {
      const { simulator, send } = await prepare({ name: "late_answer", delay_ms: 600_000 }, method);
      const call = send();
      await struck(simulator, "late_answer");
      while ((await stored(simulator, kind)).join() !== after[method].join());
      await simulator.control("POST", "/clock", { advance_ms: 600_000 });
      expect(await call.ended).toMatchObject({ status: 200, failed: false });
    });
  });

  it("stale_read shows how things were: none yet, then one still live", async () => {
    const simulator = await simulatorForTest();
    const path = await kind.sell(simulator);
    const stale = { name: "stale_read", call: `GET ${kind.template}`, delay_ms: 30_000 };
    const isLive = async () => (await simulator.api("GET", path)).response["cancelled_at"] === 0;
    await simulator.api("POST", path, kind.body);
    await simulator.fault(stale);
    expect(await simulator.api("GET", path)).toMatchObject({ status: 404 });
    await simulator.control("POST", "/clock", { advance_ms: 60_000 });
    await simulator.api("DELETE", path);
    await simulator.fault(stale);
    expect(await isLive()).toBe(true);
    expect(await isLive()).toBe(false);
  });
});
