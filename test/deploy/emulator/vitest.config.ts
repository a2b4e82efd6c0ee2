// A deployment to AWS's emulator: `npm run test:emulator`. Not part of `npm test`, because few machines have one.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ["*.emulator.ts"],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
