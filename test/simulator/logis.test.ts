// Parcels of escrow payments: registered at once, shown and changed only after KSNET's delay.
import { expect, it } from "vitest";
import { type Json, type SimulatorClient, simulatorForTest } from "./testing/simulator-client.ts";

const parcel = (more: Json = {}): Json => ({
  sender: { name: "샘플상점", tel: "02-000-0000", addr: "서울 성동구", postcode: "04783" },
  receiver: { name: "홍길동", tel: "010-0000-0000", addr: "부산 해운대구", postcode: "48058" },
  logis: { company: "CJGLS", invoice: "600000000000", sent_at: 1_785_990_000, ...more },
});

async function withEscrow(): Promise<{ simulator: SimulatorClient; path: string; impUid: string }> {
  const simulator = await simulatorForTest();
  await simulator.control("PUT", "/settings", {
    contracts: ["vbank", "escrow", "instalments", "easy_pay", "phone"],
  });
  const impUid = await simulator.pay({ pay_method: "trans", escrow: true });
  return { simulator, impUid, path: `/escrows/logis/${impUid}` };
}
async function minutes(simulator: SimulatorClient, count: number): Promise<void> {
  await simulator.control("POST", "/clock", { advance_ms: count * 60_000 });
  await simulator.login();
}

it("R-KS-27 is registered at once, shown and changed after 45 minutes", async () => {
  const { simulator, path } = await withEscrow();
  expect((await simulator.api("GET", path)).status).toBe(409);
  expect((await simulator.api("PUT", path, parcel())).status).toBe(409);
  expect(await simulator.api("POST", path, parcel())).toMatchObject({
    status: 200,
    response: { company: "CJGLS", invoice: "600000000000", sent_at: 1_785_990_000 },
  });
  expect((await simulator.api("POST", path, parcel())).status).toBe(409);
  await minutes(simulator, 44);
  expect((await simulator.api("GET", path)).status).toBe(409);
  expect((await simulator.api("PUT", path, parcel({ invoice: "2" }))).status).toBe(409);
  await minutes(simulator, 2);
  expect((await simulator.api("GET", path)).response).toMatchObject({ invoice: "600000000000" });
  expect((await simulator.api("PUT", path, parcel({ invoice: "2" }))).response).toMatchObject({
    invoice: "2",
  });
  const { logis } = await simulator.control("GET", "/state");
  expect(logis).toMatchObject([{ invoice: "2" }]);
});

it("R-KS-27 follows the switch", async () => {
  const { simulator, path } = await withEscrow();
  await simulator.switches({ escrow_delay_min: 0 });
  await simulator.api("POST", path, parcel());
  expect((await simulator.api("GET", path)).status).toBe(200);
});

it("takes an unknown company as ETC", async () => {
  const { simulator, path } = await withEscrow();
  const answer = await simulator.api("POST", path, parcel({ company: "PIGEON" }));
  expect(answer.response).toMatchObject({ company: "ETC" });
});

it("wants company, invoice and time", async () => {
  const { simulator, path } = await withEscrow();
  for (const missing of ["company", "invoice", "sent_at"])
    expect((await simulator.api("POST", path, parcel({ [missing]: null }))).status).toBe(400);
});

it("is for paid escrow payments only", async () => {
  const simulator = await simulatorForTest();
  const impUid = await simulator.pay();
  expect((await simulator.api("POST", `/escrows/logis/${impUid}`, parcel())).status).toBe(400);
  expect((await simulator.api("POST", "/escrows/logis/imp_000000000000", parcel())).status).toBe(404);
});

it("reads otherwise under record_patched by the payment that was asked about, which a parcel does not name", async () => {
  const { simulator, impUid, path } = await withEscrow();
  const other = await simulator.pay({ pay_method: "trans", escrow: true, merchant_uid: "ord-2" });
  await simulator.api("POST", path, parcel());
  await simulator.api("POST", `/escrows/logis/${other}`, parcel());
  await minutes(simulator, 46);
  const fault = { name: "record_patched", call: "GET /escrows/logis/{imp_uid}", imp_uid: impUid, count: 9 };
  await simulator.fault({ ...fault, patch: { invoice: "" } });
  const invoice = async (one: string) =>
    (await simulator.api("GET", `/escrows/logis/${one}`)).response["invoice"];
  expect([await invoice(other), await invoice(impUid)]).toEqual(["600000000000", ""]);
});
