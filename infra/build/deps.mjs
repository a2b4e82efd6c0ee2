// Installs the locked dependencies when they are missing or older than the lockfile, so that
// `npm start` and `npm test` are one command each on a fresh clone. Plain JavaScript: it runs on
// whatever Node the machine has (20 or newer), before the locked Node 24 is installed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const lockfile = `${root}package-lock.json`;
const installedLockfile = `${root}node_modules/.package-lock.json`;
const isCurrent =
  existsSync(installedLockfile) && statSync(installedLockfile).mtimeMs >= statSync(lockfile).mtimeMs;

if (!isCurrent) {
  console.error("Installing the locked dependencies (npm ci) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed; its message is above. Nothing was started.");
    process.exit(status ?? 1);
  }
}

// Where no platform package fits, npm runs the scripts with the machine's own Node, which may be too old
// to run TypeScript.
const oldestWithTypes = [22, 18];
const { stdout } = spawnSync("node", ["--version"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const [major = 0, minor = 0] = (stdout ?? "").replace("v", "").split(".").map(Number);
if (major < oldestWithTypes[0] || (major === oldestWithTypes[0] && minor < oldestWithTypes[1])) {
  console.error(
    `Node ${stdout.trim()} would run the project, but it needs 22.18 or newer: there is no Node 24 package for ` +
      `${process.platform}-${process.arch} in the lockfile. Install Node 24 and try again.`,
  );
  process.exit(1);
}
