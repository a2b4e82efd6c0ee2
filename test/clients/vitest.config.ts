import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { dir: import.meta.dirname, include: ["*.client.ts"], testTimeout: 20_000 },
});
