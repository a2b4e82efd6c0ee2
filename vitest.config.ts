import { defineConfig } from "vitest/config";

/** They put something else in a module's place, and whoever shared their modules would meet it, too. */
const mocking = ["test/contract/planted-deviations.test.ts"];

/** They look back on what all the others did. */
const last = ["test/deploy/recorded-grants.test.ts", "test/deploy/described-codes.test.ts"];

export default defineConfig({
  test: {
    // Most of a flow's time is waiting for limits and sockets, so more files than cores run at once.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...mocking, ...last],
          globalSetup: ["test/global-setup.ts"],
          // A worker loads simulator, host and SDK once for all files it runs, not once for each: that was
          // a third of the whole run. The functions under test have sandboxes of their own all the same.
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: mocking } },
      {
        extends: true,
        test: {
          name: "afterwards",
          include: last,
          globalSetup: ["test/deploy/name-filter.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
