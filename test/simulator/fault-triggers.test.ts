// A fault strikes where and when it was told to, and only one that exists is taken.
import { describe, expect, it } from "vitest";
import { faultSites } from "./faults.ts";
import { type Json, simulatorForTest } from "./testing/simulator-client.ts";

const readOne = "GET /payments/{imp_uid}";
const cancelCall = "POST /payments/cancel";

describe("a fault", () => {
  it("strikes from the n-th matching call, so many times, and counts its hits", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.login();
    await simulator.fault({ name: "rate_limited", call: readOne, occurrence: 2, count: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await simulator.api("GET", `/payments/${impUid}`)).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
    expect(await simulator.control("GET", "/faults")).toEqual({
      faults: [
        {
          name: "rate_limited",
          call: readOne,
          occurrence: 2,
          count: 2,
          imp_uid: null,
          merchant_uid: null,
          delay_ms: null,
          hits: 2,
        },
      ],
    });
  });

  it("waits for its payment, named by imp_uid or by order number", async () => {
    const simulator = await simulatorForTest();
    const other = await simulator.pay();
    const impUid = await simulator.pay({ merchant_uid: "ord-2" });
    await simulator.fault({ name: "rate_limited", call: "*", merchant_uid: "ord-2" });
    expect((await simulator.api("GET", `/payments/${other}`)).status).toBe(200);
    expect((await simulator.api("GET", `/payments/${impUid}`)).status).toBe(429);
    await simulator.fault({ name: "rate_limited", call: "*", imp_uid: impUid });
    expect((await simulator.api("GET", "/payments/find/ord-20260805-000142")).status).toBe(200);
    expect((await simulator.api("GET", "/payments/find/ord-2")).status).toBe(429);
  });

  it("gives way to the one set before it and strikes at its next turn", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.login();
    await simulator.fault({ name: "rate_limited", call: readOne });
    await simulator.fault({ name: "token_expired", call: readOne });
    const read = async () => (await simulator.api("GET", `/payments/${impUid}`)).status;
    expect([await read(), await read(), await read()]).toEqual([429, 401, 200]);
  });

  it("is gone after DELETE", async () => {
    const simulator = await simulatorForTest();
    const impUid = await simulator.pay();
    await simulator.fault({ name: "rate_limited", call: "*", count: 100 });
    expect(await simulator.control("DELETE", "/faults")).toEqual({ faults: [] });
    expect((await simulator.api("GET", `/payments/${impUid}`)).status).toBe(200);
  });

  it.each([
    [{ name: "no_such_fault", call: "*" }, "no_such_fault"],
    [{ name: "notice_never", call: "POST /payments/cancel" }, "POST /payments/cancel"],
    [{ name: "no_answer", call: "GET /payments/imp_1" }, "GET /payments/imp_1"],
    [{ name: "stale_read", call: cancelCall }, cancelCall],
    [{ name: "no_answer", call: "*", occurrence: 0 }, "occurrence"],
    [{ name: "no_answer", call: "*", times: 2 }, "times"],
    [{ name: "record_patched", call: "*" }, "patch"],
    [{ name: "record_patched", call: "*", patch: [1] }, "patch"],
    [{ name: "record_patched", call: "*", patch: {}, part: "header" }, "part"],
    [{ name: "record_patched", call: "notice", patch: {} }, "notice"],
    [{ name: "record_patched", call: "GET /payments/imp_1", patch: {} }, "GET /payments/imp_1"],
    [{ name: "record_patched", call: "*", patch: {}, patches: 2 }, "patches"],
    [{ name: "status_unknown", call: "*", patch: {} }, "patch"],
    [{ name: "status_unknown", call: "*", part: "record" }, "part"],
  ])("%j is refused by name", async (fault, named) => {
    const simulator = await simulatorForTest();
    const { status, body } = await simulator.tryControl("POST", "/faults", fault);
    expect(status).toBe(400);
    expect((body as Json)["error"]).toContain(named);
  });

  it("of every name is accepted for any call", async () => {
    const simulator = await simulatorForTest();
    for (const name of Object.keys(faultSites))
      await simulator.fault({ name, ...(name === "record_patched" && { patch: {} }) });
    const { faults } = await simulator.control("GET", "/faults");
    expect((faults as Json[]).map((fault) => fault["name"])).toEqual(Object.keys(faultSites));
  });
});
