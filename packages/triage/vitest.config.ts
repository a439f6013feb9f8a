import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: { name: "triage", include: ["src/**/*.test.ts", "corpus/**/*.test.ts"], testTimeout: 30_000 },
});
