// Installs the locked dependencies when they are missing or older than the lockfile, so that
// `npm start` and `npm test` are one command each on a fresh clone. Plain JavaScript: it runs on
// whatever Node the machine has (20 or newer), before the locked Node 24 is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { languageOf } from "./locale.mjs";

const words = {
  ko: {
    installing: (count) =>
      `잠긴 버전의 패키지 ${count}개를 설치합니다(npm ci). 보통 30초에서 1분 걸리고, 처음과 목록이 바뀐 뒤에만 합니다 …`,
    installed: (seconds) => `설치했습니다(${seconds}초).`,
    failed: "npm ci가 실패했습니다. 이유는 위에 있습니다. 아무것도 시작하지 않았습니다.",
    tooOld: (version, machine) =>
      `Node ${version}(으)로는 이 프로젝트를 실행할 수 없습니다. 22.18 이상이 필요한데 ${machine}에서 쓸 Node 24 패키지가 없습니다. Node 24를 설치하고 다시 시도하세요.`,
  },
  en: {
    installing: (count) =>
      `Installing ${count} locked packages (npm ci): usually half a minute to a minute, only at first and when the list has changed …`,
    installed: (seconds) => `Installed in ${seconds} s.`,
    failed: "npm ci failed; its message is above. Nothing was started.",
    tooOld: (version, machine) =>
      `Node ${version} would run the project, but it needs 22.18 or newer: there is no Node 24 package for ${machine} in the lockfile. Install Node 24 and try again.`,
  },
};
// npm hands a command's options to the command alone: --lang is not known here.
const say = words[languageOf(process.env)];

const root = fileURLToPath(new URL("../../", import.meta.url));
const lockfile = `${root}package-lock.json`;
const installedLockfile = `${root}node_modules/.package-lock.json`;
const isCurrent =
  existsSync(installedLockfile) && statSync(installedLockfile).mtimeMs >= statSync(lockfile).mtimeMs;

if (!isCurrent) {
  const { packages } = JSON.parse(readFileSync(lockfile, "utf8"));
  // The project itself is listed as well.
  console.error(say.installing(Object.keys(packages).length - 1));
  const startedAtMs = Date.now();
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(say.failed);
    process.exit(status ?? 1);
  }
  console.error(say.installed(Math.round((Date.now() - startedAtMs) / 1000)));
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
  console.error(say.tooOld(stdout.trim(), `${process.platform}-${process.arch}`));
  process.exit(1);
}
