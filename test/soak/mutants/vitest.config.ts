// The unit tests of a copy of the tree, without the built bundles that only flows need.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], isolate: false, maxWorkers: 1, restoreMocks: true },
});
