// Tests in a real browser: `npm run test:browser`. Not part of `npm test`, because a machine may have none.
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ["*.browser.ts"],
    globalSetup: [join(import.meta.dirname, "../global-setup.ts")],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
