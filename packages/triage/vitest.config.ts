import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: "triage",
    isolate: false,
    include: ["src/**/*.test.ts", "corpus/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
