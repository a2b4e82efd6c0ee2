// `npm run build`: bundles every function into dist/ and prints what each weighs.
import { join } from "node:path";
import { bundleFunctions } from "./bundle-functions.ts";
import { describeSize } from "./bundle-size.ts";
import { parseOptions, readOrExit } from "./command-line.ts";

readOrExit("usage: npm run build (it takes no options)", (args) =>
  parseOptions(args, { help: { type: "boolean", short: "h" } }).help ? null : {},
);

const projectDir = join(import.meta.dirname, "../..");

for (const size of await bundleFunctions({
  entryDir: join(projectDir, "functions"),
  outDir: join(projectDir, "dist"),
}))
  console.log(describeSize(size));
