import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "spillway",
    isolate: false,
    root: import.meta.dirname,
    include: ["src/**/*.test.ts"],
    // A test starts up to ten processes; what is asserted is what they do, not how soon on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
