import { defineConfig } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "@spillway/testkit/node";
import type { EngineOption } from "./e2e/fixtures/test.ts";

const chromium = findChromium();

/** Every file runs on the embedded engine; the playbook and the smoke test run on a real BullMQ as well. */
export default defineConfig<EngineOption>({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results",
  forbidOnly: process.env.CI !== undefined,
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: { args: [...CHROMIUM_FLAGS], ...(chromium && { executablePath: chromium }) },
  },
  projects: [
    { name: "embedded", use: { engine: "embedded" } },
    { name: "bullmq", use: { engine: "bullmq" }, testMatch: ["playbook/**/*.e2e.ts", "smoke.e2e.ts"] },
  ],
});
