import { defineConfig } from "vitest/config";

/** One project per package; a package without tests has no project. */
export default defineConfig({
  test: {
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts"],
  },
});
