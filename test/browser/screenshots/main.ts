// npm run screenshots: every page as people see it, at each width, light and dark, as files for the docs.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { parseOptions, readOrExit } from "../../../infra/build/command-line.ts";
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { createProgress } from "../../../infra/build/progress.ts";
import { chromiumFlags } from "../chromium-flags.ts";
import { findChromium } from "../find-chromium.ts";
import { openScene } from "./scene.ts";
import { views } from "./views.ts";

const usage = "usage: npm run screenshots [-- --out DIR]";
const projectDir = join(import.meta.dirname, "../../..");
const widths = [1280, 390, 360, 320] as const;
const schemes = ["light", "dark"] as const;
const heightOf = (width: number): number => (width < 600 ? 844 : 800);

const { out } = readOrExit(usage, (args) => {
  const values = parseOptions(args, {
    out: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const);
  return values.help ? null : { out: resolve(values.out ?? join(projectDir, ".local/screenshots")) };
});
const executablePath = findChromium();
if (executablePath === null) {
  console.error("there is no Chromium where one usually is; CHROMIUM_PATH says where yours is");
  process.exit(1);
}
packageIfNeeded(() => console.error("building and packaging the functions"));
mkdirSync(out, { recursive: true });
const progress = createProgress(process.stderr, () => performance.now());
const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
const scene = await openScene();
try {
  const looks = widths.flatMap((width) => schemes.map((colorScheme) => ({ width, colorScheme })));
  const all = looks.length * views.length;
  let written = 0;
  for (const { width, colorScheme } of looks) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: heightOf(width) },
      storageState: await scene.signedIn(browser),
    });
    for (const { name, show } of views) {
      const page = await context.newPage();
      await show(page, scene);
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
      written += 1;
      progress.done("screenshots", written, all);
    }
    await context.close();
    await scene.tidy();
  }
  progress.end();
  console.log(`${written} screenshots in ${out}`);
} finally {
  progress.end();
  await scene.close();
  await browser.close();
}
