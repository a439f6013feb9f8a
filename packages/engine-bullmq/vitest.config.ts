import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "engine-bullmq",
    isolate: false,
    root: import.meta.dirname,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
