// The set-up before every command: it tells what takes so long, in the machine's language, and says nothing when there is
// nothing to do.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const projectDir = join(import.meta.dirname, "../..");
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "설치-"));
  const file = (name: string, content: object) => writeFileSync(join(dir, name), JSON.stringify(content));
  for (const name of ["deps.mjs", "locale.mjs"])
    cpSync(join(projectDir, "infra/build", name), join(dir, "infra/build", name));
  mkdirSync(join(dir, "shoes"));
  // A package that needs no network.
  file("shoes/package.json", { name: "shoes", version: "1.0.0" });
  const dependencies = { shoes: "file:shoes" };
  file("package.json", { name: "shop", version: "1.0.0", dependencies });
  file("package-lock.json", {
    name: "shop",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: {
      "": { name: "shop", version: "1.0.0", dependencies },
      "node_modules/shoes": { resolved: "shoes", link: true },
      shoes: { version: "1.0.0" },
    },
  });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function setUp(LANG: string) {
  const env = { PATH: process.env["PATH"], HOME: dir, LANG };
  return spawnSync(process.execPath, [join(dir, "infra/build/deps.mjs")], { env, encoding: "utf8" });
}

it("tells what it does and how long it took, and only when it does something", { timeout: 60_000 }, () => {
  const first = setUp("en_US.UTF-8");
  expect(first.stderr).toMatch(/^Installing 2 locked packages \(npm ci\): .*\nInstalled in \d+ s\.\n$/);
  expect(first.status).toBe(0);
  expect(setUp("en_US.UTF-8")).toMatchObject({ status: 0, stderr: "" });

  const later = new Date(Date.now() + 60_000);
  utimesSync(join(dir, "package-lock.json"), later, later);
  expect(setUp("ko_KR.UTF-8").stderr).toMatch(
    /^잠긴 버전의 패키지 2개를 설치합니다\(npm ci\)\. .*\n설치했습니다\(\d+초\)\.\n$/,
  );
});

it("says that it failed, below npm's own words", { timeout: 60_000 }, () => {
  writeFileSync(join(dir, "package.json"), "{");
  const { status, stderr } = setUp("ko_KR.UTF-8");
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/npm (error|ERR!)[\s\S]*\nnpm ci가 실패했습니다\. .*\n$/);
});
