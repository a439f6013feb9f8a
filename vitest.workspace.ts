import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** One project per package; a package without tests has no project. */
export default defineConfig({
  test: {
    // Many files wait for Redis, workers or a clock: one more than the default keeps the machine busy meanwhile.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts"],
  },
});
