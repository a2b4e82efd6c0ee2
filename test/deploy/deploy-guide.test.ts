// The deploy guide in both languages: what needs no AWS is run as it stands, what does is held against the commands'
// own option parsers. That both are built alike is shown in test/local/pages.test.ts.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDeployOptions, parseRemoveOptions } from "../../infra/build/deploy/deployment.ts";
import { deploymentSettings, settingDefaults } from "../../lib/config.ts";
import { parametersOf, secretNames } from "../../lib/secrets.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { inlineCodeOf, textOf } from "../support/pages.ts";
import { blocksOf, cloneProject, removeClone } from "../support/readme.ts";
import { type RequestPay, Shop } from "../support/shop.ts";

const pages = ["docs/deploy.md", "docs/deploy.ko.md"] as const;
const [english, korean] = [textOf(pages[0]), textOf(pages[1])];

describe("both languages", () => {
  it("name the same settings", () => {
    const settings = (text: string) => [...new Set(text.match(/\bPAY_[A-Z_]+\d?\b/g))].sort();
    expect(settings(korean)).toEqual(settings(english));
  });

  it("say the same names in code", () => {
    // Keys that stand for keys, in the page's language.
    const placeholders = ["old,new", "new,old", "new"];
    const names = (text: string) =>
      inlineCodeOf(text)
        .filter((code) => /^[\x20-\x7e…]+$/.test(code) && !/[<>]/.test(code) && !placeholders.includes(code))
        .sort();
    expect(names(korean)).toEqual(names(english));
  });
});

describe.each(pages)("%s", (page) => {
  const text = textOf(page);

  it("names commands and options that there are", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/npm run (?:-s )?([\w:-]+)(?: -- ([^`#\n]*))?/g)];
    expect(commands.length).toBeGreaterThan(5);
    for (const [command, script = "", options = ""] of commands) {
      expect(scripts, command).toHaveProperty([script]);
      const words = options.trim().split(/\s+/).filter(Boolean);
      if (script === "deploy") expect(() => parseDeployOptions(words), command).not.toThrow();
      if (script === "remove") expect(() => parseRemoveOptions(words), command).not.toThrow();
    }
    const table = [...text.matchAll(/^\| `(--(?!region)[a-z-]+ \S+)`/gm)].map(([, option = ""]) => option);
    expect(table).toHaveLength(4);
    for (const option of table) {
      const words = option.replace("NAME", "hong").replace(/ N$/, " 0").split(" ");
      const stage = words.includes("--stage") ? [] : ["--stage", "dev"];
      expect(() => parseDeployOptions([...words, ...stage]), option).not.toThrow();
    }
  });

  it("names settings and secrets that there are", () => {
    const known = [
      ...Object.keys(settingDefaults),
      ...deploymentSettings,
      ...secretNames.flatMap(parametersOf),
    ];
    const named = text.match(/\bPAY_[A-Z]\w*/g) ?? [];
    expect([...new Set(named)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it("tells each door's limit as the gateway has it", () => {
    const { throttles } = createRequire(import.meta.url)("../../infra/aws/throttles.cjs") as {
      throttles: (confirmConcurrency: number) => Record<string, { ratePerS: number; burst: number }>;
    };
    const limits = throttles(100);
    const rows = [...text.matchAll(/^\| `((?:GET|POST) [^`]+)` \| (\d+) \| (\d+) \|$/gm)];
    expect(rows).toHaveLength(6);
    for (const [row, route = "", ratePerS, burst] of rows)
      expect(limits[route], row).toEqual({ ratePerS: Number(ratePerS), burst: Number(burst) });
  });
});

describe("the first payment, typed as the guide says it", () => {
  let stack: LocalStack;
  let dir: string;
  beforeAll(async () => {
    stack = await startStack();
    dir = cloneProject();
    mkdirSync(join(dir, ".local"), { recursive: true });
  });
  afterAll(async () => {
    await stack.close();
    removeClone(dir);
  });

  it("is made, paid and given back", { timeout: 60_000 }, async () => {
    const shop = new Shop(stack);
    const environment = { ...process.env, G: stack.gatewayUrl, KEY: stack.merchantKey };
    const said: string[] = [];
    for (const { language, text, notRun } of blocksOf(english)) {
      if (notRun?.includes("a buyer"))
        await shop.pay(
          (JSON.parse(readFileSync(join(dir, ".local/order.json"), "utf8")) as { request_pay: RequestPay })
            .request_pay,
        );
      if (language !== "sh" || notRun !== null) continue;
      const strict = text.replaceAll("curl -sS", "curl -sS --fail-with-body");
      const options = { cwd: dir, env: environment };
      said.push((await promisify(execFile)("bash", ["-euo", "pipefail", "-c", strict], options)).stdout);
    }
    const [key, copied, created, paid, refunded] = said;
    expect([copied, said.length]).toEqual(["", 5]);
    expect(existsSync(join(dir, ".env.dev"))).toBe(true);
    expect(key).toMatch(/^entry {4}\{"name":"shop-2026",.*"scopes":\["orders","refunds","receipts"\]\}$/m);
    expect(created).toContain('"state":"created"');
    expect(paid).toContain('"state":"paid"');
    expect(refunded).toContain('"state":"succeeded"');
  });
});
