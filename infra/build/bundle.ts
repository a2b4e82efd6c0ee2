// `npm run build`: bundles every function into dist/ and prints what each weighs.
import { join } from "node:path";
import { bundleFunctions } from "./bundle-functions.ts";
import { describeSize } from "./bundle-size.ts";

if (process.argv.length > 2) {
  const isHelp = process.argv.includes("--help");
  console[isHelp ? "log" : "error"]("usage: npm run build (it takes no options)");
  process.exit(isHelp ? 0 : 2);
}

const projectDir = join(import.meta.dirname, "../..");

for (const size of await bundleFunctions({
  entryDir: join(projectDir, "functions"),
  outDir: join(projectDir, "dist"),
}))
  console.log(describeSize(size));
