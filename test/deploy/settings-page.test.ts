// What is written of the settings is what the code says of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { environmentExample, settingsPage } from "../../infra/build/settings-page.ts";
import { loadConfig, settingDefaults } from "../../lib/config.ts";

const projectDir = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(projectDir, path), "utf8");

it("docs/settings.md and .env.example are what `npx node infra/build/settings-page.ts` writes", () => {
  expect(read("docs/settings.md")).toBe(settingsPage());
  expect(read(".env.example")).toBe(environmentExample());
});

it("each default that is shown is the one that holds", () => {
  const asked = Object.entries(settingDefaults).flatMap(([name, value]) =>
    value === null ? [[name, ""]] : [],
  );
  const given = {
    ...Object.fromEntries(asked),
    PAY_STAGE: "prod",
    PAY_TABLE: "t",
    PAY_PUBLIC_URL: "https://pay.shop.example",
    PAY_RESULT_URL: "https://shop.example/결과",
    PAY_IMP_CODE: "imp00000000",
    PAY_MID: "2999199999",
    PAY_CHANNEL_KEY: "channel-key-1",
    PAY_SECRETS: "ssm:/portone-ksnet/prod/",
  };
  const shown = Object.fromEntries(
    Object.entries(settingDefaults).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  expect(loadConfig({ ...shown, ...given })).toEqual(loadConfig(given));
});

it("an example that was filled in is one that a shell reads", () => {
  const lines = environmentExample()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));
  for (const line of lines) expect(line).toMatch(/^(PAY_[A-Z_]+=|#\s.*)$/);
  expect(lines.map((line) => line.split("=")[0])).toEqual([
    "PAY_RESULT_URL",
    "PAY_IMP_CODE",
    "PAY_MID",
    "PAY_CHANNEL_KEY",
  ]);
});
