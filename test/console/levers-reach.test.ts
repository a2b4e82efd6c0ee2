// How far the levers reach: this machine, and the listed paths.
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAskLocal } from "../../infra/console/api/ask-local.ts";
import { createHost } from "../../infra/console/api/host.ts";
import { UnlistedDoorError } from "../../infra/console/api/listed-doors.ts";
import { hostLevers, simulatorLevers } from "../../infra/console/api/listed-levers.ts";
import { createSimulator } from "../../infra/console/api/simulator.ts";
import { type FakeApi, startFakeApi } from "../support/console.ts";

let simulator: FakeApi;
beforeEach(async () => {
  simulator = await startFakeApi();
});
afterEach(() => simulator.close());

it.each(["https://pay.shop.example", "http://192.168.0.10:4000", "http://127.0.0.1.evil.example"])(
  "are pulled on this machine only, not at %s",
  (url) => {
    for (const create of [createSimulator, createHost]) expect(() => create(url)).toThrow(/this machine/);
  },
);

it.each([
  "POST /_control/reset",
  "GET /_control/state",
  "PUT /_control/settings",
  "POST /payments/cancel",
  "GET /orders",
])("%s is no lever, and is not even asked", async (lever) => {
  for (const levers of [simulatorLevers, hostLevers])
    await expect(createAskLocal(simulator.url, levers)(lever)).rejects.toBeInstanceOf(UnlistedDoorError);
  expect(simulator.asked).toEqual([]);
});
