import { defineConfig } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "@spillway/testkit/node";
import type { EngineOption } from "./e2e/fixtures/test.ts";

const chromium = findChromium();
const isCi = process.env.CI !== undefined;

/** What concerns Redis runs on a real BullMQ alone; the playbook, the smoke test and live updates on both engines. */
const REDIS_ONLY = ["hostile.e2e.ts", "odd-names.e2e.ts", "redis-outage.e2e.ts"];
const BOTH = [
  "playbook/**/*.e2e.ts",
  "smoke.e2e.ts",
  "two-browsers.e2e.ts",
  "links.e2e.ts",
  "operations.e2e.ts",
  "canaries.e2e.ts",
];

export default defineConfig<EngineOption>({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  workers: 2,
  retries: 0,
  // Generous: what is asserted is what happens, not how soon on a busy machine.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: "test-results",
  forbidOnly: isCi,
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Recording every frame costs a third of the run, and nobody opens a trace where nobody sits.
    trace: isCi ? "off" : "retain-on-failure",
    launchOptions: { args: [...CHROMIUM_FLAGS], ...(chromium && { executablePath: chromium }) },
  },
  projects: [
    {
      name: "embedded",
      use: { engine: "embedded" },
      testIgnore: REDIS_ONLY.map((file) => `**/${file}`),
    },
    {
      name: "bullmq",
      use: { engine: "bullmq" },
      testMatch: [...BOTH, ...REDIS_ONLY].map((file) => `**/${file}`),
    },
  ],
});
