import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "worker-agent",
    isolate: false,
    root: import.meta.dirname,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
