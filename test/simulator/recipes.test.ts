// The recipes, played as an editor plays them, against a simulator as their first line starts it.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSimulator } from "./start-simulator.ts";
import { parseHttpFile, playHttpFile } from "./testing/http-file.ts";
import { shopStub } from "./testing/shop-stub.ts";

const folder = new URL("./recipes/", import.meta.url);
const recipes = readdirSync(folder).filter((name) => name.endsWith(".http"));
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8");

it("are there", () => {
  expect(recipes.length).toBeGreaterThanOrEqual(5);
});

describe.each(recipes)("%s", (name) => {
  it("says in its head how to start what it talks to", () => {
    expect(textOf(name)).toContain("\n# npm run simulator -- --port 4300 --seed 7\n");
    expect(parseHttpFile(textOf(name)).variables).toMatchObject({ url: "http://127.0.0.1:4300" });
  });

  it("is answered as it says", async () => {
    const simulator = await startSimulator({ seed: 7 });
    onTestFinished(() => simulator.close());
    const shop = await shopStub();
    const file = parseHttpFile(textOf(name));
    const doors = Object.keys(file.variables).filter((variable) => /^(notice|confirm)_url$/.test(variable));
    const given = { url: simulator.url, ...Object.fromEntries(doors.map((door) => [door, shop.url])) };
    const played = await playHttpFile(file, given);
    expect(played.length).toBeGreaterThan(1);
    for (const { title, expects, answer } of played)
      if (expects.kind === "no_answer") expect(answer, title).toBeNull();
      else expect(answer, title).toMatchObject({ status: expects.status, body: expects.body });
  });
});

describe("a file", () => {
  const request = "GET {{url}}/users/pg\n";

  it.each([
    ["that expects nothing", `### 물어보기\n${request}`, "물어보기: expects nothing"],
    ["that asks nothing", "### 물어보기\n# expects 200\nFETCH /\n", "물어보기: no request in 'FETCH /'"],
    [
      "with half a header",
      `### 물어보기\n# expects 200\n${request}Authorization\n`,
      "no header 'Authorization'",
    ],
  ])("%s is not played", (_, text, why) => {
    expect(() => parseHttpFile(text)).toThrow(why);
  });

  it("is not sent with a hole in it", async () => {
    const file = parseHttpFile(`### 물어보기\n# expects 200\n${request}`);
    await expect(playHttpFile(file, {})).rejects.toThrow("nothing is known of {{url}}");
  });

  it("is heard as it is answered", async () => {
    const simulator = await startSimulator({ seed: 7 });
    onTestFinished(() => simulator.close());
    const file = parseHttpFile(`### 물어보기\n# expects 200\n${request}`);
    expect((await playHttpFile(file, { url: simulator.url }))[0]?.answer?.status).toBe(401);
  });
});
