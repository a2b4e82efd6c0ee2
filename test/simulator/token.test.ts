// PortOne's access token: its life, its last minute, its end, and who gets none.
import { expect, it } from "vitest";
import { type Json, simulatorForTest } from "./testing/simulator-client.ts";

const getWith = (url: string, authorization: string) =>
  fetch(`${url}/payments/imp_000000000000`, { headers: { authorization } });

it("lives thirty minutes, counted in the same answer", async () => {
  const simulator = await simulatorForTest();
  const token = await simulator.login();
  expect(token["now"]).toBe(Date.parse("2026-08-05T03:00:00Z") / 1000);
  expect(Number(token["expired_at"]) - Number(token["now"])).toBe(1800);
});

it("is the same token with the same end until its last minute", async () => {
  const simulator = await simulatorForTest();
  const first = await simulator.login();
  await simulator.control("POST", "/clock", { advance_ms: 1_700_000 });
  const second = await simulator.login();
  expect(second["access_token"]).toBe(first["access_token"]);
  expect(second["expired_at"]).toBe(first["expired_at"]);
});

it("is pushed by five minutes when asked for in its last minute", async () => {
  const simulator = await simulatorForTest();
  const first = await simulator.login();
  await simulator.control("POST", "/clock", { advance_ms: 1_750_000 });
  const second = await simulator.login();
  expect(second["access_token"]).toBe(first["access_token"]);
  expect(Number(second["expired_at"]) - Number(first["expired_at"])).toBe(300);
});

it("is a new one after its end, and the old one is refused", async () => {
  const simulator = await simulatorForTest();
  const first = await simulator.login();
  await simulator.control("POST", "/clock", { advance_ms: 1_800_000 });
  expect((await getWith(simulator.url, `Bearer ${first["access_token"]}`)).status).toBe(401);
  const second = await simulator.login();
  expect(second["access_token"]).not.toBe(first["access_token"]);
  expect((await getWith(simulator.url, `Bearer ${first["access_token"]}`)).status).toBe(401);
});

it.each(["Bearer ", "bearer ", ""])("is taken with the scheme %j", async (scheme) => {
  const simulator = await simulatorForTest();
  const { access_token: token } = await simulator.login();
  expect((await getWith(simulator.url, `${scheme}${token}`)).status).toBe(404);
});

it("is refused when it is not ours, with the envelope seen live", async () => {
  const simulator = await simulatorForTest();
  await simulator.login();
  const answer = await getWith(simulator.url, "Bearer 0000000000000000000000000000000000000000");
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ code: -1, message: "Unauthorized", response: null });
});

it.each([
  ["a wrong secret", { imp_key: "1", imp_secret: "2" }, 401],
  ["no secret", { imp_key: "1" }, 400],
])("is not given for %s", async (_title, body, status) => {
  const simulator = await simulatorForTest();
  const answer = await fetch(`${simulator.url}/users/getToken`, {
    method: "POST",
    body: new URLSearchParams(body),
  });
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as Json)["code"]).toBe(-1);
});
