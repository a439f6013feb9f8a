import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "testkit", isolate: false, root: import.meta.dirname, testTimeout: 30_000 },
});
