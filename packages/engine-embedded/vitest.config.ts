import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "engine-embedded", include: ["src/**/*.test.ts"] } });
