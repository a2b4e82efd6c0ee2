// Each planted deviation is found and named: by the validator, by a simulator that answers with it, and by the
// helper of the simulator's tests, which fails the test that saw it.
import { describe, expect, it, onTestFailed, vi } from "vitest";
import type { Endpoint } from "../simulator/api/endpoint.ts";
import { startSimulator } from "../simulator/start-simulator.ts";
import { SimulatorClient, simulatorForTest } from "../simulator/testing/simulator-client.ts";
import { checkAnswer } from "./openapi-validator.ts";
import { type PlantedDeviation, plantedDeviations, type SeenAnswer } from "./planted-deviations.ts";

const operation = "GET /payments/{imp_uid}";
const planted = vi.hoisted(() => ({ plant: null as ((answer: SeenAnswer) => SeenAnswer) | null }));

/** The simulator as it is, but for what one operation makes of its answer. */
vi.mock("../simulator/api/endpoints.ts", async (original) => {
  const { endpoints } = await original<{ readonly endpoints: readonly Endpoint[] }>();
  const wrapped = endpoints.map(
    (endpoint): Endpoint => ({
      ...endpoint,
      handle: (call) => {
        const answer = endpoint.handle(call);
        const isChosen = `${endpoint.method} ${endpoint.path}` === "GET /payments/{imp_uid}";
        return isChosen && planted.plant ? planted.plant(answer) : answer;
      },
    }),
  );
  return { endpoints: wrapped };
});

/** One read of a payment whose answer is planted; every other answer is right. */
async function readPlanted(simulator: SimulatorClient, plant: PlantedDeviation["plant"] | null) {
  const impUid = await simulator.pay();
  planted.plant = plant;
  try {
    return await simulator.api("GET", `/payments/${impUid}`);
  } finally {
    planted.plant = null;
  }
}

it("plants all six kinds, one each", () => {
  const kinds = ["a missing required property", "a wrong type", "a wrong enum value"];
  kinds.push("seconds given as milliseconds", "null where not nullable", "an undeclared status");
  expect(plantedDeviations.map(({ kind }) => kind)).toEqual(kinds);
});

describe("the validator", () => {
  const right: SeenAnswer = {
    status: 200,
    body: {
      code: 0,
      message: null,
      response: {
        imp_uid: "imp_730112845061",
        merchant_uid: "ord-20260805-000142",
        amount: 109000,
        cancel_amount: 0,
        currency: "KRW",
        status: "paid",
        sandbox: false,
        buyer_name: "홍길동",
        paid_at: 1785900062,
      },
    },
  };
  const check = ({ status, body }: SeenAnswer) => checkAnswer("GET", "/payments/{imp_uid}", status, body);

  it("has nothing against the answer they are planted in", () => {
    expect(check(right)).toEqual([]);
  });

  it.each(plantedDeviations)("names $kind", ({ plant, pointer, rule }) => {
    const { status, body } = plant(right);
    expect(check({ status, body })).toEqual([
      { where: "answer", operation, status, pointer, rule, message: expect.any(String) },
    ]);
  });
});

describe("a simulator", () => {
  it("has no violations when nothing is planted", async () => {
    const simulator = await simulatorForTest();
    expect((await readPlanted(simulator, null)).status).toBe(200);
    expect(await simulator.control("GET", "/violations")).toEqual({ violations: [] });
  });

  it.each(plantedDeviations)("that answers with $kind shows it by name", async ({ plant, pointer, rule }) => {
    const running = await startSimulator({ clock: "2026-08-05T12:00:00+09:00", seed: 7 });
    const simulator = new SimulatorClient(running.url, running.impKey, running.impSecret);
    try {
      const { status } = await readPlanted(simulator, plant);
      const { violations } = await simulator.control("GET", "/violations");
      expect(violations).toEqual([
        {
          at: expect.any(String),
          where: "answer",
          operation,
          status,
          pointer,
          rule,
          message: expect.any(String),
        },
      ]);
    } finally {
      await running.close();
    }
  });
});

describe("a test of the simulator's", () => {
  /** What the failed tests said. They are meant to fail; that each said the right thing is the next test's part. */
  const said = new Map<string, string>();

  it.fails.each(plantedDeviations)("fails when it is answered with $kind", async ({ kind, plant }) => {
    onTestFailed(({ task }) => {
      said.set(
        kind,
        (task.result?.errors ?? []).map(({ message, diff }) => `${message}\n${diff}`).join("\n"),
      );
    });
    await readPlanted(await simulatorForTest(), plant);
  });

  it.each(plantedDeviations)("named $kind when it failed", ({ kind, pointer, rule }) => {
    expect(said.get(kind)).toContain(`"operation": "${operation}"`);
    expect(said.get(kind)).toContain(`"pointer": "${pointer}"`);
    expect(said.get(kind)).toContain(`"rule": "${rule}"`);
  });
});
