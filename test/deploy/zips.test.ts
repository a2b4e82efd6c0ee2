// What is uploaded: the same bytes whoever packages, and the licences of all that is in it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/build/bundle-functions.ts";
import { codeDir } from "../../infra/build/package-if-needed.ts";

const projectDir = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "zips-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zipsOf = (dir: string): readonly string[] =>
  readdirSync(join(dir, ".serverless"))
    .filter((name) => name.endsWith(".zip"))
    .sort();

const hashesOf = (dir: string) =>
  zipsOf(dir).map((name) => {
    const bytes = readFileSync(join(dir, ".serverless", name));
    return `${name} ${createHash("sha256").update(bytes).digest("hex")}`;
  });

it("packaged in another folder, on another day, in another time zone: the same bytes", {
  timeout: 90_000,
}, () => {
  const copy = join(folder, "somewhere/else");
  for (const name of ["serverless.yml", "package.json", "tsconfig.json", "infra", "functions", "lib"])
    cpSync(join(projectDir, name), join(copy, name), { recursive: true });
  symlinkSync(join(projectDir, "node_modules"), join(copy, "node_modules"));
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", "umask 077 && node infra/build/bundle.ts && node_modules/.bin/osls package"],
    { cwd: copy, encoding: "utf8", env: { ...process.env, TZ: "Pacific/Kiritimati" } },
  );
  expect(status, stdout + stderr).toBe(0);
  expect(hashesOf(copy)).toHaveLength(10);
  expect(hashesOf(copy)).toEqual(hashesOf(projectDir));
});

it("a zip holds the bundle and the licence of every package in it, and nothing else", () => {
  for (const name of zipsOf(projectDir)) {
    const content = unzipSync(readFileSync(join(projectDir, ".serverless", name)));
    const at = `dist/${name.replace(/\.zip$/, "")}`;
    expect(Object.keys(content).sort()).toEqual(
      ["app.cjs", "index.mjs", "licences.txt"].map((file) => `${at}/${file}`),
    );
    const licences = Buffer.from(content[`${at}/licences.txt`] ?? []).toString("utf8");
    const named = licences.match(/^(@[\w-]+\/)?[\w-]+ \d+\.\d+\.\d+$/gm) ?? [];
    for (const one of ["@middy/core", "@aws-sdk/client-dynamodb", "@smithy/core"])
      expect(named.map((line) => line.split(" ")[0])).toContain(one);
    expect(licences).toContain(
      "Copyright (c) 2017-2026 will Farrell, Luciano Mammino, and Middy contributors",
    );
    expect(licences).toContain("Apache License");
    // In the project, and not in a function.
    expect(licences).not.toMatch(/^(vitest|esbuild|@biomejs\/biome) /m);
  }
});

it("the local host's functions are what the zips hold", () => {
  for (const file of zipsOf(projectDir))
    for (const [name, content] of Object.entries(
      unzipSync(readFileSync(join(projectDir, ".serverless", file))),
    ))
      expect(readFileSync(join(codeDir, file.replace(/\.zip$/, ""), name)).equals(content), name).toBe(true);
});

function writePackage(shop: string, name: string, code: string, licence: string | null): void {
  const dir = join(shop, "node_modules", name);
  mkdirSync(dir, { recursive: true });
  const manifest = { name, version: "1.2.3", main: "index.js" };
  writeFileSync(join(dir, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, "index.js"), code);
  if (licence !== null) writeFileSync(join(dir, "LICENCE"), licence);
}

function writeShop(name: string, licence: string | null): string {
  const shop = join(folder, name);
  writePackage(shop, "nameless", 'export const greeting = "안녕하세요";', licence);
  // Nothing of it is left in the bundle.
  writePackage(shop, "passing-on", 'export * from "nameless";', null);
  mkdirSync(join(shop, "functions"));
  writeFileSync(
    join(shop, "functions/hello.ts"),
    'import { greeting } from "passing-on";\nexport const handler = async () => greeting;\n',
  );
  return shop;
}

const bundle = (shop: string) =>
  bundleFunctions({ entryDir: join(shop, "functions"), outDir: join(shop, "dist") });

it("a package in a bundle without a licence text is not built", async () => {
  await expect(bundle(writeShop("without", null))).rejects.toThrow("no licence text: nameless 1.2.3");
  const shop = writeShop("with", "You may.");
  await bundle(shop);
  expect(readFileSync(join(shop, "dist/hello/licences.txt"), "utf8")).toBe("nameless 1.2.3\n\nYou may.\n");
});
